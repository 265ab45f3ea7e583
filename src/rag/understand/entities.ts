// What a question is about: names of the game from config/cricket.yaml and people whose names the index has
// seen. A surname of several people stands for the one written about most; the others are kept, so that the
// core can ask back when the evidence holds both.
import { stemmer } from 'stemmer';
import type { SeenName } from '../ports.js';
import type { FoundName, NameKind, Side } from './names.js';
import { isStopWord, searchTerms, stems } from './terms.js';

export interface Entity {
  kind: Exclude<NameKind, 'word'>;
  /** As config/cricket.yaml has it, or a person's full name as the articles write it. */
  name: string;
  /** The words that stand in the question, misspelt or not. */
  said: string;
  /** What else the words may stand for, by nothing in the question less likely; absent = settled. */
  others?: string[] | undefined;
}

/** A word of the question as the index knows it. */
export interface SeenWord {
  /** As it stands in the question, lower-case. */
  said: string;
  /** The same, repaired. */
  word: string;
  /** Full names that hold it, most frequent first. */
  names: SeenName[];
  /** Share of its chunks in which it is part of a name, 0..1. */
  share: number;
}

/** A word that stands outside names as often is a word, not a name. */
const LEAST_SHARE = 0.5;
const LEAST_OWNER_SHARE = 0.1;
/** A second bearer of a name who is written about so much less is not meant. */
const RIVAL = 0.2;
const MOST_OTHERS = 3;
/** Last words of names that are no people's. */
const NO_PERSON =
  /\b(day|days|cup|trophy|league|stadium|park|ground|oval|club|council|board|association|university|minister|president|street|city|united|arena|championship|championships|test|tests|games|open|sport|sports|series|group|court|party|times|news)$/i;

/**
 * In the order of the question: the names found, each side that they imply, and people. `seen` are the words
 * that are in no name found; `isTaken` tells that a full name is no person's.
 */
export function entitiesOf(
  text: string,
  found: FoundName[],
  seen: SeenWord[],
  isTaken: (name: string) => boolean,
): Entity[] {
  const named = found.flatMap(({ kind, name, others, said, side }) => {
    const entity = { kind: kind as Entity['kind'], name, said, ...(others ? { others } : {}) };
    const implied: Entity[] = side && kind !== 'side' ? [{ kind: 'side', name: side, said }] : [];
    return [entity, ...implied];
  });
  return [...named, ...peopleOf(text, seen, isTaken)];
}

/** Whether a word is a name in the index: most often written as a part of one. */
export function isNameWord({ share, word }: SeenWord): boolean {
  return share >= LEAST_SHARE && !isStopWord(word);
}

/** Sides that the entities mean, each once. */
export function sidesOf(entities: Entity[]): Side[] {
  const sides = entities.flatMap(({ kind, name }) => (kind === 'side' ? [name as Side] : []));
  return [...new Set(sides)];
}

/** Words to search for beside the question's own: full names behind short ones, the city of a ground. */
export function searchWordsOf(found: FoundName[]): string[] {
  return found.flatMap((each) =>
    isSettled(each) ? [...searchTerms(each.name), ...(each.place ? searchTerms(each.place) : [])] : [],
  );
}

/** The words of nicknames of several words that say nothing by themselves: men, blue. */
export function nicknameWordsOf(found: FoundName[]): string[] {
  return found.flatMap((each) => {
    const own = searchTerms(each.said);
    const isNickname =
      own.length > 1 && isSettled(each) && !stems(each.said).some((stem) => stems(each.name).includes(stem));
    return isNickname ? own : [];
  });
}

/** The text with short names and nicknames in full. */
export function spelledOut(text: string, found: FoundName[]): string {
  return found
    .filter(
      (each) =>
        isSettled(each) && !each.isPeople && each.kind !== 'side' && each.said.length < each.name.length,
    )
    .reduce((full, { name, said, side }) => full.replace(said, side ? `${name} ${side}` : name), text);
}

function isSettled({ isSupported, others }: FoundName): boolean {
  return isSupported && !others;
}

function peopleOf(text: string, seen: SeenWord[], isTaken: (name: string) => boolean): Entity[] {
  const people: Entity[] = [];
  const used = new Set<string>();
  for (const { names, said } of seen.filter((each) => isNameWord(each) || isOwner(each, text))) {
    if (used.has(said) || isPlace(said, text)) {
      continue;
    }
    const bearers = merged(names.filter(({ name }) => !NO_PERSON.test(name) && !isTaken(name)));
    const scored = bearers.map((bearer) => ({ ...bearer, beside: saidOf(bearer.name, seen) }));
    const most = Math.max(0, ...scored.map(({ beside }) => beside.length));
    const [best, ...rest] = scored.filter(({ beside }) => beside.length === most);
    if (!best) {
      continue;
    }
    const others = rest.filter(({ count }) => count >= RIVAL * best.count).slice(0, MOST_OTHERS);
    for (const word of best.beside) {
      used.add(word);
    }
    people.push({
      kind: 'person',
      name: best.name,
      said: best.beside.join(' '),
      ...(others.length > 0 ? { others: others.map(({ name }) => name) } : {}),
    });
  }
  return people;
}

/** Names of places that are in no list: "in Navi Mumbai"; in "came in for Quill" none is. */
function isPlace(said: string, text: string): boolean {
  const small = '(?:for|from|to|of|by|with|against|and|the|as|an?|place|front|favour)';
  return new RegExp(`\\b(?:in|at)(?: (?!${small} )\\p{L}+)? ${said}\\b`, 'iu').test(text);
}

/** "Little's team": what owns something is somebody, however common its word. */
function isOwner({ names, said, share }: SeenWord, text: string): boolean {
  const owns = new RegExp(`(?<!\\p{L})${said}['’ʼ]s\\b`, 'iu').test(text);
  return owns && share >= LEAST_OWNER_SHARE && names.length > 0 && !isStopWord(said);
}

/** The question's words that the name holds. */
function saidOf(name: string, seen: SeenWord[]): string[] {
  const parts = new Set(stems(name));
  return seen.filter(({ word }) => parts.has(stemmer(word))).map(({ said }) => said);
}

/** "Earlier Usman Khawaja" is Usman Khawaja: a name that ends in a more frequent one is that one. */
function merged(names: SeenName[]): SeenName[] {
  return names.filter(
    ({ count, name }) =>
      !names.some((other) => other.name !== name && other.count >= count && name.endsWith(` ${other.name}`)),
  );
}
