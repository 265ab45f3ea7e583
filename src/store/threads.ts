// What is known of a thread: whether the bot answers in it (it was asked there, or began it with a digest), whether it was silenced, and what was asked before.

import type { Transaction } from 'kysely';
import { type Place, placeOf } from './asked-row.js';
import type { Database, Schema } from './schema.js';
import type { AskedRow } from './schema-conversations.js';
import { wakeOthers } from './wakes.js';

export interface ThreadStore {
  thread(place: Place): Promise<{ isOurs: boolean; isMuted: boolean }>;
  /** False = it was silenced already. */
  mute(place: Place, at: string): Promise<boolean>;
  wake(place: Place): Promise<void>;
  /** Tells every owner of a question of the thread to stop; false = nothing is being answered there. */
  stopThread(place: Place): Promise<boolean>;
  /**
   * Forgets questions from before `time`, with answers and feedback, and mutes; what is still to be answered stays.
   * Gives the number of questions.
   */
  forgetBefore(time: string): Promise<number>;
}

/** Earlier questions that the core is given. */
const MOST_EARLIER = 10;

/** The questions of its thread before it, oldest first. */
export async function earlierQuestions(
  db: Database | Transaction<Schema>,
  { asked_at, id, ...row }: AskedRow,
): Promise<string[]> {
  const rows = await db
    .selectFrom('asked')
    .select('text')
    .where((e) => e.and(placeOf(row)))
    .where('state', 'in', ['answered', 'failed', 'stopped', 'undeliverable'])
    .where('id', '!=', id)
    .where('asked_at', '<=', asked_at)
    .orderBy('asked_at', 'desc')
    .limit(MOST_EARLIER)
    .execute();
  return rows.map(({ text }) => text).reverse();
}

export function createThreadStore(db: Database): ThreadStore {
  return {
    async thread(place) {
      const where = placeOf(place);
      const { thread: message, ...channel } = where;
      const [asked, digest, mute] = await Promise.all([
        db
          .selectFrom('asked')
          .select('id')
          .where((e) => e.and(where))
          .limit(1)
          .executeTakeFirst(),
        db
          .selectFrom('digests')
          .select('message')
          .where((e) => e.and({ message, ...channel }))
          .executeTakeFirst(),
        db
          .selectFrom('mutes')
          .select('thread')
          .where((e) => e.and(where))
          .executeTakeFirst(),
      ]);
      return { isOurs: asked !== undefined || digest !== undefined, isMuted: mute !== undefined };
    },

    async mute(place, at) {
      const row = await db
        .insertInto('mutes')
        .values({ ...placeOf(place), muted_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .returning('thread')
        .executeTakeFirst();
      return row !== undefined;
    },

    async wake(place) {
      await db
        .deleteFrom('mutes')
        .where((e) => e.and(placeOf(place)))
        .execute();
    },

    async stopThread(place) {
      const [result] = await db
        .updateTable('asked')
        .set({ is_to_stop: 1 })
        .where((e) => e.and({ ...placeOf(place), state: 'pending' as const }))
        .execute();
      const isAnswered = Number(result?.numUpdatedRows ?? 0) > 0;
      await (isAnswered ? wakeOthers(db, 'questions') : undefined);
      return isAnswered;
    },

    async forgetBefore(time) {
      await db.deleteFrom('mutes').where('muted_at', '<', time).execute();
      await db.deleteFrom('deliveries').where('taken_at', '<', time).execute();
      await db.deleteFrom('web_posts').where('posted_at', '<', time).execute();
      const [result] = await db
        .deleteFrom('asked')
        .where('asked_at', '<', time)
        .where('state', 'not in', ['pending', 'removing'])
        .execute();
      return Number(result?.numDeletedRows ?? 0);
    },
  };
}
