// Whose turn it is to ask a host: a row for each, so that all processes together ask it one thing at a time and leave the
// gaps that one process would. A turn is taken by a single statement that compares the times; a process that died with
// one leaves it to run out.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain.js';
import type { Database, HostRow } from './schema.js';

/** `term` = it is our turn under that name; else how long to wait before asking again. */
export type HostTurn = { term: string } | { waitMs: number; isPaused: boolean };

export interface HostManners {
  /** Milliseconds until the next request, and until the next for a file of the same page. */
  gapMs: number;
  partGapMs: number;
  /** The gap that the site's robots.txt asks for, where this process has read it; 0 = it asks for none. */
  askedGapMs?: number | undefined;
  /** The host wants to be left alone for so long. */
  pauseMs?: number | undefined;
}

export interface HostStore {
  /** Takes the turn for `holdMs` at most. A host is scheme, name and port; a part is a file that a page is made of. */
  take(host: string, turn: { isPart: boolean; holdMs: number }): Promise<HostTurn>;
  /** Ends the turn; nothing where it has run out and is somebody else's. */
  giveBack(host: string, term: string, manners: HostManners): Promise<void>;
  /** Drops hosts that nobody has asked, or had to wait for, within a day; what robots.txt asks for is read again by then. */
  forgetOld(): Promise<void>;
}

/** No turn, gap or pause is longer: a time beyond it was written by a clock that was ahead, and is over. */
const LONGEST_MS = 24 * 3_600_000;

export function createHostStore(db: Database, clock: Clock): HostStore {
  const at = (ms: number) => new Date(clock().getTime() + ms).toISOString();

  return {
    async take(host, { holdMs, isPart }) {
      const term = randomUUID();
      const [now, farAhead] = [at(0), at(LONGEST_MS)];
      const busy = { term, next_at: at(holdMs), part_at: at(holdMs) };
      const column = isPart ? 'hosts.part_at' : 'hosts.next_at';
      const taken = await db
        .insertInto('hosts')
        .values({ host, ...busy, paused_until: '', gap_ms: 0 })
        .onConflict((conflict) =>
          conflict
            .column('host')
            .doUpdateSet(busy)
            .where((e) =>
              e.and(
                ([column, 'hosts.paused_until'] as const).map((time) =>
                  e.or([e(time, '<=', now), e(time, '>', farAhead)]),
                ),
              ),
            ),
        )
        .returning('term')
        .executeTakeFirst();
      return taken ? { term } : turnOf(await rowOf(db, host), isPart, clock().getTime());
    },

    async giveBack(host, term, { askedGapMs, gapMs, pauseMs = 0, partGapMs }) {
      const row = await rowOf(db, host);
      const asked = askedGapMs ?? row?.gap_ms ?? 0;
      const pausedUntil = pauseMs > 0 ? at(pauseMs) : '';
      await db
        .updateTable('hosts')
        .set({
          ...{
            term: '',
            gap_ms: asked,
            next_at: at(Math.max(gapMs, asked)),
            part_at: at(Math.max(partGapMs, asked)),
          },
          ...(pausedUntil > (row?.paused_until ?? '') ? { paused_until: pausedUntil } : {}),
        })
        .where((e) => e.and({ host, term }))
        .execute();
    },

    async forgetOld() {
      const longAgo = at(-LONGEST_MS);
      await db
        .deleteFrom('hosts')
        .where('next_at', '<', longAgo)
        .where('part_at', '<', longAgo)
        .where('paused_until', '<', longAgo)
        .execute();
    },
  };
}

const rowOf = (db: Database, host: string) =>
  db.selectFrom('hosts').selectAll().where('host', '=', host).executeTakeFirst();

/** A row that has gone or become free meanwhile is asked for again at once. */
function turnOf(row: HostRow | undefined, isPart: boolean, now: number): HostTurn {
  const restOf = (time = '') => Math.max(0, (Date.parse(time) || 0) - now);
  const pauseMs = restOf(row?.paused_until);
  return pauseMs > 0
    ? { waitMs: pauseMs, isPaused: true }
    : { waitMs: restOf(isPart ? row?.part_at : row?.next_at), isPaused: false };
}
