// Which server of a pool writes an answer: the one with the smallest share of its places taken (weighted least connections);
// among equals the one that the thread was at, since it holds the beginning of the thread's prompts; then the thread's
// home by rendezvous hashing (Thaler and Ravishankar 1998), which replicas that know nothing of each other agree on.
import { createHash } from 'node:crypto';

export interface Choosable {
  readonly name: string;
  /** Answers that it may write at once now; 0 = none. */
  places(): number;
  /** Answers that it writes now. */
  taken(): number;
}

export interface Wish {
  thread: string;
  /** Name of the one that wrote in this thread last; absent = nobody did. */
  last?: string | undefined;
  /** Those that failed with this question: taken only when no other has room. */
  tried: ReadonlySet<Choosable>;
}

/** Undefined = all places are taken. */
export function chooseMember<Member extends Choosable>(
  members: readonly Member[],
  { last, thread, tried }: Wish,
): Member | undefined {
  const ranked = members
    .filter((member) => member.taken() < member.places())
    .map((member) => ({
      member,
      rank: [
        tried.has(member) ? 1 : 0,
        member.taken() / member.places(),
        member.name === last ? 0 : 1,
        hashOf(thread, member.name),
      ],
    }));
  return ranked.toSorted((a, b) => compare(a.rank, b.rank))[0]?.member;
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, place) => value !== b[place]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}

function hashOf(thread: string, name: string): number {
  return createHash('sha256').update(`${thread}\0${name}`).digest().readUInt32BE();
}
