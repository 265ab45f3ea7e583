// What stands under an answer: the sources with a link button each, their publishers and age, one grey line of facts,
// and the buttons. At most 40 components and 4,000 characters go into one message (components version 2).
import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Answer, Citation } from '../../domain.js';
import type { Notice } from '../ports.js';
import { aboutSource, factsOf } from '../sources.js';
import { linkTarget } from '../untrusted-text.js';
import { offersNews, TELL_ME } from '../watch-desk.js';
import { escapeLine, plainLine } from './escape.js';
import { numberLink } from './render-text.js';

export type Component = APIMessageTopLevelComponent;

/** Three components each; more of them are lines. */
const MOST_SECTIONS = 8;
const MOST_SOURCES = 16;
const TITLE_CHARACTERS = 120;
const LABEL_CHARACTERS = 80;
/** A button's address may have so many; a longer one is linked from its number alone. */
const BUTTON_URL_CHARACTERS = 512;
const MOST_CHOICES = 5;

/** What a press sends back, before ":" and the question's id. */
export const ACTIONS = {
  up: 'up',
  down: 'down',
  wrongSource: 'wrong-source',
  stop: 'stop',
  choice: 'choice',
  tellMe: 'tell-me',
} as const;

export function answerTail(answer: Answer, questionId: string, now: Date): Component[] {
  if (answer.choices && answer.choices.length > 0) {
    return [choiceRow(answer.choices, questionId)];
  }
  const facts = [...answer.warnings, factsOf(answer, now)].filter(Boolean);
  const tellMe = offersNews(answer) ? [button(TELL_ME, ACTIONS.tellMe, questionId)] : [];
  return [
    ...sourcesOf(answer.citations, answer.abstained ? 'Closest' : 'Sources', now),
    ...(facts.length > 0 ? [text(facts.map(greyLine).join('\n'))] : []),
    {
      type: ComponentType.ActionRow,
      components: [
        button('👍', ACTIONS.up, questionId),
        button('👎', ACTIONS.down, questionId),
        button('Wrong source', ACTIONS.wrongSource, questionId),
        button('Stop', ACTIONS.stop, questionId),
        ...tellMe,
      ],
    },
  ];
}

/** The articles of a failure. */
export function noticeTail({ citations }: Notice, now: Date): Component[] {
  return sourcesOf(citations, 'Found', now);
}

/** While it is written. */
export function stopRow(questionId: string): Component {
  return { type: ComponentType.ActionRow, components: [button('Stop', ACTIONS.stop, questionId)] };
}

export const text = (content: string) => ({ type: ComponentType.TextDisplay as const, content });

/** Small and grey. */
export const greyLine = (line: string): string => `-# ${escapeLine(line, 600)}`;

export function sourcesOf(citations: Citation[], title: string, now: Date): Component[] {
  if (citations.length === 0) {
    return [];
  }
  const shown = citations.slice(0, MOST_SOURCES);
  const inner: APIComponentInContainer[] = [text(`**${title}**`)];
  const lines: string[] = [];
  for (const citation of shown) {
    const url = linkTarget(citation.url);
    if (inner.length <= MOST_SECTIONS && url && url.length <= BUTTON_URL_CHARACTERS) {
      const open = {
        type: ComponentType.Button as const,
        style: ButtonStyle.Link as const,
        label: 'Read',
        url,
      };
      inner.push({
        type: ComponentType.Section,
        components: [text(sourceLine(citation, now))],
        accessory: open,
      });
    } else {
      lines.push(sourceLine(citation, now));
    }
  }
  const more = citations.length - shown.length;
  lines.push(...(more > 0 ? [`and ${more} more`] : []));
  inner.push(...(lines.length > 0 ? [text(lines.join('\n'))] : []));
  return [{ type: ComponentType.Container, components: inner }];
}

/** "[1] Headline · Publisher · 2 h ago"; the number leads to the article. */
function sourceLine(citation: Citation, now: Date): string {
  const { n, title, url } = citation;
  const target = linkTarget(url);
  const number = target ? numberLink(n, target) : `\\[${n}\\]`;
  const words = [plainLine(title, TITLE_CHARACTERS), plainLine(aboutSource(citation, now), TITLE_CHARACTERS)];
  return `${number} ${escapeLine(words.filter(Boolean).join(' · '), 2 * TITLE_CHARACTERS + 3)}`;
}

function choiceRow(choices: string[], questionId: string): Component {
  const buttons = choices
    .slice(0, MOST_CHOICES)
    .map((choice, at) => button(choice, `${ACTIONS.choice}-${at}`, questionId));
  return { type: ComponentType.ActionRow, components: buttons };
}

function button(label: string, action: string, questionId: string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: plainLine(label, LABEL_CHARACTERS) || '…',
    custom_id: `${action}:${questionId}`,
  };
}

/** Characters that Discord counts: those of all texts. */
export function lengthOf(components: Component[]): number {
  return [...JSON.stringify(components).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].reduce(
    (sum, [, content = '""']) => sum + (JSON.parse(content) as string).length,
    0,
  );
}
