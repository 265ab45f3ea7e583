// What stands under an answer: sources with publisher and age, one grey line of facts, buttons. Built of rich and
// plain text, which know no markup: whatever a headline says, it stays words.
import type { types } from '@slack/bolt';
import type { Answer, Citation } from '../../domain.js';
import { ageOf, factsOf } from '../sources.js';
import type { Notice, Turn } from '../ports.js';
import { linkTarget, plainLine } from './escape.js';

type Block = types.KnownBlock;

/** More are told by their number. */
const MOST_SOURCES = 20;
const TITLE_CHARACTERS = 140;
const BUTTON_CHARACTERS = 75;
const MOST_CHOICES = 5;

/** What a button sends back. */
export const ACTIONS = {
  feedback: 'feedback',
  wrongSource: 'wrong-source',
  stop: 'stop',
  choice: 'choice',
} as const;

export function answerTail(answer: Answer, turn: Pick<Turn, 'questionId'>, now: Date): Block[] {
  if (answer.choices && answer.choices.length > 0) {
    return [choiceButtons(answer.choices, turn)];
  }
  const facts = factsOf(answer, now);
  return [
    ...sourcesBlock(answer.citations, answer.abstained ? 'Closest' : 'Sources', now),
    ...answer.warnings.map(greyLine),
    ...(facts ? [greyLine(facts)] : []),
    ...feedbackButtons(turn),
  ];
}

/** The line of a failure, with articles that had been found. */
export function noticeTail({ citations, text }: Notice, now: Date): Block[] {
  const line: Block = {
    type: 'section',
    text: { type: 'plain_text', text: plainLine(text).slice(0, 3000) || '…', emoji: false },
  };
  return [line, ...sourcesBlock(citations, 'Found', now)];
}

export function sourcesBlock(citations: Citation[], title: string, now: Date): Block[] {
  if (citations.length === 0) {
    return [];
  }
  const shown = citations.slice(0, MOST_SOURCES);
  const lines = shown.flatMap((citation) => sourceLine(citation, now));
  const more = citations.length - shown.length;
  const rest = more > 0 ? [words(`\nand ${more} more`)] : [];
  return [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [{ ...words(title), style: { bold: true } }, ...lines, ...rest],
        },
      ],
    },
  ];
}

type Leaf = types.RichTextElement;

/** "[1] Headline · Publisher · 2 h ago"; the number leads to the article. */
function sourceLine({ n, publishedAt, publisher, title, url }: Citation, now: Date): Leaf[] {
  const target = linkTarget(url);
  const about = [publisher, publishedAt && ageOf(publishedAt, now)].filter(Boolean).join(' · ');
  const headline = plainLine(title);
  const short = headline.length > TITLE_CHARACTERS ? `${headline.slice(0, TITLE_CHARACTERS - 1)}…` : headline;
  const number: Leaf = target ? { type: 'link', url: target, text: `[${n}]` } : words(`[${n}]`);
  return [words('\n'), number, words(` ${[short, plainLine(about)].filter(Boolean).join(' · ')}`)];
}

const words = (text: string): types.RichTextText => ({ type: 'text', text });

function greyLine(text: string): Block {
  return {
    type: 'context',
    elements: [{ type: 'plain_text', text: plainLine(text).slice(0, 2000) || '…', emoji: false }],
  };
}

function feedbackButtons({ questionId }: Pick<Turn, 'questionId'>): Block[] {
  const half = (text: string, kind: string) => ({
    text: { type: 'plain_text' as const, text },
    value: JSON.stringify({ q: questionId, k: kind }),
    accessibility_label: text,
  });
  return [
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: ACTIONS.feedback,
          positive_button: half('Good answer', 'up'),
          negative_button: half('Bad answer', 'down'),
        },
      ],
    },
    {
      type: 'actions',
      elements: [
        button('Wrong source', ACTIONS.wrongSource, { q: questionId, k: 'wrong-source' }),
        stopButton(questionId),
      ],
    },
  ];
}

export function stopButton(questionId: string): types.Button {
  return button('Stop', ACTIONS.stop, { q: questionId });
}

function choiceButtons(choices: string[], { questionId }: Pick<Turn, 'questionId'>): Block {
  return {
    type: 'actions',
    elements: choices
      .slice(0, MOST_CHOICES)
      .map((choice, at) =>
        button(choice, `${ACTIONS.choice}-${at}`, { q: questionId, c: choice.slice(0, 1500) }),
      ),
  };
}

function button(text: string, actionId: string, value: object): types.Button {
  const label = plainLine(text).slice(0, BUTTON_CHARACTERS) || '…';
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: label, emoji: false },
    value: JSON.stringify(value),
  };
}
