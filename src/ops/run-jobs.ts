// Runs background work: each tick asks what is due and takes up what is not under way yet, some pieces side by
// side; after changes the indexes follow. A piece that fails is told, and the others go on.
import { describeError } from '../errors.js';
import type { DueWork, Jobs, WorkReport } from './news.js';

export interface JobRunnerDeps {
  jobs: Pick<Jobs, 'due' | 'isBehind' | 'catchUp'>;
  /** Pieces done side by side. */
  concurrency: number;
  signal: AbortSignal;
  onReport: (report: WorkReport) => void;
  /** One line about something that failed as a whole. */
  onFailure: (line: string) => void;
}

export interface JobRunner {
  /** Takes up what is due; comes back before it is done. */
  tick(): Promise<void>;
  /** Comes back when nothing is under way. After the signal nothing new is begun. */
  idle(): Promise<void>;
}

export function createJobRunner(deps: JobRunnerDeps): JobRunner {
  const { concurrency, jobs, onFailure, onReport, signal } = deps;
  const waiting = new Map<string, DueWork>();
  const running = new Map<string, Promise<void>>();
  let following: Promise<void> | undefined;
  let mustFollow = false;

  async function safely(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) {
        onFailure(describeError(error));
      }
    }
  }

  async function run(work: DueWork): Promise<void> {
    await safely(async () => {
      const report = await work.run(signal);
      if (report) {
        onReport(report);
        if (hasChanged(report)) {
          follow();
        }
      }
    });
  }

  /** One catching up at a time; what changes meanwhile is caught up by another. */
  function follow(): void {
    mustFollow = true;
    following ??= safely(async () => {
      while (mustFollow && !signal.aborted) {
        mustFollow = false;
        await jobs.catchUp(signal);
      }
    }).finally(() => {
      following = undefined;
    });
  }

  function fill(): void {
    for (const [key, work] of waiting) {
      if (signal.aborted || running.size >= concurrency) {
        return;
      }
      waiting.delete(key);
      const done = run(work).finally(() => {
        running.delete(key);
        fill();
      });
      running.set(key, done);
    }
  }

  return {
    tick: () =>
      safely(async () => {
        signal.throwIfAborted();
        for (const work of await jobs.due()) {
          if (!running.has(work.key)) {
            waiting.set(work.key, work);
          }
        }
        fill();
        // A takedown or an ingest by another process leaves this one behind.
        if (await jobs.isBehind()) {
          follow();
        }
      }),

    async idle() {
      while (running.size > 0 || following) {
        await Promise.all([...running.values(), following]);
      }
    },
  };
}

function hasChanged(report: WorkReport): boolean {
  switch (report.kind) {
    case 'feed':
      return report.feed.new + report.feed.changed > 0;
    case 'page':
      return report.hasChanged;
    case 'retention':
      return report.removed > 0;
  }
}
