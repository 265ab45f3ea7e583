// What a number counts. Two numbers that count different things are different claims though their figures are
// the same; words that mean the same thing here share a class.
import { readNumber } from './number-words.js';
import type { Token } from './tokens.js';

const CLASSES: Record<string, string> = {
  run: 'run',
  wicket: 'wicket scalp victim dismissal',
  ball: 'ball delivery',
  over: 'over',
  four: 'four boundary',
  six: 'six maximum',
  match:
    'match game test odi odis t20i t20 international fixture tie cap appearance one-day twenty20 ' +
    'defeat win victory loss',
  innings: 'innings',
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year season summer winter',
  hour: 'hour hr',
  minute: 'minute min',
  second: 'seconds sec',
  goal: 'goal',
  point: 'point',
  people:
    'player cricketer man men woman women people person bowler batter batsman batsmen spinner seamer debutant ' +
    'fan spectator name quick paceman newcomer uncapped batswoman',
  place: 'place slot spot vacancy',
  team: 'team side franchise club nation country',
  title: 'title trophy cup championship crown',
  catch: 'catch catches',
  century: 'century hundred ton',
  fifty: 'fifty half-century',
  series: 'series',
  metre:
    'metre meter mile mph km kph kmh kilometre kilometer yard centimetre cm millimetre mm inch foot feet',
  weight: 'kilogram kg kilo gram tonne',
  degree: 'degree',
  term: 'term',
  set: 'set',
};

/** Sorts of one class that are not each other: four ODIs are no four Tests, a spinner is a bowler and no batter. */
const SORTS: [RegExp, string[]][] = [
  [/^tests?$/, ['test']],
  [/^(?:odis?|one-day|day)$/, ['odi']],
  [/^(?:t20s?|t20is?|twenty20s?)$/, ['t20']],
  [/^bat(?:ters?|sman|smen|swom[ae]n)$/, ['bat']],
  [/^bowlers?$/, ['spin', 'pace']],
  [/^spinners?$/, ['spin']],
  [/^(?:seamers?|quicks?|pace(?:man|men))$/, ['pace']],
  [/^(?:miles?|mph)$/, ['mile']],
  [/^(?:kms?|kph|kmh|kilomet(?:re|er)s?)$/, ['km']],
  [/^met(?:re|er)s?$/, ['m']],
  [/^(?:cm|centimet(?:re|er)s?)$/, ['cm']],
  [/^(?:mm|millimet(?:re|er)s?)$/, ['mm']],
  [/^yards?$/, ['yard']],
  [/^inch(?:es)?$/, ['inch']],
  [/^(?:foot|feet)$/, ['foot']],
];

/** What stands before what is counted: six Test wickets are wickets, three club matches are matches. */
const BEFORE_NOUN = /^(?:tests?|odi|t20i?|twenty20|international|club|team|league|series|cup)$/;

const UNITS = new Map(
  Object.entries(CLASSES).flatMap(([unit, words]) => words.split(' ').map((word) => [word, unit] as const)),
);

/** Words that end the search for what a number counts. */
const STOPS = new Set(
  (
    'for from off of in on at by to and or but with against as after before when while who that which than until ' +
    'not out is are was were has have had if out all'
  ).split(' '),
);
/** Words that may stand between a number and what it counts: "six more Australian wickets". */
const MOST_BETWEEN = 2;

export interface Unit {
  unit: string;
  sorts?: string[] | undefined;
  /** Index of the first token after its word. */
  next: number;
}

/** The class of what the number before `at` counts, and where its word stands; undefined = it does not say. */
export function unitAt(tokens: Token[], at: number): Unit | undefined {
  let skipped = 0;
  for (let i = at; i < tokens.length && skipped <= MOST_BETWEEN; i += 1) {
    const token = tokens[i];
    if (token?.text === '-' && (token.isGlued || tokens[i + 1]?.isGlued)) {
      continue;
    }
    if (token?.lower === 'one' && tokens[i + 2]?.lower === 'day') {
      // "88 one-day international wickets" are wickets.
      const after = tokens[i + 3]?.lower === 'international' ? i + 4 : i + 3;
      const noun = unitOf(tokens[after]?.lower ?? '');
      return noun && noun !== 'match'
        ? { unit: noun, next: after + 1 }
        : { unit: 'match', sorts: ['odi'], next: i + 3 };
    }
    const compound = compoundAt(tokens, i);
    if (compound) {
      i = compound - 1;
      continue;
    }
    if (!token?.isWord || STOPS.has(token.lower)) {
      return undefined;
    }
    const unit = isPeoples(token) ? undefined : unitOf(token.lower);
    if (unit) {
      const noun = BEFORE_NOUN.test(token.lower) ? unitOf(tokens[i + 1]?.lower ?? '') : undefined;
      const sorts = SORTS.find(([word]) => word.test(token.lower))?.[1];
      return noun && noun !== unit ? { unit: noun, next: i + 2 } : { unit, sorts, next: i + 1 };
    }
    skipped += 1;
  }
  return undefined;
}

/** "Two three-year terms": the index after the second number's word; undefined = there is none. */
function compoundAt(tokens: Token[], at: number): number | undefined {
  const read = tokens[at]?.isWord || tokens[at]?.isNumber ? readNumber(tokens, at) : undefined;
  const isTied = read && tokens[read.next]?.text === '-' && tokens[read.next]?.isGlued;
  return isTied && tokens[read.next + 1]?.isWord && tokens[at - 1]?.text !== '-' ? read.next + 2 : undefined;
}

/** "The second women's final". */
function isPeoples({ lower }: Token): boolean {
  return lower.includes("'") && unitOf(lower) === 'people';
}

function unitOf(word: string): string | undefined {
  const plain = word.replace(/'s?$|'s$/, '');
  return (
    UNITS.get(plain) ??
    UNITS.get(plain.replace(/s$/, '')) ??
    UNITS.get(plain.replace(/es$/, '')) ??
    UNITS.get(plain.replace(/ies$/, 'y'))
  );
}

const SCALES: Record<string, number> = {
  crore: 1e7,
  crores: 1e7,
  cr: 1e7,
  lakh: 1e5,
  lakhs: 1e5,
  lac: 1e5,
  million: 1e6,
  millions: 1e6,
  mn: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  thousand: 1e3,
  k: 1e3,
};

/** "24.75 crore", "£2m": the factor that the word multiplies by. A single letter counts only right after its number. */
export function scaleOf(token: Token | undefined): number | undefined {
  return token && (token.lower.length > 1 || token.isGlued) ? SCALES[token.lower] : undefined;
}

const CURRENCIES: Record<string, string> = {
  '₹': 'inr',
  rs: 'inr',
  inr: 'inr',
  rupee: 'inr',
  rupees: 'inr',
  '£': 'gbp',
  gbp: 'gbp',
  pound: 'gbp',
  pounds: 'gbp',
  $: 'usd',
  usd: 'usd',
  aud: 'usd',
  dollar: 'usd',
  dollars: 'usd',
  '€': 'eur',
  eur: 'eur',
  euro: 'eur',
  euros: 'eur',
};

export function currencyOf(token: Token | undefined): string | undefined {
  return token && CURRENCIES[token.lower];
}
