// A digest that one message does not hold goes out as several, in order. What becomes of it is told as of one: surely
// not posted only while its first message is surely not there; from then on it is looked for, and what is missing
// follows, so that nothing of it is posted twice.
import { createHash } from 'node:crypto';
import type { FindOutcome, PostOutcome } from '../digests/platform.js';

/** How one of the messages is sent; `first` = the id of the one that begins it, undefined for that one itself. */
export type SendPart = (part: number, first: string | undefined) => Promise<PostOutcome>;

/** What another try must not hurry: a message may still come. */
const SETTLE_MS = 60_000;

/** What the message of a part carries; that of the first is the digest's own. 25 hex digits. */
export function partKey(key: string, part: number): string {
  return part === 0
    ? key
    : createHash('sha256')
        .update(JSON.stringify([key, part]))
        .digest('hex')
        .slice(0, key.length);
}

/** Gives the id that `idOf` chooses of all that were posted. */
export async function postParts(count: number, send: SendPart, idOf = first): Promise<PostOutcome> {
  const ids: string[] = [];
  for (let part = 0; part < count; part += 1) {
    const outcome = await send(part, ids[0]);
    if (outcome.kind === 'posted') {
      ids.push(outcome.message);
    } else if (part === 0) {
      return outcome;
    } else if (outcome.kind === 'refused') {
      break;
    } else {
      return { kind: 'unknown', why: `part ${part + 1} of ${count}: ${whyOf(outcome)}` };
    }
  }
  return { kind: 'posted', message: idOf(ids) };
}

/** `seen` = ids by part, as the platform shows them now. What is missing behind the first is sent. */
export async function findParts(
  count: number,
  seen: ReadonlyMap<number, string>,
  send: SendPart,
  idOf = first,
): Promise<FindOutcome> {
  const ids = [...seen.entries()].sort(([a], [b]) => a - b).map(([, id]) => id);
  if (ids.length === 0) {
    return { kind: 'absent' };
  }
  for (let part = seen.size; part < count && !seen.has(part); part += 1) {
    const outcome = await send(part, ids[0]);
    if (outcome.kind === 'posted') {
      ids.push(outcome.message);
    } else if (outcome.kind === 'refused') {
      break;
    } else {
      const waitMs = outcome.kind === 'limited' ? outcome.retryAfterMs : 0;
      return { kind: 'later', why: whyOf(outcome), retryAfterMs: Math.max(waitMs, SETTLE_MS) };
    }
  }
  return { kind: 'found', message: idOf(ids) };
}

const first = (ids: string[]) => ids[0] ?? '';
export const last = (ids: string[]) => ids.at(-1) ?? '';

const whyOf = (outcome: Exclude<PostOutcome, { kind: 'posted' }>): string =>
  outcome.kind === 'limited' ? 'too many calls' : outcome.why;
