// Turns a writer that calls back into pieces that can be waited for, without losing one.

/**
 * Starts `write` and gives its pieces as they come; returns what it returns and throws what it throws, after
 * the last piece. Whoever stops reading early stops the writer by its own signal, and waits until it has stopped.
 */
export async function* streamText<Result>(
  write: (onText: (text: string) => void) => Promise<Result>,
): AsyncGenerator<string, Result> {
  let pieces: string[] = [];
  let wake = () => {};
  let isDone = false;
  const writing = write((text) => {
    pieces.push(text);
    wake();
  }).finally(() => {
    isDone = true;
    wake();
  });
  // Nobody may be waiting when it fails; whoever goes on reading gets the failure below.
  writing.catch(() => {});
  try {
    while (!isDone || pieces.length > 0) {
      if (pieces.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const ready = pieces;
      pieces = [];
      yield* ready;
    }
    return await writing;
  } finally {
    await writing.catch(() => {});
  }
}
