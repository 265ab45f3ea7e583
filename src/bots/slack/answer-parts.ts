// The messages of one answer, in order: new ones, those of an earlier try that are written over, and those that Slack
// may hold although it never said so.
import type { types } from '@slack/bolt';
import { isFailure, SlackFailure } from './call-failure.js';
import { beginOver, beginPost, beginStream, type Part, type PartDeps } from './part.js';

export interface AnswerParts {
  last(): Part | undefined;
  /** Begins a message that is going to grow. It shows the text up to `to`, or nothing yet. */
  begin(from: number, to: number): Promise<void>;
  /** A message that begins as it stays. */
  put(from: number, to: number, tail: types.KnownBlock[]): Promise<void>;
  /** Takes away what no part of the answer is. */
  removeOthers(): Promise<void>;
}

export function createAnswerParts(deps: PartDeps): AnswerParts {
  const { messages, turn } = deps;
  const parts: Part[] = [];
  /** Messages of an earlier try that are not written over yet; undefined = perhaps there are some. */
  let former = turn.attempt > 1 && turn.posted.length === 0 ? undefined : [...turn.posted];
  /** Slack may hold a message of ours that we do not know. */
  let hasStrays = false;
  let canStream = true;

  async function nextFormer(): Promise<string | undefined> {
    former ??= await messages.find();
    return former.shift();
  }

  async function keep(part: Part): Promise<void> {
    parts.push(part);
    await turn.record([...parts.map(({ ts }) => ts), ...(former ?? [])]);
  }

  /** Begins a message that is going to grow. */
  async function begin(from: number, to: number): Promise<void> {
    const over = (await nextFormer()) ?? (canStream ? await beginStreaming(from, to) : undefined);
    if (over !== undefined) {
      await keep(await beginOver(deps, over, from, parts.length));
    } else if (parts.at(-1)?.to !== to) {
      checkChangeable();
      await keep(await beginPost(deps, from, to, parts.length));
    }
  }

  /** While changes wait in line, a beginning would stand there unfinished: better the whole, a little later. */
  function checkChangeable(): void {
    const waitMs = deps.api.limitedMs('chat.update');
    if (waitMs > 0) {
      throw new SlackFailure('chat.update', { kind: 'limited', code: 'ratelimited', waitMs });
    }
  }

  /** Gives a message that Slack made after all, though it did not say so. */
  async function beginStreaming(from: number, to: number): Promise<string | undefined> {
    try {
      await keep(await beginStream(deps, from, to, parts.length));
      return undefined;
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      canStream = false;
      if (error.kind !== 'unknown') {
        return undefined;
      }
      hasStrays = true;
      const known = parts.map(({ ts }) => ts);
      return (await messages.find()).find((ts) => !known.includes(ts));
    }
  }

  /** A message that begins as it stays. */
  async function put(from: number, to: number, tail: types.KnownBlock[]): Promise<void> {
    const over = await nextFormer();
    if (over === undefined) {
      await keep(await beginPost(deps, from, to, parts.length, tail));
      return;
    }
    const part = await beginOver(deps, over, from, parts.length);
    await keep(part);
    await part.close(to, tail);
  }

  async function removeOthers(): Promise<void> {
    const ours = parts.map(({ ts }) => ts);
    const strays = hasStrays ? (await messages.find()).filter((ts) => !ours.includes(ts)) : [];
    const extra = [...(former ?? []), ...strays];
    for (const ts of extra) {
      await messages.remove(ts);
    }
    await (extra.length > 0 ? turn.record(ours) : undefined);
  }

  return { last: () => parts.at(-1), begin, put, removeOthers };
}
