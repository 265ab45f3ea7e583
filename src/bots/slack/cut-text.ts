// Where a long text goes on in the next message: after a paragraph, else a line, a sentence, a word; never inside a
// number's brackets, which have no space in them.

const PARAGRAPH = /\n\n/g;
const LINE_ENDS = [/\n/g, /[.!?]["”’)\]]*(?:\s?\[\d+\])*\s/g];
const WORD = /\s/g;

/**
 * The end of the longest beginning of `text` that `fits`, at the best place: one that leaves the message at least
 * half full. `before` is what the message shows already: then 0 (go on in the next one) is a place, too, and better
 * than the middle of a paragraph.
 */
export function cutAt(text: string, fits: (beginning: string) => boolean, before = ''): number {
  if (fits(text)) {
    return text.length;
  }
  const longest = longestFitting(text, fits);
  const beginning = text.slice(0, longest);
  const least = before === '' ? longest / 2 : 0;
  const paragraph = lastEnd(beginning, PARAGRAPH);
  if (paragraph > least || before.endsWith('\n\n')) {
    return paragraph;
  }
  for (const end of LINE_ENDS) {
    const at = lastEnd(beginning, end);
    if (at > least) {
      return at;
    }
  }
  if (before !== '') {
    return 0;
  }
  // One endless word: between two characters, not inside one of two halves.
  return lastEnd(beginning, WORD) || (/[\ud800-\udbff]$/.test(beginning) ? longest - 1 : longest);
}

function longestFitting(text: string, fits: (beginning: string) => boolean): number {
  let longest = 0;
  for (let step = text.length; step >= 1; step = Math.floor(step / 2)) {
    while (longest + step <= text.length && fits(text.slice(0, longest + step))) {
      longest += step;
    }
  }
  return longest;
}

/** 0 = there is none. */
function lastEnd(text: string, end: RegExp): number {
  const found = [...text.matchAll(end)].at(-1);
  return found ? found.index + found[0].length : 0;
}
