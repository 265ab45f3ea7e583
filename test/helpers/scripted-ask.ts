// A core that says what a test wants: answers follow from the question, wait for the test's word, fail with a code.
import type { WatchingDeps } from '#src/digests/watch.js';
import type { Answer, Ask, Citation, Question } from '#src/domain.js';

export interface ScriptedAsk {
  ask: Ask;
  /** What it was asked, in order. */
  asked: Question[];
  /** How many are being answered. */
  active(): number;
  /** The most that were answered at once. */
  most(): number;
}

export interface AskScript {
  /** Pieces of the answer; absent = two sentences that repeat the question. */
  says?: (question: Question) => string[];
  /** Waited for before the piece of that number, the end included. */
  before?: (question: Question, piece: number) => Promise<void> | undefined;
  /** The code of an error before the piece of that number. */
  fails?: (question: Question, piece: number) => string | undefined;
  choices?: (question: Question) => string[] | undefined;
  /** There is too little to answer it. */
  abstains?: (question: Question) => boolean;
}

export function citationOf(text: string): Citation {
  const name = encodeURIComponent(text.slice(0, 60));
  return {
    n: 1,
    url: `https://news.example/${name}`,
    title: `About ${text}`,
    publisher: 'The Example',
    publishedAt: '2023-12-19T10:00:00.000Z',
    quote: text,
  };
}

/** The words that an answer to this question begins with. */
export const answerTo = (text: string): string => `This is known of: ${text} [1]`;

export function scriptedAsk({ abstains, before, choices, fails, says }: AskScript = {}): ScriptedAsk {
  const asked: Question[] = [];
  let active = 0;
  let most = 0;

  async function* ask(question: Question, signal: AbortSignal): ReturnType<Ask> {
    asked.push(question);
    active += 1;
    most = Math.max(most, active);
    try {
      yield { type: 'status', text: 'reading 1 article' };
      const citation = citationOf(question.text);
      const pieces = says?.(question) ?? [answerTo(question.text), ' And no more than that. [1]'];
      if (abstains?.(question)) {
        const text = `Not enough evidence: nothing is known of ${question.text}`;
        yield { type: 'delta', text };
        yield {
          type: 'done',
          answer: { ...answerOf(text, []), abstained: true, verdict: 'not-enough', asOf: undefined },
        };
        return;
      }
      const asksBack = choices?.(question);
      if (asksBack) {
        yield { type: 'choices', choices: asksBack };
        yield { type: 'done', answer: answerOf('Which one do you mean?', [], asksBack) };
        return;
      }
      for (const [i, text] of [...pieces, undefined].entries()) {
        await before?.(question, i);
        signal.throwIfAborted();
        const code = fails?.(question, i);
        if (code) {
          yield { type: 'error', code, message: `internal words about ${code} in /some/file` };
          return;
        }
        if (i === 0) {
          yield { type: 'citation', citation };
        }
        if (text !== undefined) {
          yield { type: 'delta', text };
        }
      }
      yield { type: 'done', answer: answerOf(pieces.join(''), [citation]) };
    } finally {
      active -= 1;
    }
  }
  return { ask, asked, active: () => active, most: () => most };
}

export function answerOf(text: string, citations: Citation[], choices?: string[]): Answer {
  return {
    text,
    citations,
    retrieved: [],
    abstained: false,
    ...(choices ? { choices } : {}),
    asOf: citations[0]?.publishedAt,
    publishersAgree: 1,
    warnings: [],
    dropped: 0,
    generator: 'scripted',
  };
}

/** A door that is shut until the test opens it. */
export function createGate(): { passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** What the core tells of new articles, where only the platform matters: its answer from them, if it has one. */
export function newsBy(ask: Ask): WatchingDeps['seekNews'] {
  return async ({ articles, earlier, question }, signal) => {
    for await (const event of ask({ id: 'news', text: question, earlier, articles }, signal)) {
      if (event.type === 'done') {
        return event.answer.abstained ? undefined : event.answer;
      }
    }
    return undefined;
  };
}
