// The digest that somebody has in direct messages with the bot is theirs alone, and goes with them; those of channels stay,
// whoever ordered them. Whose a direct conversation is, its owner tells; where a version without owners wrote it, or the
// terminal, what was delivered and asked in it.
import type { Transaction } from 'kysely';
import type { Schema } from './schema.js';

/** How many there were. To be called while deliveries still say whose they were. */
export async function forgetOwnDigests(
  transaction: Transaction<Schema>,
  userKeys: string[],
): Promise<number> {
  const gone = await transaction
    .deleteFrom('subscriptions')
    // As src/bots/access.ts knows direct messages: Discord's have no server, Slack's are channels that begin with D.
    .where((e) =>
      e.or([e('tenant', '=', 'direct'), e.and([e('platform', '=', 'slack'), e('channel', 'like', 'D%')])]),
    )
    .where((e) =>
      e.or([
        e('owner_key', 'in', userKeys),
        ...(['deliveries', 'asked'] as const).map((table) =>
          e.exists(
            e
              .selectFrom(table)
              .select(`${table}.id`)
              .where(`${table}.user_key`, 'in', userKeys)
              .whereRef(`${table}.platform`, '=', 'subscriptions.platform')
              .whereRef(`${table}.channel`, '=', 'subscriptions.channel'),
          ),
        ),
      ]),
    )
    .returning('id')
    .execute();
  const ids = gone.map(({ id }) => id);
  if (ids.length > 0) {
    const news = await transaction
      .selectFrom('breaking')
      .select('post')
      .where('subscription_id', 'in', ids)
      .execute();
    const posts = [...ids, ...news.map(({ post }) => post)];
    await transaction.deleteFrom('outbox').where('subscription_id', 'in', posts).execute();
    await transaction.deleteFrom('digests').where('subscription_id', 'in', posts).execute();
  }
  return ids.length;
}
