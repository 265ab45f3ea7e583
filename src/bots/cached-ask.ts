// One question that many ask at once is answered once: the events of an answer are kept for a short while and told again,
// with their "as of". Nothing is kept over the arrival of newer articles, and only what is an answer is kept.
import type { Answer, AnswerEvent, Ask, Question } from '../domain.js';

export interface CachedAskDeps {
  /** Grows with each article that comes in; undefined = the indexes lag behind, and nothing is kept or told again. */
  revision(): Promise<number | undefined>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

interface Kept {
  revision: number;
  until: number;
  events: AnswerEvent[];
}

const KEPT_MS = 120_000;
const MOST_KEPT = 200;

export function createCachedAsk(ask: Ask, { now, revision }: CachedAskDeps): Ask {
  /** The one used longest ago first. */
  const kept = new Map<string, Kept>();

  return async function* cachedAsk(question, signal) {
    const key = keyOf(question);
    const before = key === undefined ? undefined : await revision();
    if (key === undefined || before === undefined) {
      yield* ask(question, signal);
      return;
    }
    const known = kept.get(key);
    kept.delete(key);
    if (known && known.revision === before && known.until > now()) {
      kept.set(key, known);
      yield* known.events;
      return;
    }
    const events: AnswerEvent[] = [];
    for await (const event of ask(question, signal)) {
      events.push(event);
      if (event.type === 'done' && isWhole(event.answer)) {
        const told = events.filter(({ type }) => type !== 'status');
        kept.set(key, { revision: before, until: now() + KEPT_MS, events: told });
        dropOldest(kept);
      }
      yield event;
    }
  };
}

/** Undefined = it is answered from articles of its own. */
function keyOf({ articles, earlier = [], passages, text }: Question): string | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return articles || passages ? undefined : JSON.stringify([plain, earlier]);
}

function isWhole({ abstained, brokeOff, choices, refused }: Answer): boolean {
  return !abstained && !brokeOff && !choices && refused === undefined;
}

function dropOldest(kept: Map<string, Kept>): void {
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) {
    kept.delete(oldest);
  }
}
