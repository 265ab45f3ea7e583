// llama-server repeats the beginning that it was given before it goes on (seen with the release that node-llama-cpp
// ships); others may too. What was written before is not written again.

/** Hands on what comes, without `written` at its start. `end` hands on what was held back. */
export function withoutEcho(
  written: string,
  onText: (text: string) => void,
): { take: (text: string) => void; end: () => void } {
  let held: string | undefined = written === '' ? undefined : '';
  return {
    take(text) {
      if (held === undefined) {
        onText(text);
        return;
      }
      held += text;
      if (held.length < written.length && written.startsWith(held)) {
        return;
      }
      const rest = held.startsWith(written) ? held.slice(written.length) : held;
      held = undefined;
      if (rest !== '') {
        onText(rest);
      }
    },
    end() {
      if (held) {
        onText(held);
      }
      held = undefined;
    },
  };
}
