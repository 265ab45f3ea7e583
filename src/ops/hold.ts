// Work that one process at a time may do: a claim in the store is taken, renewed while the work goes on, and given
// back. A process that is killed leaves its claim; another one on the same machine sees that it died, one elsewhere
// waits until the claim runs out. A claim that was lost (a machine that slept) ends the work, and each hold has a name
// of its own, so that what is written under it can be refused to whoever has lost it, even to the same process later.
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { hostname } from 'node:os';
import type { Clock } from '../domain.js';
import { BotError, isBotError } from '../errors.js';

interface Claim {
  /** A feed's address, an article's id. */
  subject: string;
  job: string;
}

export interface HoldDeps {
  claims: {
    take(
      claim: Claim,
      owner: string,
      time: { now: string; expiresAt: string },
      isGone: (owner: string) => boolean,
    ): Promise<boolean>;
    renew(claim: Claim, owner: string, expiresAt: string): Promise<boolean>;
    release(claim: Claim, owner: string): Promise<void>;
  };
  owner: string;
  /** The store's time: claims are about processes, not about news. */
  clock: Clock;
  /** Runs something again and again; gives what ends it. */
  every: (milliseconds: number, run: () => void) => () => void;
}

/**
 * Runs `work` while holding the claim; undefined = another process holds it, and nothing was done, or took it over,
 * and the work was ended.
 */
export type Hold = <Result>(
  claim: Claim,
  signal: AbortSignal,
  work: (signal: AbortSignal, held: Held) => Promise<Result>,
) => Promise<{ result: Result } | undefined>;

/** Names the claim for what is written under it. */
export interface Held extends Claim {
  owner: string;
}

const LEASE_MS = 30_000;
const RENEW_MS = 10_000;

export function createHold({ claims, clock, every, owner }: HoldDeps): Hold {
  const end = () => new Date(clock().getTime() + LEASE_MS).toISOString();
  let holds = 0;

  return async (claim, signal, work) => {
    signal.throwIfAborted();
    holds += 1;
    const held: Held = { ...claim, owner: `${owner} ${holds}` };
    let endsAt = end();
    const time = { now: clock().toISOString(), expiresAt: endsAt };
    if (!(await claims.take(claim, held.owner, time, (other) => isGoneOwner(other, owner)))) {
      return undefined;
    }
    const own = new AbortController();
    setMaxListeners(0, own.signal);
    const stop = () => own.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const lose = () =>
      own.abort(
        new BotError('claim_lost', `${claim.job} of ${claim.subject} was taken over by another process`),
      );
    async function renew(): Promise<void> {
      const until = end();
      try {
        if (await claims.renew(claim, held.owner, until)) {
          endsAt = until;
          return;
        }
      } catch {
        // A store that is away for a moment takes nothing from us.
        if (clock().toISOString() < endsAt) {
          return;
        }
      }
      lose();
    }
    const endRenewing = every(RENEW_MS, () => void renew());
    try {
      return { result: await work(own.signal, held) };
    } catch (error) {
      const isLost = [error, own.signal.reason].some((reason) => isBotError(reason, 'claim_lost'));
      if (isLost && !signal.aborted) {
        return undefined;
      }
      throw error;
    } finally {
      endRenewing();
      signal.removeEventListener('abort', stop);
      // Where the store is away, it runs out.
      await claims.release(claim, held.owner).catch(() => {});
    }
  };
}

/** "machine pid random": a name that no other process has, nor this one after a restart. A hold's has its number behind it. */
export function ownerName(): string {
  return `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
}

/** Whether the owner was a process of this machine that has ended; of other machines nobody here can tell. */
export function isGoneOwner(other: string, self: string): boolean {
  const [host, pid, name] = other.split(' ');
  if (host !== hostname() || !pid) {
    return false;
  }
  // Our own number under another name: the process that had it before us, as in a container that restarts.
  return Number(pid) === process.pid ? name !== self.split(' ')[2] : !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
