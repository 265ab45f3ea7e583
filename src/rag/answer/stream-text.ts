// Turns a writer that calls back into pieces that can be waited for, without losing one.

/**
 * Starts `write` and gives its pieces as they come; returns what it returns and throws what it throws, after
 * the last piece. Whoever stops reading early stops the writer by its own signal, and waits until it has stopped.
 */
export async function* streamText<Result, Piece = string>(
  write: (onPiece: (piece: Piece) => void) => Promise<Result>,
): AsyncGenerator<Piece, Result> {
  let pieces: Piece[] = [];
  let wake = () => {};
  let isDone = false;
  const writing = write((piece) => {
    pieces.push(piece);
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
