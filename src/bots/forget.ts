// Forgets a person wherever they were heard. Only hashes are kept of them, and each workspace or server has its own, so
// the hash is made anew for each.
import type { HashId } from './id-hash.js';
import type { BotStore } from './store-port.js';

type Forgotten = Awaited<ReturnType<BotStore['forgetUser']>>;

/** `platform` absent = on all. */
export async function forgetPerson(
  store: Pick<BotStore, 'tenants' | 'forgetUser'>,
  hashId: HashId,
  user: string,
  platform?: string,
): Promise<Forgotten> {
  const places = (await store.tenants()).filter((one) => platform === undefined || one.platform === platform);
  return store.forgetUser(places.map((one) => hashId(one.platform, one.tenant, user)));
}

export function forgottenLine({ others, questions }: Forgotten): string {
  const what =
    questions === 0 && others === 0
      ? 'I kept nothing of you.'
      : `Forgotten: ${questions === 1 ? '1 question' : `${questions} questions`} with answers and feedback.`;
  return `${what} What stands in this chat is yours to delete; with a question its answer goes, too.`;
}
