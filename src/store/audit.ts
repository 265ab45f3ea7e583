// The log of what was changed by hand: who, on which way in, what, when. Rows are added and grow old; none is changed but
// for one thing: whoever is forgotten stands in none of them any more.
import { randomUUID } from 'node:crypto';
import type { Database } from './schema.js';

export interface AuditEntry {
  /** ISO 8601. */
  at: string;
  /** The way in: "terminal", "slack", "discord", "web", or "start" for what a start found changed. */
  via: string;
  /** Workspace or server; '' = none. */
  tenant: string;
  /** On a platform the hash of the user, in the terminal the account; '' = nobody is named. */
  actor: string;
  /** "digest removed". */
  action: string;
  /** What it was done to; '' = nothing in particular. */
  subject: string;
  /** What it came to; '' = the action says it. */
  details: string;
}

export interface AuditQuery {
  /** From this time on, ISO 8601; absent = all. */
  since?: string | undefined;
  /** By one of these; absent = by anybody. */
  actors?: string[] | undefined;
  action?: string | undefined;
  /** The latest so many. */
  most: number;
}

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>;
  /** In the order of time. */
  list(query: AuditQuery): Promise<AuditEntry[]>;
  /** Gives their number. */
  forgetBefore(time: string): Promise<number>;
}

export function createAuditStore(db: Database): AuditStore {
  return {
    async add(entry) {
      await db
        .insertInto('audit')
        .values({ id: randomUUID(), ...entry })
        .execute();
    },

    async list({ action, actors, most, since }) {
      let query = db
        .selectFrom('audit')
        .select(['at', 'via', 'tenant', 'actor', 'action', 'subject', 'details']);
      if (since !== undefined) {
        query = query.where('at', '>=', since);
      }
      if (actors !== undefined) {
        query = query.where('actor', 'in', actors);
      }
      if (action !== undefined) {
        query = query.where('action', '=', action);
      }
      return (await query.orderBy('at', 'desc').orderBy('id').limit(most).execute()).toReversed();
    },

    async forgetBefore(time) {
      const [gone] = await db.deleteFrom('audit').where('at', '<', time).execute();
      return Number(gone?.numDeletedRows ?? 0);
    },
  };
}
