// Questions asked on platforms. Each delivery is taken up once; a question belongs to one owner under one epoch, and
// every write names both, so that a process which was cut off can neither finish nor post what another one has on.
import { fromRow, type Hold, type Lease, type PendingQuestion, type Place, placeOf } from './asked-row.js';
import { type Budget, type Delivery, deliver, putDelivery, type Spent } from './deliveries.js';
import type { Database } from './schema.js';
import { inTurn } from './sql/transactions.js';
import { earlierQuestions } from './threads.js';
import { wakeOthers } from './wakes.js';

export interface NewQuestion extends Place {
  id: string;
  delivery: string;
  message: string;
  way: string;
  user: string;
  userKey: string;
  text: string;
}

export type Claimed =
  | { kind: 'ours'; id: string; epoch: number }
  | { kind: 'known' }
  | { kind: 'unknown' }
  | Spent;

export interface AskedStore {
  /** Takes up a question once, within all budgets. */
  claim(question: NewQuestion, lease: Lease, budgets: Budget[]): Promise<Claimed>;
  /** Takes up something that is no question, once; true = now. It spends no budget. */
  once(delivery: Delivery, at: string): Promise<boolean>;
  /** Takes up a question again with another text, whoever answers it at the moment. */
  reopen(question: Omit<NewQuestion, 'id'>, lease: Lease, budgets: Budget[]): Promise<Claimed>;
  /** Takes up the removal of an answer; undefined = no question is known by this message. */
  remove(
    message: Omit<Place, 'thread'> & { message: string; userKey?: string | undefined },
    lease: Lease,
  ): Promise<PendingQuestion | undefined>;
  /** What was asked and where; undefined = it is not kept any more. */
  questionOf(id: string): Promise<(Place & { text: string; earlier: string[]; askedAt: string }) | undefined>;
  /** Undefined = it is not ours any more. */
  load(id: string, hold: Hold): Promise<PendingQuestion | undefined>;
}

/** What a question has from whoever takes it up, whatever came before. */
const taken = (lease: Lease) => ({
  ...{ owner: lease.owner, lease_until: lease.until },
  ...{ is_to_stop: 0, is_waiting: 0 },
});

export function createAskedStore(db: Database): AskedStore {
  return {
    claim: (question, lease, budgets) =>
      inTurn(db, 'questions', async (transaction) => {
        const refusal = await deliver(transaction, question, lease.now, budgets);
        if (refusal) {
          return refusal;
        }
        const { id, message, text, user, userKey, way } = question;
        const place = placeOf(question);
        const twin = await transaction
          .selectFrom('asked')
          .select('id')
          .where((e) => e.and({ ...place, text, state: 'pending' as const }))
          .executeTakeFirst();
        const row = twin
          ? undefined
          : await transaction
              .insertInto('asked')
              .values({
                ...{ id, ...place, message, way, user_key: userKey, asker: user, text },
                ...{ asked_at: lease.now, state: 'pending', epoch: 1, tries: 0, posted: '[]' },
                ...taken(lease),
              })
              .onConflict((conflict) => conflict.doNothing())
              .returning('id')
              .executeTakeFirst();
        return row ? { kind: 'ours', id, epoch: 1 } : { kind: 'known' };
      }),

    async questionOf(id) {
      const row = await db.selectFrom('asked').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) {
        return undefined;
      }
      const { asked_at: askedAt, text } = row;
      return { ...placeOf(row), text, askedAt, earlier: await earlierQuestions(db, row) };
    },

    once: (delivery, at) => putDelivery(db, delivery, at, false),

    reopen: (question, lease, budgets) =>
      inTurn(db, 'questions', async (transaction) => {
        const { channel, message, platform, tenant, text, user, userKey } = question;
        const known = await transaction
          .selectFrom('asked')
          .select(['id', 'text', 'thread', 'user_key', 'state'])
          .where((e) => e.and({ platform, tenant, channel, message }))
          .executeTakeFirst();
        if (!known || known.user_key !== userKey) {
          return { kind: 'unknown' };
        }
        if (known.text === text || known.state === 'removing' || known.state === 'removed') {
          return { kind: 'known' };
        }
        const refusal = await deliver(transaction, question, lease.now, budgets);
        if (refusal) {
          return refusal;
        }
        const row = await transaction
          .updateTable('asked')
          .set((e) => ({
            text,
            asker: user,
            state: 'pending',
            tries: 0,
            epoch: e('epoch', '+', 1),
            ...taken(lease),
          }))
          .where('id', '=', known.id)
          .returning('epoch')
          .executeTakeFirstOrThrow();
        // What was said of the former answer is not about the new one, and nobody waits for what is not asked any more.
        await endWaiting(transaction, { platform, tenant, channel, text: known.text, thread: known.thread });
        await transaction.deleteFrom('answers').where('question_id', '=', known.id).execute();
        await transaction.deleteFrom('feedback').where('question_id', '=', known.id).execute();
        // Whoever answers the former words is to hear of it.
        await wakeOthers(transaction, 'questions');
        return { kind: 'ours', id: known.id, epoch: row.epoch };
      }),

    remove: ({ channel, message, platform, tenant, userKey }, lease) =>
      inTurn(db, 'questions', async (transaction) => {
        const place = { platform, tenant, channel };
        const asked = { ...place, message, ...(userKey === undefined ? {} : { user_key: userKey }) };
        const known = await transaction
          .selectFrom('asked')
          .select(['text', 'thread'])
          .where((e) => e.and(asked))
          .executeTakeFirst();
        await endWaiting(transaction, { ...place, ...known });
        const row = await transaction
          .updateTable('asked')
          .set((e) => ({ text: '', state: 'removing', tries: 0, epoch: e('epoch', '+', 1), ...taken(lease) }))
          .where((e) => e.and(asked))
          .where('state', 'not in', ['removing', 'removed'])
          .returningAll()
          .executeTakeFirst();
        if (row) {
          await transaction.deleteFrom('answers').where('question_id', '=', row.id).execute();
          await transaction.deleteFrom('feedback').where('question_id', '=', row.id).execute();
          await wakeOthers(transaction, 'questions');
        }
        return row && fromRow(row, []);
      }),

    async load(id, { epoch, owner }) {
      const row = await db
        .selectFrom('asked')
        .selectAll()
        .where((e) => e.and({ id, owner, epoch }))
        .where('state', 'in', ['pending', 'removing'])
        .executeTakeFirst();
      return row && fromRow(row, await earlierQuestions(db, row));
    },
  };
}

/** The thread waits no more for news on a question with that text; without one there is nothing to end. */
async function endWaiting(
  transaction: Database,
  { text, thread, ...place }: ChannelOf & { text?: string; thread?: string },
): Promise<void> {
  if (text !== undefined && thread !== undefined) {
    await transaction
      .deleteFrom('watches')
      .where((e) => e.and({ ...place, thread, question: text, state: 'waiting' as const }))
      .execute();
  }
}

interface ChannelOf {
  platform: string;
  tenant: string;
  channel: string;
}
