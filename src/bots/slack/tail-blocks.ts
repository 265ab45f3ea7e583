// What stands under an answer: sources with publisher and age, one grey line of facts, buttons. Built of rich and
// plain text, which know no markup: whatever a headline says, it stays words.
import type { types } from '@slack/bolt';
import type { Answer, Citation } from '../../domain.js';
import type { Notice, Turn } from '../ports.js';
import { aboutSource, factsOf } from '../sources.js';
import { linkTarget, plainLine } from '../untrusted-text.js';
import { offersNews, TELL_ME } from '../watch-desk.js';
import { escapeMrkdwn } from './escape.js';

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
  tellMe: 'tell-me',
} as const;

export function answerTail(answer: Answer, turn: Pick<Turn, 'questionId'>, now: Date): Block[] {
  if (answer.choices && answer.choices.length > 0) {
    return [choiceButtons(answer.choices, turn)];
  }
  const facts = factsLine(answer, now);
  return [
    ...sourcesBlock(answer.citations, answer.abstained ? 'Closest' : 'Sources', now),
    ...answer.warnings.map(greyLine),
    ...facts,
    ...(offersNews(answer)
      ? [{ type: 'actions' as const, elements: [button(TELL_ME, ACTIONS.tellMe, { q: turn.questionId })] }]
      : []),
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
function sourceLine(citation: Citation, now: Date): Leaf[] {
  const { n, title, url } = citation;
  const target = linkTarget(url);
  const about = plainLine(aboutSource(citation, now));
  const headline = plainLine(title);
  const short = headline.length > TITLE_CHARACTERS ? `${headline.slice(0, TITLE_CHARACTERS - 1)}…` : headline;
  const number: Leaf = target ? { type: 'link', url: target, text: `[${n}]` } : words(`[${n}]`);
  return [words('\n'), number, words(` ${[short, about].filter(Boolean).join(' · ')}`)];
}

const words = (text: string): types.RichTextText => ({ type: 'text', text });

export function greyLine(text: string): Block {
  return {
    type: 'context',
    elements: [{ type: 'plain_text', text: plainLine(text).slice(0, 2000) || '…', emoji: false }],
  };
}

/** Stands for a time until all else is escaped. */
const TIME = '\ue000';

/** The facts in the reader's own time, which Slack knows. */
function factsLine(answer: Answer, now: Date): Block[] {
  let token = '';
  const facts = factsOf(answer, now, (time) => {
    const fallback = new Date(time).toISOString().slice(0, 16).replace('T', ' ');
    token = `<!date^${Math.floor(Date.parse(time) / 1000)}^{date_short_pretty}, {time}|${fallback} UTC>`;
    return TIME;
  });
  const text = escapeMrkdwn(facts).replace(TIME, token);
  return text ? [{ type: 'context', elements: [{ type: 'mrkdwn', text }] }] : [];
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

export function button(text: string, actionId: string, value: object): types.Button {
  const label = plainLine(text).slice(0, BUTTON_CHARACTERS) || '…';
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: label, emoji: false },
    value: JSON.stringify(value),
  };
}
