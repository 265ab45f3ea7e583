// What is kept of a person, taken away: questions with their answers, feedback, what waits for news, the digest of their direct messages, and whose the
// deliveries and the changes by hand were. That something was delivered stays, under nobody's name: else a late redelivery would be answered
// anew, and whoever forgets would have the whole channel's budget back.
import type { Transaction } from 'kysely';
import { erasing } from './erasing.js';
import { forgetOwnDigests } from './forget-subscriptions.js';
import type { Database, Schema } from './schema.js';
import { inTurn } from './sql/transactions.js';

export interface Forgotten {
  questions: number;
  /** Feedback, questions that waited for news, the digest of their direct messages, and changes by hand that named them. */
  others: number;
}

export interface ForgetStore {
  /** Every platform and tenant that somebody was heard on. */
  tenants(): Promise<{ platform: string; tenant: string }[]>;
  /** By all keys of one person. What is being answered at the moment ends without a word. */
  forgetUser(userKeys: string[]): Promise<Forgotten>;
}

export function createForgetStore(db: Database): ForgetStore {
  return {
    tenants: () =>
      db
        .selectFrom('deliveries')
        .select(['platform', 'tenant'])
        .union(db.selectFrom('watches').select(['platform', 'tenant']))
        .union(
          db.selectFrom('subscriptions').select(['platform', 'tenant']).where('owner_key', 'is not', null),
        )
        .union(db.selectFrom('audit').select(['via as platform', 'tenant']).where('actor', '!=', ''))
        .execute(),

    forgetUser: (userKeys) =>
      erasing(db, () =>
        inTurn(db, 'questions', async (transaction) => {
          const watches = await forgetWatches(transaction, userKeys);
          const digests = await forgetOwnDigests(transaction, userKeys);
          const [feedback] = await transaction
            .deleteFrom('feedback')
            .where('user_key', 'in', userKeys)
            .execute();
          await transaction
            .updateTable('deliveries')
            .set({ user_key: '' })
            .where('user_key', 'in', userKeys)
            .execute();
          // What was changed by hand stays told, by nobody.
          const [changes] = await transaction
            .updateTable('audit')
            .set({ actor: '' })
            .where('actor', 'in', userKeys)
            .execute();
          await transaction
            .deleteFrom('web_posts')
            .where((e) => {
              const own = e.selectFrom('asked').where('user_key', 'in', userKeys);
              // News name the question that waited for them.
              const news = e.and([e('question_id', '=', ''), e('thread', 'in', own.select('thread'))]);
              return e.or([e('question_id', 'in', own.select('id')), news]);
            })
            .execute();
          const [asked] = await transaction.deleteFrom('asked').where('user_key', 'in', userKeys).execute();
          return {
            questions: Number(asked?.numDeletedRows ?? 0),
            others:
              watches +
              digests +
              Number(feedback?.numDeletedRows ?? 0) +
              Number(changes?.numUpdatedRows ?? 0),
          };
        }),
      ),
  };
}

/** Those of the person, and those of others that hold a question of theirs; with what is not sent yet. */
async function forgetWatches(transaction: Transaction<Schema>, userKeys: string[]): Promise<number> {
  const gone = await transaction
    .deleteFrom('watches')
    .where((e) =>
      e.or([
        e('user_key', 'in', userKeys),
        e.exists(
          e
            .selectFrom('asked')
            .select('asked.id')
            .where('asked.user_key', 'in', userKeys)
            .whereRef('asked.platform', '=', 'watches.platform')
            .whereRef('asked.tenant', '=', 'watches.tenant')
            .whereRef('asked.channel', '=', 'watches.channel')
            .whereRef('asked.thread', '=', 'watches.thread'),
        ),
      ]),
    )
    .returning('id')
    .execute();
  const ids = gone.map(({ id }) => id);
  if (ids.length > 0) {
    await transaction.deleteFrom('outbox').where('subscription_id', 'in', ids).execute();
    await transaction.deleteFrom('digests').where('subscription_id', 'in', ids).execute();
  }
  return ids.length;
}
