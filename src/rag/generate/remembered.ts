// What was found about a text, kept: a passage's sentences are asked about some five times for one answer, and come again
// with the next question.

const MOST_KNOWN = 5000;

/** The same function with a memory of the last texts, 5,000 at most. */
export function remembered<Result extends object | string | number | boolean>(
  weigh: (text: string) => Result,
): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      return before;
    }
    if (known.size >= MOST_KNOWN) {
      known.clear();
    }
    const found = weigh(text);
    known.set(text, found);
    return found;
  };
}
