// Whether a report settles what somebody waits for. A passage may have the matter and not its end: previews, odds and
// "could" have all the words of the question. So one clause must tell it: with the names that were asked about and the
// happening in the words of any report, with what was asked for, and as a fact of now. Rather silence than a false alarm:
// nobody asked at this moment.
import type { Passage } from '../../domain.js';
import { isQuotable } from '../generate/tampering.js';
import { type AskedFor, askedFor, holdsForm, holdsKind } from '../understand/asked-for.js';
import { surnamesIn } from '../understand/people.js';
import { stems, words } from '../understand/terms.js';
import { isHappening, sameHappening } from './happenings.js';
import { candidatesOf } from './sentence-features.js';

export interface Decisive {
  /** A sentence of the passage, word for word, or its headline. */
  text: string;
  passage: Passage;
}

/** What a question wants told. */
interface Wanted {
  asked: AskedFor;
  said: Set<string>;
  /** Stems of each name. */
  names: string[][];
  /** Stems of the other telling words. */
  rest: string[];
  numbers: string[];
  /** It asks for what is still to come, or how things stand. */
  isAhead: boolean;
  /** Both sides must stand in the clause, or it tells of another match. */
  isContest: boolean;
  /** The answer is one of those who are named. */
  isOfTwo: boolean;
}

