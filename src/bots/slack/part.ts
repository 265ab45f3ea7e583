// One message of an answer: the stretch of the text that it shows, streamed into it or put into it as a whole. A
// stream that fails in any way becomes a message that is written anew, so that nothing is lost and nothing stands
// twice.
import type { types } from '@slack/bolt';
import type { Clock } from '../../domain.js';
import { BotError } from '../../errors.js';
import type { Turn } from '../ports.js';
import { isFailure } from './call-failure.js';
import type { Content, Messages } from './message.js';
import { type Stream, startStream, stopStream } from './stream.js';
import type { SlackApi } from './web-api.js';

export interface Part {
  readonly ts: string;
  /** The stretch of the text that it is known to show: [from, to). */
  readonly from: number;
  to: number;
  /** Whether it wants no more text, as Slack would end it soon. */
  isOld(): boolean;
  /** Shows the text up to `to`. An `unknown` or `limited` failure may be tried again. Error: SlackFailure. */
  show(to: number): Promise<void>;
  /** Shows the text up to `to` and `tail` below, for good. Error: SlackFailure. */
  close(to: number, tail: types.KnownBlock[]): Promise<void>;
}

export interface PartDeps {
  api: SlackApi;
  clock: Clock;
  messages: Messages;
  turn: Turn;
  /** The text as markdown, and as it is read. */
  render(from: number, to: number): { markdown: string; preview: string };
}

/** A message is changed no more often than this: Slack takes fifty changes a minute of a whole workspace. */
export const EDIT_MS = 3_000;

/** A part that begins as a stream. Error: SlackFailure of its start. */
export async function beginStream(deps: PartDeps, from: number, to: number, number: number): Promise<Part> {
  await checkOurs(deps.turn);
  const stream = await startStream(deps, deps.turn, deps.render(from, to).markdown);
  return partOf(deps, { ts: stream.ts, from, to, number, stream });
}

/** A part that is posted, with `tail` below its text, and changed later. */
export async function beginPost(
  deps: PartDeps,
  from: number,
  to: number,
  number: number,
  tail: types.KnownBlock[] = [],
): Promise<Part> {
  await checkOurs(deps.turn);
  const ts = await deps.messages.post({ ...deps.render(from, to), tail }, number);
  return partOf(deps, { ts, from, to, number });
}

/** A part in a message that is there already, which a stream of a process that died may still hold open. */
export async function beginOver(deps: PartDeps, ts: string, from: number, number: number): Promise<Part> {
  return partOf(deps, { ts, from, to: from, number, isUnknown: true });
}

function partOf(
  { api, clock, messages, render, turn }: PartDeps,
  begun: { ts: string; from: number; to: number; number: number; stream?: Stream; isUnknown?: boolean },
): Part {
  const { from, isUnknown = false, number, ts } = begun;
  let { stream, to } = begun;
  /** It may still be a stream, which takes no change. */
  let mayStream = isUnknown;
  /** It may show something else than the text up to `to`. */
  let isDoubtful = isUnknown;
  let shownAt = isUnknown ? 0 : clock().getTime();

  const content = (end: number, tail: types.KnownBlock[] = []): Content => ({ ...render(from, end), tail });

  function leaveStream(): void {
    stream = undefined;
    mayStream = true;
    isDoubtful = true;
  }

  async function makeChangeable(): Promise<void> {
    if (mayStream) {
      await stopStream(api, { channel: turn.channel, ts, signal: turn.signal });
      mayStream = false;
    }
  }

  return {
    ts,
    from,
    get to() {
      return to;
    },
    isOld: () => stream?.isOld() ?? false,

    async show(end) {
      await checkOurs(turn);
      if (stream) {
        if (await appended(stream, render(to, end).markdown)) {
          to = end;
          return;
        }
        leaveStream();
      } else if (clock().getTime() - shownAt < EDIT_MS) {
        return;
      }
      await makeChangeable();
      isDoubtful = true;
      await messages.tryUpdate(ts, content(end), number);
      isDoubtful = false;
      shownAt = clock().getTime();
      to = end;
    },

    async close(end, tail) {
      await checkOurs(turn);
      if (stream) {
        const { markdown } = render(to, end);
        if (await stream.stop({ markdown, blocks: tail, metadata: messages.metadata(number) })) {
          stream = undefined;
          to = end;
          return;
        }
        leaveStream();
        mayStream = false;
      }
      if (end === to && tail.length === 0 && !isDoubtful) {
        return;
      }
      await makeChangeable();
      await messages.update(ts, content(end, tail), number);
      isDoubtful = false;
      to = end;
    },
  };
}

/** False = the stream is of no use any more. Error: `limited`. */
async function appended(stream: Stream, markdown: string): Promise<boolean> {
  try {
    return await stream.append(markdown);
  } catch (error) {
    if (isFailure(error) && error.kind === 'limited') {
      throw error;
    }
    return false;
  }
}

/** Right before anything is shown: somebody else may have the question by now. */
async function checkOurs(turn: Turn): Promise<void> {
  turn.signal.throwIfAborted();
  if (!(await turn.mayPost())) {
    throw new BotError('claim_lost', 'the question may be answered by another process now');
  }
}
