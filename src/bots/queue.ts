// Who is answered next. One question of a thread at a time, so that a follow-up knows what came before it; so many
// over all at once; and whoever has fewest on comes first, so that one user's twenty questions do not keep nineteen
// others waiting. Bounded: what does not fit is told so.

export interface Job {
  id: string;
  thread: string;
  user: string;
  /** `free` gives the slot on before the job ends: an answer is written and only being shown. Never rejects. */
  run(free: () => void): Promise<void>;
}

export interface QueueOptions {
  /** Jobs with a slot at once. */
  concurrent: number;
  /** Jobs that may wait beside them. */
  waiting: number;
}

export interface Queue {
  /** False = no room. */
  add(job: Job): boolean;
  /** As `add`, for one that had its slot and ran without having begun: there is room for it. */
  again(job: Job): void;
  /** Jobs before this one, those under way included; 0 = it runs, or is unknown. */
  before(id: string): number;
  /** Takes one out that does not run yet; undefined = there is none. */
  withdraw(id: string): Job | undefined;
  /** How many more are taken. */
  room(): number;
  /** Jobs that have a slot, and those that wait for one. */
  load(): { running: number; waiting: number };
  /** Comes back when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export function createQueue({ concurrent, waiting: mostWaiting }: QueueOptions): Queue {
  const waiting = new Map<string, Job>();
  const running = new Set<Job>();
  const threads = new Set<string>();
  const perUser = new Map<string, number>();
  let slots = 0;
  let idlers: (() => void)[] = [];

  const room = () => concurrent + mostWaiting - waiting.size - running.size;

  function next(): Job | undefined {
    let best: Job | undefined;
    for (const job of waiting.values()) {
      if (threads.has(job.thread)) {
        continue;
      }
      if (!best || countOf(job) < countOf(best)) {
        best = job;
      }
      if (countOf(best) === 0) {
        return best;
      }
    }
    return best;
  }

  const countOf = (job: Job) => perUser.get(job.user) ?? 0;

  function fill(): void {
    while (slots < concurrent) {
      const job = next();
      if (!job) {
        break;
      }
      waiting.delete(job.id);
      void start(job);
    }
    if (running.size === 0 && waiting.size === 0) {
      const told = idlers;
      idlers = [];
      for (const tell of told) {
        tell();
      }
    }
  }

  async function start(job: Job): Promise<void> {
    running.add(job);
    threads.add(job.thread);
    slots += 1;
    perUser.set(job.user, countOf(job) + 1);
    let isFree = false;
    const free = () => {
      if (isFree) {
        return;
      }
      isFree = true;
      slots -= 1;
      const left = countOf(job) - 1;
      if (left > 0) {
        perUser.set(job.user, left);
      } else {
        perUser.delete(job.user);
      }
    };
    await job.run(() => {
      free();
      fill();
    });
    free();
    running.delete(job);
    threads.delete(job.thread);
    fill();
  }

  function again(job: Job): void {
    waiting.set(job.id, job);
    fill();
  }

  return {
    add(job) {
      if (room() <= 0) {
        return false;
      }
      again(job);
      return true;
    },
    again,
    before(id) {
      if (!waiting.has(id)) {
        return 0;
      }
      return slots + [...waiting.keys()].indexOf(id);
    },
    withdraw(id) {
      const job = waiting.get(id);
      waiting.delete(id);
      return job;
    },
    room,
    load: () => ({ running: slots, waiting: waiting.size }),
    async idle() {
      if (running.size > 0 || waiting.size > 0) {
        await new Promise<void>((resolve) => idlers.push(resolve));
      }
    },
  };
}