/** Of a question; with fewer anything would settle it. */
const FEWEST_WORDS = 2;
/** Of the question's other words, by number, that clause and headline hold in these or other words. */
const SAME_MATTER = 0.5;
/** A table in one line tells of many matches. */
const MOST_CHARACTERS = 400;
/** Of so many names one may be told in another way: "the Dutch". */
const MANY_NAMES = 3;
const OPEN =
  /\b(?:will|would|could|may|might|should|can|set to|to face|expect(?:ed|s)?|likely|unlikely|hop(?:es?|ing)|needs?|if|whether|predictions?|odds|preview|rumou?rs?|reportedly|believed|clos(?:e to|ing in)|understands?|interested|wants?|plans?|due to|yet to|not|never|favou?rites?)\b|n['’]t\b|\?/i;
const AHEAD = /\b(?:will|would|set to|expected|due to|can|plans?)\b/gi;
const ASKS_AHEAD = /^(?:when|will|can|could|should|(?:who|what|where|which) will|is|are|does|do)\b/i;
/** What was before, for comparison. */
const BEFORE = /\b(?:last (?:season|year|time)|since|previous(?:ly)?|in history|ago|streaks?)\b/i;
const YEAR = /\b(?:19|20)\d\d\b/g;
const RESULT = new Set(['win', 'won', 'beat', 'score', 'result']);
const SCORE = /\b\d{1,3}\s?[-–‑]\s?\d{1,3}\b|\p{Lu}[\p{L} ]+ \d{1,3}, \p{Lu}[\p{L} ]+ \d{1,3}\b/u;
const CONTEST = /\b(?:beat|against|between|vs?|score|won|win|play(?:ed|s)?|match|game|fight)\b/i;
const WHO_WON = /\bwho (?:won|wins)\b|\bdid\b.*\b(?:beat|win)\b/i;
/** Which one of several: another round is another matter. */
const ROUND = /^(?:final|semi|semifin|first|second|third|fourth|fifth|test|odi|t20i?)$/;
/** Of names, what many have. */
const ANY = /^(?:cup|trophi|leagu|award|prize|auction|open|championship)$/;
/** They tell nothing of the matter. */
const EMPTY = /^(?:still|new|next|go|get|got|much|mani|big|last)$/;
const DAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)dai|januari|februari|march|april|mai|june|juli|august|septemb|octob|novemb|decemb)$/;
/** A run of capitalised words within the question. */
const NAME = /(?<=\S\s+["'“‘(]?)\p{Lu}[\p{L}\p{N}.'’-]*(?:\s+\p{Lu}[\p{L}\p{N}.'’-]*)*/gu;

/** The sentence that settles the question best; undefined = none surely does. A question in English is expected. */
export function decisiveSentence(question: string, passages: Passage[]): Decisive | undefined {
  const wanted = wantedIn(question);
  // Names alone may be told anything of.
  if (wanted.rest.length === 0 || wanted.names.length + wanted.rest.length < FEWEST_WORDS) {
    return undefined;
  }
  let best: (Decisive & { worth: number }) | undefined;
  for (const passage of passages) {
    const known = surnamesIn(`${passage.title}\n${passage.text}`);
    const sentences = candidatesOf([passage]).map(({ text }) => text);
    for (const text of [...(isQuotable(passage.title) ? [passage.title] : []), ...sentences]) {
      const worth = Math.max(
        ...clausesOf(text, wanted).map((clause) => worthOf(clause, passage, known, wanted)),
      );
      best = worth > (best?.worth ?? 0) ? { text, passage, worth } : best;
    }
  }
  return best && { text: best.text, passage: best.passage };
}

function wantedIn(question: string): Wanted {
  const whole = dotless(question.trim());
  const text = whole.replace(/\bfinal score\b/i, 'score');
  const names = [...text.matchAll(NAME)]
    .map(([name]) => stems(name).filter((stem) => !DAY.test(stem)))
    .filter((name) => name.length > 0);
  const inNames = new Set(names.flat());
  const rest = [...new Set(stems(text))].filter(
    (stem) => !inNames.has(stem) && !DAY.test(stem) && !EMPTY.test(stem),
  );
  const isOfSides = names.length > 1;
  const isContest = isOfSides && CONTEST.test(text);
  return {
    ...{ asked: askedFor(whole), said: new Set(words(text)), names },
    // How a match ended is who won it.
    rest: rest.map((stem) => (stem === 'end' && isContest ? 'win' : stem)),
    numbers: words(text).filter((word) => /^\d+$/.test(word)),
    isAhead: ASKS_AHEAD.test(text),
    isContest,
    isOfTwo: isOfSides && WHO_WON.test(text),
  };
}

/** How many of the question's words the clause has; 0 = it does not settle it. */
function worthOf(
  clause: string,
  { publishedAt, title }: Passage,
  known: Set<string>,
  { asked, isAhead, isContest, isOfTwo, names, numbers, rest, said }: Wanted,
): number {
  const text = dotless(clause);
  if (
    text.length > MOST_CHARACTERS ||
    OPEN.test(isAhead ? text.replace(AHEAD, '') : text) ||
    BEFORE.test(text)
  ) {
    return 0;
  }
  const own = new Set(stems(text));
  const around = new Set([...own, ...stems(dotless(title))]);
  const isTold = (stem: string, found: Set<string>) =>
    [...sameHappening(stem)].some((other) => found.has(other)) || (RESULT.has(stem) && SCORE.test(text));
  const happenings = rest.filter(isHappening);
  const counted = asked.counted.filter((stem) => rest.includes(stem));
  const matter = happenings.length > 0 ? around : own;
  const needed = names.length > 0 ? SAME_MATTER : 1;
  const inOwn = names.filter((name) => isNamed(name, own)).length;
  const inAll = names.filter((name) => isNamed(name, around)).length;
  const isSettled =
    inAll >= names.length - (names.length >= MANY_NAMES ? 1 : 0) &&
    inOwn >= Math.min(names.length, isContest ? 2 : 1) &&
    (text.match(YEAR) ?? []).every((year) => year >= publishedAt.slice(0, 4) || numbers.includes(year)) &&
    numbers.every((number) => own.has(number) || (/^(?:19|20)\d\d$/.test(number) && around.has(number))) &&
    happenings.every((stem) => isTold(stem, own)) &&
    (counted.length === 0 || counted.some((stem) => own.has(stem))) &&
    rest.every((stem) => !ROUND.test(stem) || around.has(stem)) &&
    rest.filter((stem) => isTold(stem, matter)).length >= rest.length * needed &&
    (isOfTwo || holdsKind(asked, clause, said, known) >= 0) &&
    holdsForm(asked, text) >= 0;
  return isSettled ? 1 + inOwn + rest.filter((stem) => isTold(stem, own)).length : 0;
}

/** What is doubted beside it leaves a fact a fact; of a match the sides may stand on either side of a dash. */
const clausesOf = (text: string, { isContest }: Wanted) => (isContest ? [text] : text.split(/ [–—] |; /));

/** "U.S." is written "US" as well. */
const dotless = (text: string) => text.replace(/\b(?:\p{Lu}\.){2,}/gu, (name) => name.replaceAll('.', ''));

/** Half of its words: "United" for Manchester United, "Cummins" for Pat Cummins; but a cup is any cup. */
function isNamed(name: string[], found: Set<string>): boolean {
  const own = name.filter((stem) => !ANY.test(stem));
  const telling = own.length > 0 ? own : name;
  return telling.filter((stem) => found.has(stem)).length * 2 >= telling.length;
}
