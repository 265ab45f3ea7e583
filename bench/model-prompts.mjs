const WORDS =
  `England India Australia Pakistan Kent Surrey Mumbai won lost drew chased declared the a match toss series
  final innings session test after before without tea lunch stumps rain runs wickets overs captain bowler`
    .trim()
    .split(/\s+/);

/** A prompt of its own for every number: its first word differs, so that no slot has read any of it before. */
export function promptOf(number, words) {
  let state = number * 2654435761;
  const text = Array.from({ length: words }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return WORDS[state % WORDS.length];
  });
  return `${number} ${text.join(' ')}`;
}
