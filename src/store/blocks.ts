// What was taken down and must not be fetched again, until somebody allows it.
import type { Database } from './schema.js';

export interface Block {
  kind: 'url' | 'domain';
  /** A canonical address, or a host name without "www." that stands for its subdomains, too. */
  value: string;
  blockedAt: string;
  /** How many articles went with it. */
  articles: number;
}

export interface BlockStore {
  /** As they were asked for. */
  list(): Promise<Block[]>;
  /** Whether the address, canonical, or a domain above its host is blocked. */
  isBlocked(canonicalUrl: string): Promise<boolean>;
  /** Lifts a block, with the other addresses of the same page; false = there was none. */
  lift(kind: Block['kind'], value: string): Promise<boolean>;
}

export function createBlockStore(db: Database): BlockStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('blocks')
        .selectAll()
        .where('target', 'is', null)
        .orderBy('blocked_at')
        .orderBy('value')
        .execute();
      return rows.map(({ articles, blocked_at, kind, value }) => ({
        kind,
        value,
        blockedAt: blocked_at,
        articles,
      }));
    },

    isBlocked: (canonicalUrl) => isBlocked(db, canonicalUrl),

    async lift(kind, value) {
      const row = await db
        .selectFrom('blocks')
        .select('target')
        .where('kind', '=', kind)
        .where('value', '=', value)
        .executeTakeFirst();
      const asked = row?.target ?? value;
      const [result] = await db
        .deleteFrom('blocks')
        .where('kind', '=', kind)
        .where((e) => e.or([e('value', '=', asked), e('target', '=', asked)]))
        .execute();
      return Number(result?.numDeletedRows ?? 0) > 0;
    },
  };
}

/** As BlockStore.isBlocked, inside a transaction, too. */
export async function isBlocked(db: Database, canonicalUrl: string): Promise<boolean> {
  const row = await db
    .selectFrom('blocks')
    .select('value')
    .where((e) =>
      e.or([
        e.and([e('kind', '=', 'url'), e('value', '=', canonicalUrl)]),
        e.and([e('kind', '=', 'domain'), e('value', 'in', domainsOf(canonicalUrl))]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The host of an address and every domain above it: "a.example.org" gives itself, "example.org" and "org". */
export function domainsOf(url: string): string[] {
  const labels = new URL(url).hostname.split('.');
  return labels.map((_, i) => labels.slice(i).join('.'));
}
