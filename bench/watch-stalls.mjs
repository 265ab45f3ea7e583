// Tells when this process stood still, as it does on a machine that is busy with others or with a slow disk: what is
// late then may not be the bot's doing.

const EVERY_MS = 250;
const LONGEST_MS = 1_000;

/** `tell(milliseconds, cpu)`: so long nothing ran, and so many milliseconds of it the process used a core. */
export function watchStalls(tell) {
  let last = performance.now();
  let used = process.cpuUsage();
  setInterval(() => {
    const now = performance.now();
    const { system, user } = process.cpuUsage(used);
    const stoodMs = now - last - EVERY_MS;
    if (stoodMs > LONGEST_MS) {
      tell(Math.round(stoodMs), Math.round((system + user) / 1000));
    }
    last = now;
    used = process.cpuUsage();
  }, EVERY_MS).unref();
}
