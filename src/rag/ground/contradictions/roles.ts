// Roles given to somebody else: the mentor as captain, the side that opened the bidding as the one that stayed in it.
// Where sources tell who has a role, and the sentence's bearer is none of them, the sentence is wrong.
import { clauseAt, isBearer, isSameName } from '../clauses.js';
import type { NameSpan } from '../names.js';
import { type Pieced, type Span, sentenceAt } from '../pieces.js';
import type { FindContradicted } from './contradiction.js';

/** Words for each role, as runs of tokens joined by a space. */
const ROLES: RegExp[] = [
  /^(?:captains?|skippers?|captained|skippered|captaincy|captaining)$/,
  /^(?:head )?coach(?:es|ed)?$/,
  /^vice (?:- )?captains?$|^deputy (?:captain)?$/,
  /^mentors?$/,
  /^auctioneer$/,
  /^night ?(?:- )?watchm[ae]n$/,
  /^(?:chairman|chairwoman|chair)$/,
  /^(?:wicket ?(?:- )?keepers?|keeper|(?:kept|keeps?|keeping) wicket)$/,
  /^(?:player|man|woman) of the (?:match|series|tournament)$/,
  /^(?:under ?(?:- )?bidders?|last (?:to give up|to drop out|rivals?|bidders?|to bid)|until the end|to the (?:very )?end)$/,
  /^(?:opened the bidding|started the bidding|opening bids?|first bids?|bid first)$/,
  /^won the toss$/,
];
/** Roles of which "under Vale" may tell where no other word for them stands. */
const CAPTAIN = 0;
const LEADERS = [CAPTAIN, 1];
/** What else is said of whom a side has for its captain. */
const STANDS_IN =
  /^(?:led|leads?|leading|over|charge|stood|deputis(?:ed|es)|succeed(?:s|ed)?|replac(?:es|ed))$/;
const LEADS = /^(?:led|leads|leading|under)$/;
const LONGEST = 4;

interface Held extends Span {
  role: number;
}

export const findOthersRoles: FindContradicted = (said, texts) => {
  const claims = rolesOf(said);
  if (claims.length === 0) {
    return [];
  }
  const held = texts.map((text) => ({ text, roles: rolesOf(text) }));
  return claims.filter((claim) => {
    const bearers = bearersOf(said, claim, [claim]);
    if (claim.role === CAPTAIN && texts.some((text) => standsIn(text, bearers.person))) {
      return false;
    }
    const strict = held.flatMap(({ roles, text }) =>
      roles.filter(({ role }) => role === claim.role).map((place) => bearersOf(text, place, roles)),
    );
    const isLed = strict.length === 0 && LEADERS.includes(claim.role);
    const told = isLed ? texts.flatMap(leadersIn) : strict;
    return told.length > 0 && told.every((others) => isElses(bearers, others));
  });
};

/** The longest at each place: a vice-captain is no captain. */
function rolesOf({ tokens }: Pieced): Held[] {
  const found: Held[] = [];
  for (let at = 0; at < tokens.length; ) {
    const role = roleAt(tokens, at);
    if (role) {
      found.push(role);
    }
    at = role ? role.next : at + 1;
  }
  return found;
}

function roleAt(tokens: Pieced['tokens'], at: number): Held | undefined {
  for (let length = Math.min(LONGEST, tokens.length - at); length > 0; length -= 1) {
    const words = tokens.slice(at, at + length).map(({ lower }) => lower.replace(/'s$/, ''));
    const role = ROLES.findIndex((pattern) => pattern.test(words.join(' ')));
    if (role >= 0) {
      return { role, start: at, next: at + length };
    }
  }
  return undefined;
}

interface Bearers {
  person: NameSpan[];
  team: NameSpan[];
}

/** Who may have the role by its clause: names that stand nearer to another role have that one. */
function bearersOf(text: Pieced, place: Span, roles: Span[]): Bearers {
  const { next, start } = clauseAt(text, place.start);
  const within = (from: number, to: number) =>
    text.names.filter(
      (name) =>
        name.start >= from &&
        name.next <= to &&
        text.tokens[name.start]?.isCapital &&
        isBearer(text.tokens, name),
    );
  const clause = within(start, next);
  const inside = clause.length > 0 ? clause : within(...subjectOf(text, start));
  const isNearest = (name: NameSpan) =>
    roles.every((other) => other === place || distance(name, other) >= distance(name, place));
  const people = inside.filter(({ kind }) => kind === 'person').filter(isNearest);
  return { person: people, team: inside.filter(({ kind }) => kind === 'team') };
}

/** Where the one stands whom a clause without a name is about: earlier in its sentence, or in the one before. */
function subjectOf({ names, tokens }: Pieced, start: number): [number, number] {
  const sentence = sentenceAt(tokens, start);
  const isPronoun = tokens
    .slice(sentence.start, start + 1)
    .some(({ lower }) => /^(?:he|she|they)$/.test(lower));
  const before = isPronoun && sentence.start > 0 ? sentenceAt(tokens, sentence.start - 1) : undefined;
  const first = before && names.find((name) => name.start >= before.start && name.kind === 'person');
  return first ? [first.start, first.next] : [sentence.start, start];
}

/** "Will play under Vale". */
function leadersIn({ names, tokens }: Pieced): Bearers[] {
  return names
    .filter(({ kind, start }) => kind === 'person' && LEADS.test(tokens[start - 1]?.lower ?? ''))
    .map((name) => ({ person: [name], team: [] }));
}

function standsIn({ names, tokens }: Pieced, people: NameSpan[]): boolean {
  return names.some((name) => {
    const { next, start } = sentenceAt(tokens, name.start);
    const isNamed = people.some((own) => isSameName(own, name));
    return isNamed && tokens.slice(start, next).some(({ lower }) => STANDS_IN.test(lower));
  });
}

/** Other people, or else other teams; where both are others, it is another side's role. */
function isElses(ours: Bearers, theirs: Bearers): boolean {
  const isOther = (kind: 'person' | 'team') =>
    ours[kind].length > 0 &&
    theirs[kind].length > 0 &&
    !ours[kind].some((one) => theirs[kind].some((other) => isSameName(one, other)));
  return isOther('person') !== isOther('team');
}

function distance(name: Span, role: Span): number {
  return role.start >= name.next ? role.start - name.next : Math.max(0, name.start - role.next);
}
