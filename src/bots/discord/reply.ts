// One answer on its way into messages: a status line, then the text as it is checked, then the whole with its sources.
// One call at a time, 1.2 s apart at least, each showing all that there is by then; what fails is shown by the end.
import type { Answer, Citation, Clock } from '../../domain.js';
import { BotError, describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Notice, Reply, Turn } from '../ports.js';
import { pause, type Timers } from '../timers.js';
import { type Draft, messagesOf } from './compose.js';
import { escapeMarkdown } from './escape.js';
import { bodyOf } from './message-body.js';
import { nonceOf } from './nonce.js';
import { createHurry, type NextTurn } from './pace.js';
import { isRefusal } from './rest.js';
import { answerTail, type Component, noticeTail, text } from './tail.js';
import type { Venue } from './venue.js';

export interface ReplyDeps {
  venue: Venue;
  clock: Clock;
  newsClock: Clock;
  timers: Timers;
  log: Log;
  /** Comes back when another first status may be shown (pace.ts). */
  statusTurn: NextTurn;
  /** Discord refuses the answer for good: whoever asked is told, where that can be. */
  onRefused(error: unknown): Promise<void>;
}

/** Discord takes about 5 calls in 5 seconds for a channel's messages. */
export const EDIT_MS = 1_200;
const STATUS_MS = 400;

export function createReply(deps: ReplyDeps, turn: Turn): Reply {
  const { clock, newsClock, timers, venue } = deps;
  const citations = new Map<number, Citation>();
  const draft: Draft = { status: '', written: '', tail: undefined };
  /** What each message shows, as far as we know; undefined = it was there before. */
  const parts: { id: string; shown: string | undefined }[] = turn.posted.map((id) => ({
    id,
    shown: undefined,
  }));
  /** Text, or the end, is there. */
  const hurry = createHurry();
  let isLookedFor = turn.attempt === 1;
  let lastCallAt = 0;
  let showing: Promise<void> | undefined;

  const compose = () => messagesOf(draft, citations, turn.questionId);

  async function checkOurs(): Promise<void> {
    turn.signal.throwIfAborted();
    if (!(await turn.mayPost())) {
      throw (
        turn.signal.reason ??
        new BotError('claim_lost', 'the question may be answered by another process now')
      );
    }
  }

  async function spaced(): Promise<void> {
    const waitMs = lastCallAt + EDIT_MS - clock().getTime();
    if (waitMs > 0) {
      await pause(timers, waitMs, turn.signal);
    }
  }

  /** Before the first status: often there is text soon, and text goes before the status of others. */
  async function settled(): Promise<void> {
    const early = deps
      .statusTurn(hurry.promise)
      .then(() => (draft.written === '' && !draft.tail ? venue.open() : undefined));
    await Promise.race([hurry.promise, Promise.all([early, pause(timers, STATUS_MS, turn.signal)])]);
  }

  /** One call's worth; false = all is shown. */
  async function step(): Promise<boolean> {
    await lookForStrays();
    await (differing(compose()) === undefined ? undefined : spaced());
    await (parts.length === 0 && draft.written === '' && !draft.tail ? settled() : undefined);
    // What came while it waited is shown, too.
    const messages = compose();
    const at = differing(messages);
    if (at === undefined) {
      return removeExtra(messages.length);
    }
    await checkOurs();
    const components = messages[at] as Component[];
    const part = parts[at];
    if (part && (await venue.change(part.id, bodyOf(components)))) {
      lastCallAt = clock().getTime();
      part.shown = JSON.stringify(components);
      return true;
    }
    const id = await venue.post(bodyOf(components), nonceOf(turn, at, parts.length));
    lastCallAt = clock().getTime();
    // One that was taken away by somebody is posted again where it was.
    parts.splice(at, part ? 1 : 0, { id, shown: JSON.stringify(components) });
    await turn.record(parts.map((one) => one.id));
    return true;
  }

  function differing(messages: Component[][]): number | undefined {
    const at = messages.findIndex((components, index) => parts[index]?.shown !== JSON.stringify(components));
    return at < 0 ? undefined : at;
  }

  /** At the end no message of an earlier try may stay. */
  async function removeExtra(count: number): Promise<boolean> {
    if (!draft.tail || parts.length <= count) {
      return false;
    }
    await checkOurs();
    const [extra] = parts.splice(-1);
    await venue.remove(extra?.id ?? '');
    await turn.record(parts.map((one) => one.id));
    return true;
  }

  async function lookForStrays(): Promise<void> {
    if (isLookedFor) {
      return;
    }
    const known = new Set(parts.map(({ id }) => id));
    const found = await venue.find();
    parts.push(...found.filter((id) => !known.has(id)).map((id) => ({ id, shown: undefined })));
    isLookedFor = true;
  }

  /** A status must not wipe an answer that stands there already. */
  const isQuiet = () => draft.written === '' && parts.some(({ shown }) => shown === undefined);

  function showSoon(): void {
    if (isQuiet()) {
      return;
    }
    showing ??= (async () => {
      while (!draft.tail && (await step())) {
        // On to what came meanwhile.
      }
    })()
      .catch((error: unknown) =>
        deps.log.debug({ question: turn.questionId, why: describeError(error) }, 'shown later'),
      )
      .finally(() => {
        showing = undefined;
      });
  }

  async function end(whole: string, below: Component[]): Promise<void> {
    draft.written = whole;
    draft.tail = below;
    hurry.resolve();
    await showing;
    try {
      while (await step()) {
        // Until all is shown.
      }
    } catch (error) {
      if (isRefusal(error)) {
        await deps.onRefused(error);
        throw new BotError('undeliverable', `Discord refuses the answer: ${describeError(error)}`, {
          cause: error,
        });
      }
      throw error;
    }
  }

  return {
    status(line) {
      draft.status = line;
      showSoon();
    },
    citation: (citation) => void citations.set(citation.n, citation),
    text(delta) {
      hurry.resolve();
      draft.written += delta;
      showSoon();
    },
    async finish(answer: Answer) {
      for (const citation of answer.citations) {
        citations.set(citation.n, citation);
      }
      await end(answer.text, answerTail(answer, turn.questionId, newsClock()));
    },
    async fail(notice: Notice) {
      const line = text(escapeMarkdown(notice.text));
      const found = noticeTail(notice, newsClock());
      await end(draft.written, [line, ...found]);
    },
  };
}
