// What people read when there is no answer, by the code of what happened: what failed, what still works, what to do.
// The messages of errors are for whoever runs the bot; they name files and addresses, and never reach a chat.
import type { Citation } from '../domain.js';
import type { FeedbackKind, Notice } from './ports.js';

/** What a line may tell beside its code; absent = not known. */
export interface NoticeDetails {
  /** Questions that wait, or that the budget holds. */
  count?: number | undefined;
  /** The stretch of time of a budget. */
  minutes?: number | undefined;
  /** Until asking makes sense again. */
  waitMs?: number | undefined;
  /** How long was tried. */
  seconds?: number | undefined;
}

interface Line {
  what: string | ((details: NoticeDetails) => string);
  /** What to do when nothing of an answer is shown; absent = `what` says it, or there is nothing to do. */
  wayOut?: string | ((details: NoticeDetails) => string);
  isPrivate?: boolean;
}

const AGAIN = 'Ask again in a minute.';
const OPERATOR = 'Whoever runs me can see why; ask again when that is mended.';
const waitOf = ({ waitMs = 60_000 }: NoticeDetails) => `Ask again in ${durationOf(waitMs)}.`;
const spent = (who: string) => ({
  what: ({ count, minutes }: NoticeDetails) =>
    `${who} ${count === 1 ? '1 question' : `${count} questions`} in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, which is all I take.`,
  wayOut: waitOf,
  isPrivate: true,
});

/** Every code that can reach a chat by itself; families ("model_") stand for those below them. */
const LINES: Record<string, Line> = {
  // What people asked for.
  stopped: { what: 'Stopped.' },
  muted: { what: 'I stay quiet in this thread until somebody mentions me.', isPrivate: true },
  question_empty: { what: 'Ask me about cricket, for example: who won last night?' },
  question_too_long: {
    what: 'That is longer than the 2,000 characters that I read.',
    wayOut: 'Ask it shorter.',
  },
  prompt_too_long: {
    what: 'The question leaves no room for the articles beside it.',
    wayOut: 'Ask it shorter.',
  },
  // Limits and lists.
  busy: {
    what: ({ count }) => (count ? `Busy: ${count} questions are waiting.` : 'Busy.'),
    wayOut: AGAIN,
  },
  limit_user: spent('You asked'),
  limit_channel: spent('This channel asked'),
  limit_tenant: spent('This workspace asked'),
  limit_all: spent('I was asked'),
  channel_closed: { what: 'I do not answer in this channel.', isPrivate: true },
  no_watches: { what: 'I cannot wait for news here.', isPrivate: true },
  user_closed: { what: 'I am switched off for you; whoever runs me can change that.', isPrivate: true },
  // What takes too long, and what ends.
  answer_timeout: {
    what: ({ seconds }) =>
      seconds ? `Stopped: it took longer than ${seconds} seconds.` : 'Stopped: it took too long.',
    wayOut: 'Ask again, or ask for less at once.',
  },
  restarting: { what: 'I am being restarted and could not finish.', wayOut: AGAIN },
  restarted: { what: 'I was restarted before I could answer.', wayOut: 'Ask again, please.' },
  // The language model.
  model_closed: { what: 'I am being restarted and could not finish.', wayOut: AGAIN },
  model_: { what: 'The language model does not answer.', wayOut: OPERATOR },
  model_busy: { what: 'Busy: the language model has all that it can take.', wayOut: AGAIN },
  model_crashed: { what: 'The language model restarted while it was writing.', wayOut: AGAIN },
  model_hung: { what: 'The language model restarted while it was writing.', wayOut: AGAIN },
  model_down: { what: 'The language model cannot be started at the moment.', wayOut: OPERATOR },
  model_broke_off: { what: 'The language model broke off while it was writing.', wayOut: AGAIN },
  model_timeout: { what: 'The language model took too long.', wayOut: AGAIN },
  model_unreachable: { what: 'The language model cannot be reached.', wayOut: AGAIN },
  model_refused: { what: 'The language model refuses my requests.', wayOut: OPERATOR },
  generator_: { what: 'The language model does not answer.', wayOut: OPERATOR },
  download_: { what: 'The language model is not there yet.', wayOut: OPERATOR },
  gpu_: { what: 'The language model does not answer.', wayOut: OPERATOR },
  template_: { what: 'The language model does not answer.', wayOut: OPERATOR },
  guard_: { what: 'What checks questions for me does not answer, so I answer none.', wayOut: AGAIN },
  guard_down: { what: 'What checks questions for me does not answer, so I answer none.', wayOut: AGAIN },
  // The platforms, which tell whoever runs the bot.
  discord_: { what: 'Discord does not let me answer here.', wayOut: OPERATOR },
  // What answers are made from.
  index_: { what: 'There are no articles to answer from yet.', wayOut: 'Ask again when some are read.' },
  chroma_: { what: 'My index of articles cannot be read.', wayOut: OPERATOR },
  lexical_: { what: 'My index of articles cannot be read.', wayOut: OPERATOR },
  store_: { what: 'My store of articles cannot be read.', wayOut: OPERATOR },
  database_: { what: 'My store of articles cannot be reached.', wayOut: AGAIN },
  disk_full: { what: 'The disk that I live on is full.', wayOut: OPERATOR },
  taken_down: { what: 'An article of it was taken down meanwhile.', wayOut: 'Ask again.' },
};

const GENERAL: Line = {
  what: 'Something broke here; it was not your question.',
  wayOut: 'Ask again; if it happens again, tell whoever runs me.',
};

/**
 * The line for a code. `shown` = a part of the answer is read already, and stays; `citations` are its sources, or
 * articles that had been found.
 */
export function noticeOf(
  code: string,
  details: NoticeDetails & { shown?: boolean; citations?: Citation[] } = {},
): Notice {
  const { citations = [], shown = false } = details;
  const { isPrivate = false, what, wayOut = '' } = lineOf(code);
  const say = (words: NonNullable<Line['wayOut']>) => (typeof words === 'string' ? words : words(details));
  const rest = shown
    ? 'What stands above is checked.'
    : citations.length > 0
      ? 'Here are the articles that I had found:'
      : say(wayOut);
  const text = code === 'stopped' ? say(what) : `${say(what)} ${rest}`.trim();
  return { code, text, citations: shown ? [] : citations, isPrivate };
}

const FEEDBACK_THANKS: Record<FeedbackKind, string> = {
  up: 'Noted.',
  down: 'Noted, with the articles that I used.',
  'wrong-source': 'Noted, with the sources that I gave.',
};

export function thanksFor(kind: FeedbackKind): string {
  return FEEDBACK_THANKS[kind];
}

/** "Two questions before yours, about 20 s." `before` is 1 or more; `waitMs` absent = not known yet. */
export function placeLine(before: number, waitMs: number | undefined): string {
  const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];
  const count = words[before] ?? before.toLocaleString('en-GB');
  const wait = waitMs === undefined ? '' : `, about ${durationOf(waitMs)}`;
  return `${count} ${before === 1 ? 'question' : 'questions'} before yours${wait}`;
}

function lineOf(code: string): Line {
  const family = code.slice(0, code.indexOf('_') + 1);
  const own = Object.hasOwn(LINES, code) ? LINES[code] : undefined;
  return own ?? (family !== '' && Object.hasOwn(LINES, family) ? LINES[family] : undefined) ?? GENERAL;
}

/** "20 s", "3 min", "2 h": rounded up, so that whoever comes back then is not too early. */
function durationOf(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
