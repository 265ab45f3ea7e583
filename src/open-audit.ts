// The log of what is changed by hand. People of the platforms stand in it by the hash of their id, as everywhere; whoever
// works in the terminal by their account on this machine, since they own it. It tells of channels, feeds, takedowns, and
// of settings that decide who is answered and what is let through, which change between two starts.
import { userInfo } from 'node:os';
import type { RecordChange } from './bots/changes.js';
import { createIdHash, type HashId } from './bots/id-hash.js';
import type { Settings } from './config.js';
import type { Clock } from './domain.js';
import { once } from './once.js';
import type { AuditDesk } from './ops/audit-desk.js';
import { secretOf } from './own-secret.js';
import type { Store } from './store/open-store.js';

export interface Audit extends AuditDesk {
  /** By somebody on a platform. */
  record: RecordChange;
  /** By whoever works in the terminal. */
  recordHere(change: { action: string; subject: string; details?: string | undefined }): Promise<void>;
  /** What the settings of this start say of access and moderation, where the last start had others. */
  recordSettings(): Promise<void>;
  /** Entries older than the settings keep go. */
  forgetOld(): Promise<void>;
}

export interface AuditDeps {
  store: Pick<Store, 'audit' | 'conversations' | 'sharedSecret'>;
  /** The real time. */
  clock: Clock;
}

const DAY_MS = 86_400_000;
const SETTINGS = 'settings';

export function createAudit({ clock, store }: AuditDeps, settings: Settings): Audit {
  /** The secret is made when it is first needed. */
  const hash = once(async (): Promise<HashId> => createIdHash(await secretOf(settings, store)));
  const here = (via: string) => ({ at: clock().toISOString(), via, tenant: '', actor: account() });

  return {
    async record({ action, details, platform, subject, tenant, user }) {
      const actor = user === '' ? '' : (await hash())(platform, tenant, user);
      const at = clock().toISOString();
      await store.audit.add({ at, via: platform, tenant, actor, action, subject, details });
    },

    recordHere: ({ details = '', ...change }) => store.audit.add({ ...here('terminal'), ...change, details }),

    async recordSettings() {
      const details = settingsLine(settings, await hash());
      const [last] = await store.audit.list({ action: SETTINGS, most: 1 });
      if (last?.details !== details) {
        await store.audit.add({ ...here('start'), action: SETTINGS, subject: '', details });
      }
    },

    async forgetOld() {
      const { keepDays } = settings.audit;
      await store.audit.forgetBefore(new Date(clock().getTime() - keepDays * DAY_MS).toISOString());
    },

    async list({ most, since, user }) {
      return store.audit.list({ most, since, actors: user === undefined ? undefined : await keysOf(user) });
    },
  };

  /** Each workspace or server has its own hash of one person; in the terminal they have a name. */
  async function keysOf(user: string): Promise<string[]> {
    const [hashId, tenants] = await Promise.all([hash(), store.conversations.tenants()]);
    return [user, ...tenants.map(({ platform, tenant }) => hashId(platform, tenant, user))];
  }
}

/** Lists of people by how many they are, and by a hash that shows a change. */
function settingsLine({ bots, moderation, scope }: Settings, hashId: HashId): string {
  const people = (ids: string[]) =>
    ids.length === 0 ? 'none' : `${ids.length} (${hashId('list', ...ids.toSorted()).slice(0, 8)})`;
  const channels = (ids: string[]) => ids.join(' ') || 'none';
  const said: [string, string | boolean][] = [
    ['scope', scope],
    ['rules', moderation.rules],
    ['swearing', moderation.swearing],
    ['guard model', `${moderation.guard.use} ${moderation.guard.model}`.trim()],
    ['channels allowed', channels(bots.channels.allow)],
    ['channels denied', channels(bots.channels.deny)],
    ['users allowed', people(bots.users.allow)],
    ['users denied', people(bots.users.deny)],
  ];
  return said.map(([name, value]) => `${name}: ${value}`).join(', ');
}

function account(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under an id that has no name.
    return `uid ${process.getuid?.() ?? ''}`.trim();
  }
}
