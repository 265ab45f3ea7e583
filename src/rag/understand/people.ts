// Which names of a sentence are people's. No list of people is kept: a report gives a name in full once ("striker
// Mara Quill") and goes on with the last part of it ("Quill said"), and what is no person most often says so
// (the Harbour Open, Quayside Park, in New Town).
import { isStopWord, words } from './terms.js';

const PART = String.raw`(?:\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}+)*|\p{Lu}\.)`;
const LINK = '(?:van der|van den|van|der|de|du|da|di|von|bin|al|el|ul|le|la)';
const RUN = new RegExp(`${PART}(?: (?:${LINK} )?${PART}){0,4}`, 'gu');
const CALENDAR = new Set(
  (
    'january february march april may june july august september october november december jan feb aug sep sept oct ' +
    'nov dec monday tuesday wednesday thursday friday saturday sunday christmas easter'
  ).split(' '),
);
/** A name with one of these words is a competition, a place, a team or a body. */
const THINGS = new Set(
  (
    'cup league open championship championships games olympic olympics slam prix premier premiership nations world ' +
    'europe european commonwealth division group test tests odi odis t20 t20i t20s super ashes trophy shield series ' +
    'tour masters marathon indoor indoors united city town rovers athletic wanderers albion fc rfc afc cc club park ' +
    'road street stadium ground oval lane court bridge house hall arena centre center university college school ' +
    'association federation union board committee council agency ministry company bank airline airlines radio times ' +
    'telegraph mirror mail news sport sports new north south east west northern southern eastern western great san los ' +
    'saint republic island islands kingdom states britain england scotland wales ireland france italy spain germany ' +
    'portugal holland netherlands belgium sweden norway denmark russia australia india pakistan bangladesh ' +
    'afghanistan zimbabwe kenya nigeria china japan america africa asia indies zealand lanka king kings royal royals ' +
    'riders indians capitals chargers giants titans challengers knights eagles lions tigers sharks bulls warriors ' +
    'saints reds blues rugby football cricket tennis athletics fifa uefa icc bcci ecb bbc gb uk us usa'
  ).split(' '),
);
/** "Briton Mara Quill": a word for where somebody is from stands before the name and is none. */
const FROM =
  /^(?:briton|scot|swede|dane|finn|pole|czech|slovak|turk|serb|croat|spaniard|swiss|dutch|german|greek|kiwi|aussie|protea|pakistani|israeli|\p{L}+(?:ian|ean|can|ese|ish|man|woman))s?$/u;
/** What stands after one of these is a place. */
const PLACED = /\b(?:in|at|near|outside|around|across) (?:the )?$/i;
const OPENING = /(?:^|[.!?:\n]["'“”‘’)]*\s*["'“‘(]*)$/;

/**
 * 1 = a text names somebody whom the question does not, 0 = perhaps, -1 = it does not. `said` has the question's
 * words, `known` the last parts of names that stand in full around the text; both in lower case.
 */
export function namesSomebodyNew(text: string, said: Set<string>, known: Set<string>): -1 | 0 | 1 {
  const names = runsOf(text).filter(({ keys }) => !keys.some((key) => said.has(key)));
  if (names.some((name) => isFull(name) || known.has(name.keys.at(-1) ?? ''))) {
    return 1;
  }
  return names.some(({ isOpening, isPlaced }) => !isOpening && !isPlaced) ? 0 : -1;
}

/** The last parts, in lower case, of the people's names that stand in full in a text. */
export function surnamesIn(text: string): Set<string> {
  return new Set(
    runsOf(text)
      .filter(isFull)
      .map(({ keys }) => keys.at(-1) ?? ''),
  );
}

interface NameRun {
  /** Its parts in lower case; at least one. */
  keys: string[];
  /** A sentence begins with it. */
  isOpening: boolean;
  /** It stands where a place stands. */
  isPlaced: boolean;
}

function isFull({ isPlaced, keys }: NameRun): boolean {
  return keys.length > 1 && !isPlaced;
}

/** Runs of capitals that may be people. */
function runsOf(text: string): NameRun[] {
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const before = text.slice(Math.max(0, index - 14), index);
    const pieces = cut(run).map((keys, i) => {
      return { keys, isOpening: i === 0 && OPENING.test(before), isPlaced: i === 0 && PLACED.test(before) };
    });
    return pieces.filter(({ keys }) => keys.length > 0 && !keys.some((key) => THINGS.has(key)));
  });
}

/** A run without days, months and origins, cut after a possessive: "Harbour's Mara Quill" is two names. */
function cut(run: string): string[][] {
  const pieces: string[][] = [[]];
  for (const part of run.split(' ')) {
    const [key = ''] = words(part);
    if (CALENDAR.has(key) || FROM.test(key) || isStopWord(key)) {
      pieces.push([]);
      continue;
    }
    pieces.at(-1)?.push(key);
    if (/['’]s?$/.test(part)) {
      pieces.push([]);
    }
  }
  return pieces;
}
