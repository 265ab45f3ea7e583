// Whom a proposition is about: who is named before its verb, or whom the text has been about until then.
import { isSameName } from '../clauses.js';
import type { NameSpan } from '../names.js';
import { namesIn, type Pieced, type Span } from '../pieces.js';

const RELATIVE = /^(?:who|which|whose|whom|where)$/;
const PERSON = /^(?:he|she)$/;
const SEVERAL = /^they$/;
/** What a report calls the one whom it has just named. */
const DESCRIBED =
  /^(?:captain|skipper|batter|batsman|bowler|opener|spinner|seamer|keeper|wicketkeeper|rounder|player|coach|hander|armer|quick|paceman|defender|striker|midfielder|goalkeeper|champion|veteran|teenager|old|leader|man|woman|debutant|winner|runner|driver|rider)$/;
export const PREPOSITION =
  /^(?:of|for|from|to|against|under|over|with|at|in|on|off|past|since|until|between|by|into|than|like|during|behind|near|through|among|alongside)$/;

/** Whom the sentences before were about. */
export interface Last {
  person?: NameSpan | undefined;
  team?: NameSpan | undefined;
  all?: NameSpan[] | undefined;
}

/** Names before the verb that nothing makes a place, an object or an owner. */
export function subjectsIn({ names, tokens }: Pieced, { next, start }: Span): NameSpan[] {
  const inside = namesIn(names, { start, next }).filter(
    ({ kind, start: at }) => kind !== 'other' && tokens[at]?.isCapital,
  );
  const isFree = (name: NameSpan) => {
    const article = /^(?:the|an?)$/.test(tokens[name.start - 1]?.lower ?? '') ? 2 : 1;
    const word = tokens[name.start - article];
    const isOwner = /'s$/.test(tokens[name.next - 1]?.lower ?? '') || tokens[name.next]?.text === "'";
    return !isOwner && !(word && name.start - article >= start && PREPOSITION.test(word.lower));
  };
  const free = inside.filter(isFree);
  // "Australia captain Pat Cummins": a side right before a person is said of the person.
  const people = free.filter(({ kind }) => kind === 'person');
  const isOf = (name: NameSpan) =>
    name.kind === 'team' && people.some((one) => one.start >= name.next && one.start - name.next <= 3);
  const subjects = free.filter((name) => !isOf(name));
  return subjects.length > 0 ? subjects : inside.filter((name) => name.next === next);
}

export function carried(
  { names, tokens }: Pieced,
  { next, start }: Span,
  before: { start: number; subjects: NameSpan[] }[],
  last: Last,
): NameSpan[] {
  const first = tokens[start];
  const previous = before.at(-1);
  if (first && (RELATIVE.test(first.lower) || RELATIVE.test(tokens[start + 1]?.lower ?? ''))) {
    const antecedent = previous && namesIn(names, { start: previous.start, next: start }).at(-1);
    return antecedent ? [antecedent] : (previous?.subjects ?? []);
  }
  const words = tokens.slice(start, next);
  const isPerson = words.some(({ lower }) => PERSON.test(lower));
  const isSeveral = words.some(({ lower }) => SEVERAL.test(lower));
  const inSentence = before.findLast(({ subjects }) => subjects.length > 0)?.subjects ?? [];
  if (isPerson) {
    const person = inSentence.find(({ kind }) => kind === 'person') ?? last.person;
    return person ? [person] : [];
  }
  if (isSeveral) {
    const team = inSentence.find(({ kind }) => kind === 'team') ?? last.team;
    return team ? [team] : (last.all ?? []);
  }
  if (words.some(({ lower }) => DESCRIBED.test(lower))) {
    return last.person && before.length === 0 ? [last.person] : inSentence;
  }
  return inSentence.length > 0 ? inSentence : (last.all ?? []);
}

/** Whom a sentence is about after its end. Whom a report is about stays its subject where others come and go. */
export function personAfter(
  { tokens }: Pieced,
  { next, start }: Span,
  subjects: NameSpan[],
  before: NameSpan | undefined,
  topic: NameSpan | undefined,
): NameSpan | undefined {
  const people = subjects.filter(({ kind }) => kind === 'person');
  const isTopic = (name: NameSpan) => topic !== undefined && isSameName(name, topic);
  const isGoingOn = tokens.slice(start, next).some(({ lower }) => /^(?:he|she|him|his|her)$/.test(lower));
  if (before && isTopic(before) && isGoingOn) {
    return before;
  }
  return people.find(isTopic) ?? people[0] ?? before;
}

/** The person whom a text names most often, twice at least. */
export function topicOf({ names }: Pieced): NameSpan | undefined {
  const people = names.filter(({ kind }) => kind === 'person').slice(0, MOST_PEOPLE);
  const counted = people.map((name) => ({
    name,
    count: people.filter((other) => isSameName(other, name)).length,
  }));
  const most = Math.max(0, ...counted.map(({ count }) => count));
  return most > 1 ? counted.find(({ count }) => count === most)?.name : undefined;
}

const MOST_PEOPLE = 60;

/** The only side that a sentence names. */
export function teamIn({ names }: Pieced, { next, start }: Span): NameSpan | undefined {
  const teams = namesIn(names, { start, next }).filter(({ kind }) => kind === 'team');
  return teams.length === 1 ? teams[0] : undefined;
}
