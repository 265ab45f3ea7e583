// Words of a question or a text, made comparable. The same stop list serves the search and the scoring of
// sentences: words that stand in every third chunk cost time and tell nothing.
import { stemmer } from 'stemmer';

const STOP_WORDS = new Set(
  (
    'a about above after again against all also am an and any are as at be because been before being below between ' +
    'both but by can could did do does doing down during each few for from further had has have having he her here ' +
    'hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or other ' +
    'our out over own same she should so some such than that the their them then there these they this those through ' +
    'to too under until up very was we were what when where which while who whom whose why will with would you your ' +
    "s t d ll m re ve don't didn't doesn't isn't wasn't weren't aren't can't couldn't wouldn't won't shouldn't hasn't " +
    "haven't hadn't i'm i've i'd i'll you're they're we're let tell give please say " +
    // The same in haste, without the apostrophe.
    'dont didnt doesnt isnt wasnt werent arent cant couldnt wouldnt wont shouldnt hasnt havent hadnt im ive youre ' +
    'theyre hes shes whats whos wheres whens hows thats theres lets'
  ).split(/\s+/),
);

/** Lower-case words and numbers in order: "Root's 5,000th" gives root, 5000th. */
export function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1');
  return (plain.match(/[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? []).map((word) => word.replace(/'s?$|'s$/, ''));
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** The telling words of a text, each once, as they stand; for the lexical index, which stems by itself. */
export function searchTerms(text: string): string[] {
  const all = words(text);
  const telling = all.filter((word) => !isStopWord(word));
  return [...new Set(telling.length > 0 ? telling : all)];
}

/** Porter stems (M. F. Porter, 1980) of the telling words, in order, with repetitions. */
export function stems(text: string): string[] {
  return words(text)
    .filter((word) => !isStopWord(word))
    .map((word) => stemmer(word));
}
