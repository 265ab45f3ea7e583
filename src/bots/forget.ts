// Forgets a person wherever they were heard. Only hashes are kept of them, and each workspace or server has its own, so
// the hash is made anew for each.
import type { HashId } from './id-hash.js';
import type { BotStore } from './store-port.js';

/** Gives the number of questions; `platform` absent = on all. */
export async function forgetPerson(
  store: Pick<BotStore, 'tenants' | 'forgetUser'>,
  hashId: HashId,
  user: string,
  platform?: string,
): Promise<number> {
  let count = 0;
  for (const place of await store.tenants()) {
    if (platform === undefined || place.platform === platform) {
      count += await store.forgetUser(hashId(place.platform, place.tenant, user));
    }
  }
  return count;
}

export function forgottenLine(count: number): string {
  const what =
    count === 0
      ? 'I kept nothing of you.'
      : `Forgotten: ${count === 1 ? '1 question' : `${count} questions`} with answers and feedback.`;
  return `${what} What stands in this chat is yours to delete; with a question its answer goes, too.`;
}
