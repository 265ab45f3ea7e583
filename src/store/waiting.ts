// Questions that wait in one process while another has nothing to do: the store says which have not begun, and whoever has
// a slot takes them, so that a burst that one replica heard first is answered by all. Beginning and taking are single
// statements over the same row: one of the two happens.

import type { ExpressionBuilder } from 'kysely';
import { fromRow, type Hold, type Lease, type PendingQuestion } from './asked-row.js';
import type { Database, Schema } from './schema.js';
import { notBeingTaken } from './sql/dialects.js';
import { inTransaction } from './sql/transactions.js';
import { earlierQuestions } from './threads.js';
import { wakeOthers } from './wakes.js';

export interface WaitingStore {
  /** It has no slot here yet; nothing where it is not ours any more. */
  waits(id: string, hold: Hold): Promise<void>;
  /**
   * It is answered here from now on. `later` = an earlier question of its thread is held by a process, ours or another,
   * whose lease has not run out at `now`; `lost` = it is not ours any more.
   */
  begins(id: string, hold: Hold, now: string): Promise<'here' | 'later' | 'lost'>;
  /**
   * Takes up to `limit` questions of these platforms that wait elsewhere, the oldest first, but none that follows one of
   * its thread. It is no new try.
   */
  takeWaiting(lease: Lease, platforms: string[], limit: number): Promise<PendingQuestion[]>;
}

export function createWaitingStore(db: Database): WaitingStore {
  return {
    async waits(id, { epoch, owner }) {
      const row = await db
        .updateTable('asked')
        .set({ is_waiting: 1 })
        .where((e) => e.and({ id, owner, epoch, state: 'pending' as const }))
        .returning('id')
        .executeTakeFirst();
      await (row ? wakeOthers(db, 'questions') : undefined);
    },

    async begins(id, { epoch, owner }, now) {
      const row = await db
        .updateTable('asked')
        .set({ is_waiting: 0 })
        .where((e) => e.and({ id, owner, epoch }))
        .where((e) =>
          e.not(
            e.exists(
              pendingOfThread(e)
                // One that was given back, as it could not be shown, may stay so for half an hour.
                .where('before.owner', '<>', '')
                .where('before.lease_until', '>', now)
                .where((or) =>
                  or.or([
                    or('before.asked_at', '<', or.ref('asked.asked_at')),
                    or.and([
                      or('before.asked_at', '=', or.ref('asked.asked_at')),
                      or('before.id', '<', or.ref('asked.id')),
                    ]),
                  ]),
                ),
            ),
          ),
        )
        .returning('id')
        .executeTakeFirst();
      if (row) {
        return 'here';
      }
      const ours = await db
        .selectFrom('asked')
        .select('id')
        .where((e) => e.and({ id, owner, epoch }))
        .executeTakeFirst();
      return ours ? 'later' : 'lost';
    },

    takeWaiting: async ({ owner, until }, platforms, limit) => {
      if (platforms.length === 0) {
        return [];
      }
      return inTransaction(db, async (transaction) => {
        const rows = await transaction
          .with('waiting', (query) =>
            query
              .selectFrom('asked')
              .select('id')
              .where('state', '=', 'pending')
              .where('is_waiting', '=', 1)
              .where('owner', '<>', owner)
              .where('platform', 'in', platforms)
              .where((e) =>
                e.not(e.exists(pendingOfThread(e).whereRef('before.asked_at', '<', 'asked.asked_at'))),
              )
              .orderBy('asked_at')
              .orderBy('id')
              .limit(limit)
              .$call(notBeingTaken(db)),
          )
          .updateTable('asked')
          .set((e) => ({ owner, lease_until: until, is_waiting: 0, epoch: e('epoch', '+', 1) }))
          .where('id', 'in', (e) => e.selectFrom('waiting').select('id'))
          .returningAll()
          .execute();
        if (rows.length > 0) {
          // Where it waited, it is dropped.
          await wakeOthers(transaction, 'questions');
        }
        const found = [];
        for (const row of rows) {
          found.push(fromRow(row, await earlierQuestions(transaction, row)));
        }
        return found;
      });
    },
  };
}

/** Questions of a row's thread, itself included, that are to be answered. */
const pendingOfThread = (e: ExpressionBuilder<Schema, 'asked'>) =>
  e
    .selectFrom('asked as before')
    .select('before.id')
    .where('before.state', '=', 'pending')
    .whereRef('before.platform', '=', 'asked.platform')
    .whereRef('before.tenant', '=', 'asked.tenant')
    .whereRef('before.channel', '=', 'asked.channel')
    .whereRef('before.thread', '=', 'asked.thread');
