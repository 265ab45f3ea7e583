// Which replica holds which shard of Discord's gateway: a lease each, taken, renewed and given back by statements that
// compare and set. How the shards are shared out is not decided here, only that nobody holds one that another holds.
import { sql } from 'kysely';
import type { Database } from './schema.js';
import type { ShardRow } from './schema-shards.js';
import { inTransaction } from './sql/transactions.js';

/** ISO 8601, by the clock that all replicas share. */
export interface ShardLease {
  owner: string;
  now: string;
  until: string;
}

export interface Shard {
  shard: number;
  owner: string;
  epoch: number;
  leaseUntil: string;
  isOpen: boolean;
}

export interface HeldShard {
  shard: number;
  epoch: number;
  isOpen: boolean;
  /** Until then everything was heard; absent = what is known stays. */
  heardAt?: string | undefined;
}

export interface DiscordShardStore {
  /**
   * Says that the replica is there, and tells who else is and what is held. `wanted` shards are laid out where there are none,
   * or another number and no other replica.
   */
  meet(lease: ShardLease, wanted: number): Promise<{ replicas: string[]; shards: Shard[] }>;
  /** Takes a shard that has run out or that `from` has. Undefined = another replica was faster. */
  take(
    shard: number,
    lease: ShardLease,
    from: string,
  ): Promise<{ epoch: number; heardAt: string | undefined } | undefined>;
  /** False = it was lost. */
  renew(held: HeldShard, lease: ShardLease): Promise<boolean>;
  letGo(held: HeldShard, lease: Pick<ShardLease, 'owner' | 'now'>): Promise<void>;
  /** The replica takes no part any more. */
  leave(owner: string): Promise<void>;
  /** Reserves the next turn to identify in a bucket: turns are `apartMs` apart. Milliseconds since 1970, as is `now`. */
  nextIdentify(bucket: number, now: number, apartMs: number): Promise<number>;
  /** Channels of the last `limit` direct conversations in which something was asked. */
  directChannels(platform: string, tenant: string, limit: number): Promise<string[]>;
}

export function createDiscordShardStore(db: Database): DiscordShardStore {
  const all = () => db.selectFrom('discord_shards').selectAll().orderBy('shard').execute();
  const others = (owner: string) =>
    db.selectFrom('discord_replicas').select('owner').where('owner', '!=', owner).execute();

  async function layOut(wanted: number, owner: string): Promise<void> {
    await inTransaction(db, async (transaction) => {
      const replicas = await transaction.selectFrom('discord_replicas').select('owner').execute();
      const rows = await transaction.selectFrom('discord_shards').selectAll().execute();
      if (
        !mayLayOut(
          rows,
          wanted,
          replicas.some((replica) => replica.owner !== owner),
        )
      ) {
        return;
      }
      // Servers move between shards: all were heard for as long as the one that heard least.
      const [heard_at = null] = rows.flatMap((row) => row.heard_at ?? []).sort();
      const fresh = Array.from({ length: wanted }, (_, shard) => ({
        ...{ shard, owner: '', epoch: 0, lease_until: '', is_open: 0, heard_at },
      }));
      await transaction.deleteFrom('discord_shards').execute();
      await transaction.insertInto('discord_shards').values(fresh).execute();
    });
  }

  const ofOwner = ({ epoch, shard }: HeldShard, owner: string) =>
    db
      .updateTable('discord_shards')
      .where('shard', '=', shard)
      .where('owner', '=', owner)
      .where('epoch', '=', epoch);

  return {
    async meet({ now, owner, until }, wanted) {
      await db
        .insertInto('discord_replicas')
        .values({ owner, lease_until: until })
        .onConflict((conflict) => conflict.column('owner').doUpdateSet({ lease_until: until }))
        .execute();
      await db.deleteFrom('discord_replicas').where('lease_until', '<=', now).execute();
      const replicas = await others(owner);
      let rows = await all();
      if (mayLayOut(rows, wanted, replicas.length > 0)) {
        await layOut(wanted, owner);
        rows = await all();
      }
      return { replicas: [owner, ...replicas.map((replica) => replica.owner)], shards: rows.map(fromRow) };
    },

    async take(shard, { now, owner, until }, from) {
      const taken = await db
        .updateTable('discord_shards')
        .set({ owner, lease_until: until, is_open: 0, epoch: sql`epoch + 1` })
        .where('shard', '=', shard)
        .where((e) => e.or([e('lease_until', '<=', now), e('owner', '=', from)]))
        .returning(['epoch', 'heard_at'])
        .executeTakeFirst();
      return taken && { epoch: taken.epoch, heardAt: taken.heard_at ?? undefined };
    },

    async renew(held, { owner, until }) {
      const renewed = await ofOwner(held, owner)
        .set({ lease_until: until, is_open: held.isOpen ? 1 : 0, ...heard(held) })
        .returning('shard')
        .executeTakeFirst();
      return renewed !== undefined;
    },

    async letGo(held, { now, owner }) {
      await ofOwner(held, owner)
        .set({ owner: '', lease_until: now, is_open: 0, ...heard(held) })
        .execute();
    },

    async leave(owner) {
      await db.deleteFrom('discord_replicas').where('owner', '=', owner).execute();
    },

    async nextIdentify(bucket, now, apartMs) {
      const { free_at } = await db
        .insertInto('discord_identifies')
        .values({ bucket, free_at: Math.ceil(now) + apartMs })
        .onConflict((conflict) =>
          conflict.column('bucket').doUpdateSet({
            free_at: sql`case when discord_identifies.free_at > ${Math.ceil(now)}
              then discord_identifies.free_at else ${Math.ceil(now)} end + ${apartMs}`,
          }),
        )
        .returning('free_at')
        .executeTakeFirstOrThrow();
      return free_at - apartMs;
    },

    async directChannels(platform, tenant, limit) {
      const rows = await db
        .selectFrom('asked')
        .select('channel')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .groupBy('channel')
        .orderBy((e) => e.fn.max('asked_at'), 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ channel }) => channel);
    },
  };
}

/** Others may hold shards of the number that is there. */
const mayLayOut = (rows: ShardRow[], wanted: number, hasOthers: boolean) =>
  rows.length === 0 || (rows.length !== wanted && !hasOthers);

const heard = ({ heardAt }: HeldShard) => (heardAt === undefined ? {} : { heard_at: heardAt });

const fromRow = ({ epoch, is_open, lease_until, owner, shard }: ShardRow): Shard => ({
  ...{ shard, owner, epoch, leaseUntil: lease_until, isOpen: is_open === 1 },
});
