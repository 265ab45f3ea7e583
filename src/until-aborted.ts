// Waits for work that knows no signal.

/** What `work` gives, or the signal's reason thrown as soon as it aborts; the work goes on, for whoever asks next. */
export async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    // Whatever it still comes to.
    work.catch(() => {});
  }
}
