// Claims: who does a piece of work at the moment. A claim is taken, renewed and given back by single statements,
// so of any number of processes exactly one gets it; one that died leaves a claim that runs out.
import type { Database } from './schema.js';

export interface Claim {
  /** A feed's address, an article's id. */
  subject: string;
  job: string;
}

export interface ClaimStore {
  /**
   * Takes the claim until `expiresAt` (ISO 8601) when it is free, run out at `now`, or held by an owner of whom
   * `isGone` says that it has died. False = somebody works on it.
   */
  take(
    claim: Claim,
    owner: string,
    time: { now: string; expiresAt: string },
    isGone: (owner: string) => boolean,
  ): Promise<boolean>;
  /** False = it was lost: it ran out, and another owner took it. */
  renew(claim: Claim, owner: string, expiresAt: string): Promise<boolean>;
  release(claim: Claim, owner: string): Promise<void>;
}

export function createClaimStore(db: Database): ClaimStore {
  /** Takes it if it is free, or held by `other`, or run out. */
  async function takeFrom(
    { job, subject }: Claim,
    owner: string,
    { expiresAt, now }: { now: string; expiresAt: string },
    other: string,
  ): Promise<boolean> {
    const taken = await db
      .insertInto('claims')
      .values({ subject, job, owner, expires_at: expiresAt })
      .onConflict((conflict) =>
        conflict
          .columns(['subject', 'job'])
          .doUpdateSet({ owner, expires_at: expiresAt })
          .where((e) => e.or([e('claims.expires_at', '<=', now), e('claims.owner', '=', other)])),
      )
      .returning('owner')
      .executeTakeFirst();
    return taken !== undefined;
  }

  return {
    async take(claim, owner, time, isGone) {
      if (await takeFrom(claim, owner, time, '')) {
        return true;
      }
      const holder = await db
        .selectFrom('claims')
        .select('owner')
        .where('subject', '=', claim.subject)
        .where('job', '=', claim.job)
        .executeTakeFirst();
      return holder === undefined || isGone(holder.owner)
        ? takeFrom(claim, owner, time, holder?.owner ?? '')
        : false;
    },

    async renew({ job, subject }, owner, expiresAt) {
      const renewed = await db
        .updateTable('claims')
        .set({ expires_at: expiresAt })
        .where('subject', '=', subject)
        .where('job', '=', job)
        .where('owner', '=', owner)
        .returning('owner')
        .executeTakeFirst();
      return renewed !== undefined;
    },

    async release({ job, subject }, owner) {
      await db
        .deleteFrom('claims')
        .where('subject', '=', subject)
        .where('job', '=', job)
        .where('owner', '=', owner)
        .execute();
    },
  };
}
