// What was delivered by a platform: taken up once, whatever the number of sockets, processes and retries, and counted
// for what a user, a channel, a workspace and everybody may ask in a stretch of time.
import type { Transaction } from 'kysely';
import type { Database, Schema } from './schema.js';

export interface Budget {
  scope: 'user' | 'channel' | 'tenant' | 'all';
  /** Questions allowed from `since` (ISO 8601) on. */
  most: number;
  since: string;
}

export interface Delivery {
  /** A hash: the same = the same asking. */
  delivery: string;
  userKey: string;
  platform: string;
  tenant: string;
  channel: string;
}

/** The first budget that is spent, with the time of the question that has to leave it first. */
export interface Spent {
  kind: 'spent';
  budget: Budget;
  oldest: string;
}

type Keys = Pick<Schema['deliveries'], 'platform' | 'tenant' | 'channel' | 'user_key'>;

/** What is counted together under each scope. */
const KEYS: Record<Budget['scope'], (keyof Keys)[]> = {
  user: ['user_key'],
  channel: ['platform', 'tenant', 'channel'],
  tenant: ['platform', 'tenant'],
  all: [],
};

/** Undefined = taken up now, for the first time. */
export async function deliver(
  transaction: Transaction<Schema>,
  delivery: Delivery,
  now: string,
  budgets: Budget[],
): Promise<Spent | { kind: 'known' } | undefined> {
  const known = await transaction
    .selectFrom('deliveries')
    .select('id')
    .where('id', '=', delivery.delivery)
    .executeTakeFirst();
  if (known) {
    return { kind: 'known' };
  }
  const { channel, platform, tenant, userKey } = delivery;
  const spent = await spentBudget(transaction, budgets, { platform, tenant, channel, user_key: userKey });
  // A refusal is told once, and does not prolong itself.
  const isNew = await putDelivery(transaction, delivery, now, spent === undefined);
  return isNew ? spent : { kind: 'known' };
}

/** Whether it was not there yet. */
export async function putDelivery(
  db: Database | Transaction<Schema>,
  { channel, delivery, platform, tenant, userKey }: Delivery,
  at: string,
  counts: boolean,
): Promise<boolean> {
  const place = { platform, tenant, channel };
  const row = await db
    .insertInto('deliveries')
    .values({ id: delivery, user_key: userKey, ...place, taken_at: at, counts: counts ? 1 : 0 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

async function spentBudget(
  transaction: Transaction<Schema>,
  budgets: Budget[],
  keys: Keys,
): Promise<Spent | undefined> {
  for (const budget of budgets) {
    const own = Object.fromEntries(KEYS[budget.scope].map((key) => [key, keys[key]]));
    const row = await transaction
      .selectFrom('deliveries')
      .select('taken_at')
      .where((e) => e.and({ ...own, counts: 1 }))
      .where('taken_at', '>', budget.since)
      .orderBy('taken_at', 'desc')
      .offset(budget.most - 1)
      .limit(1)
      .executeTakeFirst();
    if (row) {
      return { kind: 'spent', budget, oldest: row.taken_at };
    }
  }
  return undefined;
}
