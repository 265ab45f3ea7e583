// Names as articles write them: runs of capitalised words ("Shreyas Iyer", "Rassie van der Dussen"). No list of
// players is kept anywhere; whoever is written about is known.

const PART = String.raw`\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}+)*`;
/** Words within a name. */
const LINK = 'van der|van|der|de|du|von|bin|al|ul|la';
const RUN = new RegExp(`${PART}(?: (?:(?:${LINK}) )?${PART}){0,3}`, 'gu');
/** Words that begin sentences and no names. */
const OPENERS = new Set(
  'a about after all also although an and any are as at because before both but by can did do earlier each even every few first for from had has have he her here his how i if in is it its just last later many more most mr mrs ms my no nobody none not now of on once one only or other our out over she since so some still such than that the their then there these they this those though three to two under until very was we were what when where which while who why with without yesterday you'.split(
    ' ',
  ),
);
const CALENDAR =
  /^(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/i;
const LONGEST = 60;

/** The names of a text, each once, as written; single words only from within a sentence. At most `most`. */
export function nameRuns(text: string, most: number): string[] {
  const names = new Set<string>();
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const isOpening = /(^|[.!?:\n]["'“”‘’)]*\s*["'“‘(]*)$/.test(text.slice(Math.max(0, index - 6), index));
    for (const [i, name] of splitRun(run).entries()) {
      const isSingle = !name.includes(' ');
      if (name.length <= LONGEST && name.length > 2 && !(isSingle && isOpening && i === 0)) {
        names.add(name);
      }
    }
    if (names.size >= most) {
      break;
    }
  }
  return [...names].slice(0, most);
}

/** A run without its openers, days and months, cut after a possessive: "Australia's Pat Cummins" is two names. */
function splitRun(run: string): string[] {
  const names: string[][] = [[]];
  for (const word of run.split(' ')) {
    if (OPENERS.has(word.toLowerCase()) || CALENDAR.test(word)) {
      names.push([]);
      continue;
    }
    names.at(-1)?.push(word.replace(/['’]s$/, ''));
    if (/['’]s$/.test(word)) {
      names.push([]);
    }
  }
  return names.filter((words) => words.length > 0).map((words) => words.join(' '));
}
