// How a name sounds, roughly: letters that are heard alike made one, vowels left out but a first one. Two
// spellings of one name ("Iyer", "Ayer"; "Labuschagne", "Labushagne") sound the same. After Soundex (Russell,
// 1918) and Metaphone (Philips, 1990), for names from all countries that play.

const CONSONANTS: [RegExp, string][] = [
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/ph/g, 'f'],
  [/s?ch|sh/g, 's'],
  [/ck/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/[cq]/g, 'k'],
  [/(?<=k)w/g, 'u'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/w/g, 'v'],
  [/d/g, 't'],
  [/(?<=.)h/g, ''],
  [/(.)\1+/g, '$1'],
];
const VOWELS: [RegExp, string][] = [
  [/^[aeiouy]+/, 'a'],
  [/(?<=.)[aeiouy]/g, ''],
  [/(.)\1+/g, '$1'],
];

/** A key of lower-case letters; '' for a word without letters. */
export function soundOf(word: string): string {
  return changed(spellingOf(word), VOWELS);
}

/** The word with one letter a sound, vowels kept. */
export function spellingOf(word: string): string {
  const letters = word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return changed(letters, CONSONANTS);
}

function changed(word: string, rules: [RegExp, string][]): string {
  return rules.reduce((key, [pattern, replacement]) => key.replace(pattern, replacement), word);
}
