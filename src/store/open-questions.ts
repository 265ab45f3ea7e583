// Questions that are being answered: who holds them and how long, what was posted, how they ended. Every write names
// owner and epoch; one that comes from a former owner changes nothing.
import { fromRow, type Hold, type Lease, type PendingQuestion } from './asked-row.js';
import type { Database } from './schema.js';
import type { AskedRow } from './schema-conversations.js';
import { notBeingTaken } from './sql/dialects.js';
import { inTransaction } from './sql/transactions.js';
import { earlierQuestions } from './threads.js';
import { wakeOthers } from './wakes.js';

/** What is kept of an answer; what a citation or a passage holds is the caller's. */
export interface KeptAnswer {
  text: string;
  verdict: string | undefined;
  citations: unknown[];
  passages: unknown[];
  generator: string;
}

type Ending = Exclude<AskedRow['state'], 'pending' | 'removing'>;

export interface OpenQuestionStore {
  /** Whether it is still ours. */
  holds(id: string, hold: Hold): Promise<boolean>;
  /** `gone` = its message was deleted; `lost` gives what the present owner knows to be posted. */
  record(
    id: string,
    hold: Hold,
    posted: string[],
  ): Promise<{ kind: 'ours' | 'gone' } | { kind: 'lost'; posted: string[] }>;
  /** Ends it, with the answer where there is one. False = it is not ours any more. */
  settle(id: string, hold: Hold, ending: Ending, at: string, answer?: KeptAnswer): Promise<boolean>;
  /** Gives it back: nobody takes it up before `until`. */
  postpone(id: string, hold: Hold, until: string): Promise<void>;
  /** Holds all that the owner has on; gives them, with whether they are to be stopped. */
  renew(lease: Lease): Promise<{ id: string; epoch: number; isToStop: boolean }[]>;
  /** Takes over up to `limit` questions of these platforms whose owner died or let them run out, the oldest first. */
  takeOver(
    lease: Lease,
    platforms: string[],
    limit: number,
    isGone: (owner: string) => boolean,
  ): Promise<PendingQuestion[]>;
}

const OPEN: AskedRow['state'][] = ['pending', 'removing'];
/** A question given back has no owner until its time has come. */
const NOBODY = '';

export function createOpenQuestionStore(db: Database): OpenQuestionStore {
  return {
    async holds(id, { epoch, owner }) {
      const row = await db
        .selectFrom('asked')
        .select('id')
        .where((e) => e.and({ id, owner, epoch }))
        .executeTakeFirst();
      return row !== undefined;
    },

    async record(id, { epoch, owner }, posted) {
      const row = await db
        .updateTable('asked')
        .set({ posted: JSON.stringify(posted) })
        .where((e) => e.and({ id, owner, epoch }))
        .returning('state')
        .executeTakeFirst();
      if (row) {
        return { kind: 'ours' };
      }
      const present = await db
        .selectFrom('asked')
        .select(['posted', 'state'])
        .where('id', '=', id)
        .executeTakeFirst();
      return !present || present.state === 'removing' || present.state === 'removed'
        ? { kind: 'gone' }
        : { kind: 'lost', posted: JSON.parse(present.posted) as string[] };
    },

    settle: (id, { epoch, owner }, ending, at, answer) =>
      inTransaction(db, async (transaction) => {
        const row = await transaction
          .updateTable('asked')
          .set({ state: ending, settled_at: at, asker: null, owner: NOBODY })
          .where((e) => e.and({ id, owner, epoch }))
          .where('state', 'in', OPEN)
          .returning('id')
          .executeTakeFirst();
        if (row && answer) {
          const { citations, passages, verdict, ...rest } = answer;
          const values = {
            ...rest,
            verdict: verdict ?? null,
            citations: JSON.stringify(citations),
            passages: JSON.stringify(passages),
          };
          await transaction
            .insertInto('answers')
            .values({ question_id: id, ...values })
            .execute();
        }
        return row !== undefined;
      }),

    async postpone(id, { epoch, owner }, until) {
      await db
        .updateTable('asked')
        .set({ owner: NOBODY, lease_until: until })
        .where((e) => e.and({ id, owner, epoch }))
        .execute();
      await wakeOthers(db, 'questions');
    },

    async renew({ owner, until }) {
      const rows = await db
        .updateTable('asked')
        .set({ lease_until: until })
        .where('owner', '=', owner)
        .where('state', 'in', OPEN)
        .returning(['id', 'epoch', 'is_to_stop'])
        .execute();
      return rows.map(({ epoch, id, is_to_stop }) => ({ id, epoch, isToStop: is_to_stop === 1 }));
    },

    takeOver: async ({ now, owner, until }, platforms, limit, isGone) => {
      if (platforms.length === 0) {
        return [];
      }
      return inTransaction(db, async (transaction) => {
        const owners = await transaction
          .selectFrom('asked')
          .select('owner')
          .distinct()
          .where('state', 'in', OPEN)
          .where('owner', 'not in', [owner, NOBODY])
          .execute();
        const gone = owners.map((row) => row.owner).filter(isGone);
        const rows = await transaction
          .with('free', (query) =>
            query
              .selectFrom('asked')
              .select('id')
              .where('state', 'in', OPEN)
              .where('platform', 'in', platforms)
              .where((or) =>
                or.or([or('lease_until', '<=', now), ...(gone.length > 0 ? [or('owner', 'in', gone)] : [])]),
              )
              .orderBy('asked_at')
              .orderBy('id')
              .limit(limit)
              .$call(notBeingTaken(db)),
          )
          .updateTable('asked')
          .set((e) => ({
            ...{ owner, lease_until: until, is_waiting: 0 },
            ...{ epoch: e('epoch', '+', 1), tries: e('tries', '+', 1) },
          }))
          .where('id', 'in', (e) => e.selectFrom('free').select('id'))
          .returningAll()
          .execute();
        const found = [];
        // A transaction is one connection, which takes one statement at a time.
        for (const row of rows) {
          found.push(fromRow(row, await earlierQuestions(transaction, row)));
        }
        return found.sort((a, b) => a.askedAt.localeCompare(b.askedAt) || a.id.localeCompare(b.id));
      });
    },
  };
}
