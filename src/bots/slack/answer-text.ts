// An answer's text on its way into messages: shown as it comes, in as few calls as there are while one is under way,
// rolled over into another message before Slack's limits, and at the end written once more where anything is in
// doubt.
import type { types } from '@slack/bolt';
import type { Citation, Clock } from '../../domain.js';
import { unfinishedNumber } from '../link-numbers.js';
import type { Turn } from '../ports.js';
import { pause, type Timers } from '../timers.js';
import { createAnswerParts } from './answer-parts.js';
import { isFailure } from './call-failure.js';
import { cutAt } from './cut-text.js';
import type { Messages } from './message.js';
import { EDIT_MS } from './part.js';
import { renderMarkdown } from './render-text.js';
import type { SlackApi } from './web-api.js';

export interface AnswerText {
  cite(citation: Citation): void;
  /** Shows it as soon as may be. */
  add(text: string): void;
  /** Leaves it to `end` to show it. */
  append(text: string): void;
  /** All that was added. */
  text(): string;
  /** Shows all of it with `tail` below, in messages that stay as they are then. Errors: SlackFailure, `claim_lost`. */
  end(tail: types.KnownBlock[]): Promise<void>;
}

export interface AnswerTextDeps {
  api: SlackApi;
  clock: Clock;
  timers: Timers;
  messages: Messages;
}

/** Below all of Slack's limits (a stream 12,000 characters, an update 4,000 bytes), and a screen or two of a phone. */
const PART_BYTES = 3_800;
/** Characters of a message with all its blocks; more is `msg_blocks_too_long`. */
const MESSAGE_CHARACTERS = 12_000;

export function createAnswerText(deps: AnswerTextDeps, turn: Turn): AnswerText {
  const { timers } = deps;
  const citations = new Map<number, Citation>();
  let text = '';
  const ending = new AbortController();
  let showing: Promise<void> | undefined;

  function render(from: number, to: number) {
    const slice = text.slice(from, to);
    return { markdown: renderMarkdown(slice, citations), preview: slice };
  }

  const parts = createAnswerParts({ ...deps, turn, render });
  const shownTo = () => parts.last()?.to ?? 0;
  const readyTo = () => text.length - (ending.signal.aborted ? 0 : unfinishedNumber(text));

  /** The longest stretch from `from` on that one message takes together with what it shows. */
  function fitting(start: number, from: number, to: number): number {
    const fits = (more: string) =>
      Buffer.byteLength(render(start, from + more.length).markdown) <= PART_BYTES;
    return from + cutAt(text.slice(from, to), fits, text.slice(start, from));
  }

  /** One call's worth. */
  async function step(): Promise<void> {
    const part = parts.last();
    const to = readyTo();
    const end = part && fitting(part.from, part.to, to);
    if (part && end !== undefined && end > part.to && !part.isOld()) {
      await part.show(end);
      return;
    }
    await part?.close(part.to, []);
    const from = shownTo();
    await parts.begin(from, fitting(from, from, to));
  }

  /** Shows what there is; ends when all is shown, or at a failure that the end will meet again. */
  async function showAll(): Promise<void> {
    while (!ending.signal.aborted && readyTo() > shownTo()) {
      const before = shownTo();
      try {
        await step();
        await (shownTo() === before ? pause(timers, EDIT_MS / 4, ending.signal) : undefined);
      } catch (error) {
        if (!isFailure(error) || error.kind === 'refused') {
          return;
        }
        await pause(timers, Math.max(error.waitMs, EDIT_MS), ending.signal);
      }
    }
  }

  return {
    cite: (citation) => void citations.set(citation.n, citation),
    text: () => text,

    append(more) {
      text += more;
    },

    add(more) {
      text += more;
      showing ??= showAll()
        .catch(() => {})
        .finally(() => {
          showing = undefined;
        });
    },

    async end(tail) {
      ending.abort();
      await showing;
      turn.signal.throwIfAborted();
      const length = lengthOf(tail);
      const hasRoom = (from: number, to: number) =>
        render(from, to).markdown.length + length <= MESSAGE_CHARACTERS;
      let isDone = false;
      const part = parts.last();
      if (part) {
        const to = fitting(part.from, part.to, text.length);
        isDone = to === text.length && hasRoom(part.from, to);
        await part.close(to, isDone ? tail : []);
      }
      while (!isDone) {
        const from = shownTo();
        const to = fitting(from, from, text.length);
        isDone = to === text.length && hasRoom(from, to);
        await parts.put(from, to, isDone ? tail : []);
      }
      await parts.removeOthers();
    },
  };
}

/** Characters of blocks as Slack may count them. */
function lengthOf(blocks: types.KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}
