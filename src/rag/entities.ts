// What a question is about: names of the game from config/cricket.yaml and people whose names the index has
// seen. A surname of several people stands for the one written about most; the others are kept, so that the
// core can ask back when the evidence holds both.
import type { FoundName, NameKind, Side } from './names.js';
import type { SeenName } from './ports.js';
import { isStopWord, searchTerms, words } from './terms.js';

export interface Entity {
  kind: Exclude<NameKind, 'word'> | 'person';
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
/** A second bearer of a name who is written about so much less is not meant. */
const RIVAL = 0.2;
const MOST_OTHERS = 3;
/** Last words of names that are no people's. */
const NO_PERSON =
  /\b(day|days|cup|trophy|league|stadium|park|ground|oval|club|council|board|association|university|minister|president|street|city|united|arena|championship|championships|test|tests|games|open|sport|sports|series|group|court|party|times|news)$/i;

/** In the order of the question: the names found, each side that they imply, and people. */
export function entitiesOf(
  found: FoundName[],
  seen: SeenWord[],
  isTaken: (name: string) => boolean,
): Entity[] {
  const named = found.flatMap(({ kind, name, others, said, side }) => {
    const entity: Entity = { kind, name, said, ...(others ? { others } : {}) };
    const implied: Entity[] = side && kind !== 'side' ? [{ kind: 'side', name: side, said }] : [];
    return [entity, ...implied];
  });
  const taken = new Set(found.flatMap(({ said }) => words(said)));
  return [...named, ...peopleOf(seen, taken, isTaken)];
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
  return found.flatMap(({ isSupported, name, others, place }) =>
    others || !isSupported ? [] : [...searchTerms(name), ...(place ? searchTerms(place) : [])],
  );
}

function peopleOf(seen: SeenWord[], taken: Set<string>, isTaken: (name: string) => boolean): Entity[] {
  const free = seen.filter((each) => isNameWord(each) && !taken.has(each.said));
  const people: Entity[] = [];
  const used = new Set<string>();
  for (const { names, said } of free) {
    if (used.has(said)) {
      continue;
    }
    const bearers = merged(names.filter(({ name }) => !NO_PERSON.test(name) && !isTaken(name)));
    const scored = bearers.map((bearer) => ({ ...bearer, beside: saidOf(bearer.name, free) }));
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

/** The question's words that the name holds. */
function saidOf(name: string, seen: SeenWord[]): string[] {
  const parts = new Set(words(name));
  return seen.filter(({ word }) => parts.has(word)).map(({ said }) => said);
}

/** "Earlier Usman Khawaja" is Usman Khawaja: a name that ends in a more frequent one is that one. */
function merged(names: SeenName[]): SeenName[] {
  return names.filter(
    ({ count, name }) =>
      !names.some((other) => other.name !== name && other.count >= count && name.endsWith(` ${other.name}`)),
  );
}
