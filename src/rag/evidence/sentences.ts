// Cuts prose into sentences without losing a character: the pieces joined give the text again. News is full
// of full stops that end nothing ("J. Root", "St. George's", "4.30 pm", "v."), so a stop counts only when
// what follows looks like a beginning.

const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr st sr jr prof gen col capt lt sgt rev hon gov sen rep pres no nos vs v inc ltd co corp est al ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun approx fig vol pp ed eds cf'
  ).split(' '),
);
/** A stop, its closing quotes or brackets, then white space; a line break ends a sentence by itself. */
const BORDER = /([.!?…।۔]+)(["'”’)\]]*)(\s+)|(\s*\n\s*)/g;

/** Sentences with the white space that follows them, in order; no piece is empty. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of text.matchAll(BORDER)) {
    const end = match.index + match[0].length;
    if (match[4] === undefined && !endsSentence(text, start, match.index, match[1] ?? '', end)) {
      continue;
    }
    if (end > start) {
      sentences.push(text.slice(start, end));
    }
    start = end;
  }
  if (start < text.length) {
    sentences.push(text.slice(start));
  }
  return sentences;
}

function endsSentence(text: string, start: number, stop: number, mark: string, next: number): boolean {
  if (next >= text.length) {
    return true;
  }
  const following = text.slice(next, next + 2);
  if (!/^["'“‘([]?[\p{Lu}\p{N}]/u.test(following) && !/^["“‘]/.test(following)) {
    return false;
  }
  if (mark !== '.') {
    return true;
  }
  const word = /(\S+)$/.exec(text.slice(Math.max(start, stop - 20), stop))?.[1] ?? '';
  const bare = word.replace(/^["'“‘([]+/, '');
  const isInitial = /^(\p{Lu}\.)*\p{Lu}$/u.test(bare) && bare !== 'I';
  return !isInitial && !ABBREVIATIONS.has(bare.toLowerCase());
}
