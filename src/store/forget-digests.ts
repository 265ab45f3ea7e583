// What digests hold of articles that are taken down. One that is not on its way yet is composed anew without them; of one
// that was posted what it said of them goes, and which stories it told stays: they are not news to its readers.
import type { Transaction } from 'kysely';
import type { Schema } from './schema.js';
import { isLike } from './sql/dialects.js';

/** What is read of a kept digest; markers like [1] in its texts name its citations. */
interface KeptDigest {
  items: { text: string; withoutResult?: string | undefined }[];
  fixtures: { text: string }[];
  citations: { n: number; url: string }[];
}

/** Ends a digest that nobody is sending yet; whoever took it to do so loses it. */
const WITHDRAWN = { owner: '', take_at: null };

/** `sieve` = a pattern that finds all that may name a gone address, and more. */
export async function forgetInDigests(
  transaction: Transaction<Schema>,
  sieve: string,
  isGone: (url: string) => boolean,
  at: string,
): Promise<void> {
  const compositions = await transaction
    .selectFrom('compositions')
    .select(['key', 'digest'])
    .where(isLike(transaction, 'digest', sieve))
    .execute();
  for (const { digest, key } of compositions) {
    const kept = JSON.parse(digest ?? '') as KeptDigest;
    const gone = kept.citations.filter(({ url }) => isGone(url)).map(({ n }) => n);
    if (gone.length > 0) {
      const isOpen = await composeAnew(transaction, key);
      const rest = isOpen ? null : JSON.stringify(without(kept, gone));
      await transaction.updateTable('compositions').set({ digest: rest }).where('key', '=', key).execute();
    }
  }
  await withdraw(transaction, sieve, isGone, at);
}

/** Daily digests that are open go back to the start; false = none is open. */
async function composeAnew(transaction: Transaction<Schema>, key: string): Promise<boolean> {
  const rows = await transaction
    .updateTable('digests')
    .set((e) => ({ ...WITHDRAWN, state: 'composing' as const, epoch: e('epoch', '+', 1) }))
    .where('composition', '=', key)
    .where('state', 'in', ['composing', 'ready'])
    .where('subscription_id', 'in', (e) => e.selectFrom('subscriptions').select('id'))
    .returning(['subscription_id', 'local_date'])
    .execute();
  for (const row of rows) {
    await transaction
      .deleteFrom('outbox')
      .where((e) => e.and(row))
      .execute();
  }
  return rows.length > 0;
}

/** What else waits in the outbox, a breaking story or news for a question, is not posted. */
async function withdraw(
  transaction: Transaction<Schema>,
  sieve: string,
  isGone: (url: string) => boolean,
  at: string,
): Promise<void> {
  const rows = await transaction
    .selectFrom('outbox')
    .selectAll()
    .where(isLike(transaction, 'payload', sieve))
    .execute();
  for (const { payload, ...key } of rows.filter((row) => addressesIn(row.payload).some(isGone))) {
    const { numUpdatedRows } = await transaction
      .updateTable('digests')
      .set((e) => ({
        ...WITHDRAWN,
        ...{ state: 'missed' as const, reason: 'taken down', settled_at: at, epoch: e('epoch', '+', 1) },
      }))
      .where((e) => e.and(key))
      .where('state', '=', 'ready')
      .executeTakeFirst();
    if (numUpdatedRows > 0n) {
      await transaction
        .deleteFrom('outbox')
        .where((e) => e.and(key))
        .execute();
    }
  }
}

function without({ citations, fixtures, items, ...rest }: KeptDigest, gone: number[]): KeptDigest {
  const isOf = ({ text }: { text: string }) => gone.some((n) => text.includes(`[${n}]`));
  return {
    ...rest,
    items: items.map((item) => (isOf(item) ? { ...item, text: '', withoutResult: undefined } : item)),
    fixtures: fixtures.filter((fixture) => !isOf(fixture)),
    citations: citations.filter(({ n }) => !gone.includes(n)),
  };
}

/** In any platform's markup. */
const addressesIn = (payload: string): string[] =>
  (payload.match(/https?:\/\/[^\s"'<>|)\\\]]+/g) ?? []).map((url) => url.replaceAll('&amp;', '&'));
