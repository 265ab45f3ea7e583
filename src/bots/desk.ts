// The questions that this process has on: queued, answered, shown, ended. Each is held in the store meanwhile; one that
// is taken over elsewhere, edited or deleted ends here in silence.
import { BotError } from '../errors.js';
import { forQuestion } from '../log.js';
import { type AnswerTurnDeps, createAnswerTurn } from './answer-turn.js';
import type { Desk } from './desk-port.js';
import type { BotPlatform } from './ports.js';
import { createQueue } from './queue.js';
import { placeLine } from './replies.js';
import type { SharedWork } from './shared-work.js';
import { createStatusLine } from './status-line.js';
import { type Held, holdKey, letGo, threadKey } from './turn.js';

export interface DeskDeps extends AnswerTurnDeps {
  platforms: BotPlatform[];
  owner: string;
  /** What waits here may be taken by other processes; absent = there are none. */
  shared?: SharedWork | undefined;
  /** Told when a question has ended. */
  onEnded?: (() => void) | undefined;
}

export interface DeskOptions {
  /** Questions answered at once. */
  concurrent: number;
  /** Questions that may wait beside them. */
  waiting: number;
  answerSeconds: number;
}

interface Entry extends Held {
  thread: string;
  /** All is written, and only to be shown: no stop takes it back. */
  isWritten: boolean;
  done: Promise<void>;
}

export function createDesk(deps: DeskDeps, options: DeskOptions): Desk {
  const { clock, owner, platforms, timers } = deps;
  const queue = createQueue(options);
  const answerTurn = createAnswerTurn(deps, options);
  const entries = new Map<string, Entry>();
  /** How long an answer takes, in milliseconds; an average that forgets. */
  let usualMs: number | undefined;

  const keyOf = ({ hold, question }: Held) => holdKey({ id: question.id, epoch: hold.epoch });

  async function run(entry: Entry, former: Entry | undefined): Promise<void> {
    await former?.done;
    const { id, platform: name } = entry.question;
    const platform = platforms.find((one) => one.name === name);
    if (!platform || entry.show.signal.aborted) {
      return;
    }
    const opened = await answerTurn.open(entry, platform);
    if (!opened) {
      return;
    }
    const line = createStatusLine(opened.reply.status, timers, platform.statusLifeMs);
    await new Promise<void>((resolve) => {
      const job = {
        id,
        thread: entry.thread,
        user: entry.question.userKey,
        // It is begun by whoever gives a slot on, another question.
        run: (free: () => void) =>
          forQuestion(id, async () => {
            const started = clock().getTime();
            const turn = (await deps.shared?.begins(entry)) ?? 'here';
            const isToEnd = () => entry.work.signal.aborted;
            if (turn === 'later' && !isToEnd()) {
              // Without its slot: the one before it may be answered elsewhere for a minute.
              void deps.shared?.later(entry).then(() => (isToEnd() ? job.run(() => {}) : queue.again(job)));
              return;
            }
            if (turn !== 'lost') {
              await answerTurn.answer(entry, opened, line, () => {
                usualMs = entry.isWritten ? usualMs : mixed(usualMs, clock().getTime() - started);
                entry.isWritten = true;
                free();
              });
            }
            resolve();
          }),
      };
      if (!queue.add(job)) {
        void answerTurn.refuse(entry, opened, options.waiting).then(resolve);
        return;
      }
      if (queue.before(id) > 0 && !platform.isBoundHere?.(entry.question)) {
        deps.shared?.waits(entry);
      }
      line.say(() => {
        const before = queue.before(id);
        const rounds = Math.ceil((before + 1) / options.concurrent);
        return before === 0 ? 'reading the question' : placeLine(before, usualMs && usualMs * rounds);
      });
    });
    line.end();
  }

  /** Ends an entry; one that waits ends at once. */
  function end(entry: Entry, abort: () => void): void {
    abort();
    void queue.withdraw(entry.question.id)?.run(() => {});
  }

  function stopAll(which: (entry: Entry) => boolean, reason: BotError): boolean {
    const found = [...entries.values()].filter((entry) => !entry.isWritten && which(entry));
    for (const entry of found) {
      end(entry, () => entry.work.abort(reason));
    }
    return found.length > 0;
  }

  return {
    take({ until, ...question }) {
      const former = entries.get(question.id);
      if (former) {
        end(former, () => letGo(former, new BotError('claim_lost', 'the question was asked anew')));
      }
      const entry: Entry = {
        question,
        hold: { owner, epoch: question.epoch },
        heldUntil: Date.parse(until),
        work: new AbortController(),
        show: new AbortController(),
        thread: threadKey(question),
        isWritten: false,
        done: Promise.resolve(),
      };
      entries.set(question.id, entry);
      entry.done = forQuestion(question.id, () => run(entry, former))
        .catch((error: unknown) => deps.log.error({ err: error, question: question.id }, 'a question broke'))
        .finally(() => {
          if (entries.get(question.id) === entry) {
            entries.delete(question.id);
          }
          deps.onEnded?.();
        });
    },

    stop(place) {
      const thread = threadKey(place);
      return stopAll((entry) => entry.thread === thread, new BotError('stopped', 'stopped by a person'));
    },

    held(rows, seen, until) {
      const ours = new Map(rows.map((row) => [holdKey(row), row]));
      for (const entry of entries.values()) {
        const row = ours.get(keyOf(entry));
        if (row) {
          entry.heldUntil = Date.parse(until);
        }
        if (row?.isToStop && !entry.isWritten) {
          end(entry, () => entry.work.abort(new BotError('stopped', 'stopped by a person')));
        } else if (!row && seen.has(keyOf(entry))) {
          end(entry, () => letGo(entry, new BotError('claim_lost', 'another process has it')));
        }
      }
      const on = new Set([...entries.values()].map(keyOf));
      return rows.filter((row) => !on.has(holdKey(row)));
    },

    on: () => new Set([...entries.values()].map(keyOf)),
    spare: () => Math.max(0, options.concurrent - entries.size),
    room: queue.room,
    load: queue.load,

    apologise() {
      stopAll(() => true, new BotError('restarting', 'the process ends'));
    },

    async giveBack() {
      const reason = new BotError('claim_lost', 'the process ends');
      for (const entry of entries.values()) {
        end(entry, () => letGo(entry, reason));
        // Where the store is away, the lease runs out.
        await deps.store.postpone(entry.question.id, entry.hold, clock().toISOString()).catch(() => {});
      }
    },

    async idle() {
      while (entries.size > 0) {
        await Promise.all([...entries.values()].map((entry) => entry.done));
      }
    },
  };
}

/** Recent answers count more. */
function mixed(before: number | undefined, latest: number): number {
  return before === undefined ? latest : before * 0.8 + latest * 0.2;
}
