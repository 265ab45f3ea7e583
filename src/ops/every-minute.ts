// The clockwork of the jobs. In UTC, because a local clock skips an hour and repeats another.
import { schedule } from 'node-cron';

/** Runs `tick` at each full minute, never twice at once; gives what ends it. */
export function everyMinute(tick: () => Promise<void>): () => Promise<void> {
  const task = schedule('* * * * *', tick, {
    timezone: 'Etc/UTC',
    noOverlap: true,
    suppressMissedWarning: true,
  });
  return async () => {
    await task.destroy();
  };
}
