// What a question asks for, more closely than its first word says: "how long" wants a duration, "how much" a
// sum, "how many caps" a number before the word "caps". Patterns for English only; another language expects
// nothing in particular.
import { splitSentences } from '../evidence/sentences.js';
import { namesSomebodyNew } from './people.js';
import { isStopWord, stems, words } from './terms.js';

export type AskedKind = 'person' | 'name' | 'number' | 'rank' | 'when' | 'where' | 'why' | 'other';

/** A figure of one form: a text either holds one or does not. */
type Form = 'time' | 'size' | 'duration' | 'age' | 'money' | 'score' | 'date';

export interface AskedFor {
  kind: AskedKind;
  /** Absent = any form. */
  form?: Form | undefined;
  /** Stems of what is counted ("how many international caps": intern, cap); [] = nothing is. */
  counted: string[];
}

const COUNT =
  '(?:\\d[\\d,.]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|twenty)';
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|aug|sept?|oct|nov|dec)';
const NUMBER_WORD =
  /\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|twice|once|double)\b/i;
const YEAR = /\b(19|20)\d\d\b/g;
const TIME_WORD = new RegExp(
  `\\b(${MONTH}|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|week|month|year|season|summer|winter|spring|autumn|(19|20)\\d\\d)\\b`,
  'i',
);
const PLACE = /\b(?:in|at|to|from|near) (?:the )?(\p{Lu}[\p{L}'’-]+)/gu;
const ORDINAL = /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b/i;
const REASON = /\b(because|after|since|due|as|to|for)\b/;
/** A capitalised word that does not begin the sentence. */
const NAME = /(?<=[\p{L},;:"'’)] )\p{Lu}[\p{L}'’-]+/gu;

const FORMS: [Form, RegExp, RegExp][] = [
  [
    'time',
    /\b(what|which|her|his|their|winning|finishing) time\b|\bhow (fast|quick)/i,
    /\b\d+\s?(minutes?|mins?|seconds?|secs?|hours?)\b|\b\d+[.:]\d\d\b/i,
  ],
  [
    'size',
    /\b(what|which) (height|distance|weight)\b|\bhow (high|tall|far|heavy)\b/i,
    /\b\d+([.,]\d+)?\s?(k?m|metres?|meters?|cm|ft|feet|miles?|kilometres?|kg|kilos?|yards?|inch(es)?)\b/i,
  ],
  [
    'duration',
    /\bhow (long|many (years|months|weeks|days|hours|minutes))\b/i,
    new RegExp(
      `\\b${COUNT}([- ]and[- ]a[- ]half)?[- ](years?|months?|weeks?|days?|hours?|minutes?|games?|matches|seasons?)\\b`,
      'i',
    ),
  ],
  ['age', /\bhow old\b|\bwhat age\b/i, /\b(aged?|at) (\d\d?|\w+teen)\b|[- ]years?[- ]old\b|\b\d\d\b/i],
  [
    'money',
    /\bhow much\b/i,
    /(?:[£$€₹]|\bRs\.?)\s?\d|\b\d[\d,.]*\s?(m|k|cr|crores?|lakhs?|million|pounds|euros|dollars|rupees)\b/i,
  ],
  ['score', /\b(what|final) score\b|\bscoreline\b/i, /\b\d+(-|–| for |\/)\d+\b/],
  [
    'date',
    /\bwhen\b|\b(what|which) (date|day|month|year)\b/i,
    new RegExp(
      `\\b\\d{1,2}(st|nd|rd|th)? (of )?${MONTH}\\b|\\b${MONTH} \\d{1,4}(st|nd|rd|th)?\\b|\\b(19|20)\\d\\d\\b`,
      'i',
    ),
  ],
];

/** What people are called by what they do: "which bowler" asks for a person, "which club" for a name. */
const ROLE =
  '(?:players?|coach(?:es)?|manager|captain|skipper|referee|umpires?|doctor|surgeon|physio|bowlers?|batters?|batsman|batsmen|wicketkeeper|keeper|goalkeeper|striker|midfielder|defender|winger|forward|hooker|prop|lock|flanker|fly-half|scrum-half|full-back|athletes?|sprinter|runner|jumper|champion|star|teenager|man|woman|boy|girl|person|fan|minister|president|chairman|chairwoman|secretary|director|official|journalist|writer|lawyer|agent|spinner|seamer|all-rounder|opener|selector|commentator)';

/** The one whose words come first in the question; of two at one place the first here. */
const KINDS: [AskedKind, RegExp][] = [
  [
    'rank',
    /\bwhere\b.*\b(ranked?|ranking|finish(ed)?|placed?|come|came)\b|\b(which|what) (places?|positions?|ranks?)\b/i,
  ],
  ['number', /\bhow (many|much|old|long|far|often|big|tall|high|fast|late|heavy)\b|\bscores?\b/i],
  ['number', /\b(what|which) (score|number|total|percentage|age|price|fee|time|height|distance|margin)\b/i],
  ['when', /\bwhen\b|\b(what|which) (year|day|date|month|season)\b/i],
  [
    'person',
    new RegExp(
      `\\bwho(m|se|s)?\\b|\\b(which|what) ([\\w-]+ ){0,3}${ROLE}\\b|\\bname of the ([\\w-]+ ){0,2}${ROLE}\\b`,
      'i',
    ),
  ],
  ['name', /\bwhich\b|\bname of\b/i],
  ['why', /\bwhy\b|\bwhat reason\b/i],
  ['where', /\bwhere\b/i],
];

/** A clause that tells the time or place of what another word asks for: "what job did she have when she won". */
const CIRCUMSTANCE =
  /(?<=\b(?:what|which|who|whom|whose|whos|whats|how|why)\b.*)(?<!\band) (?:when|where)\b.*/i;

/** Reads the last sentence of `text`: what stands before it in a thread asks nothing. */
export function askedFor(text: string): AskedFor {
  const question = (splitSentences(text.trim()).at(-1) ?? '').replace(CIRCUMSTANCE, '');
  const kind = kindOf(question);
  const form = FORMS.find(([, asks]) => asks.test(question))?.[0];
  const counted = /\bhow many ((?:[\p{L}'’-]+ ?){1,3})/iu.exec(question)?.[1] ?? '';
  return { kind, form, counted: stems(counted) };
}

function kindOf(question: string): AskedKind {
  const found = KINDS.map(([kind, asks]) => ({ kind, at: question.search(asks) })).filter(
    ({ at }) => at >= 0,
  );
  return found.sort((a, b) => a.at - b.at)[0]?.kind ?? 'other';
}

/**
 * 1 = the text holds what is asked for, -1 = it does not, 0 = nothing in particular is asked for, or it is unsure.
 * What the question says itself (`said`, in lower case) is no answer; `known`: as for `namesSomebodyNew`.
 */
export function holdsKind(
  { kind }: AskedFor,
  text: string,
  said: Set<string>,
  known: Set<string> = new Set(),
): number {
  const tokens = () =>
    text
      .replace(YEAR, '')
      .split(/\s+/)
      .filter((token) => isNews(token, said));
  switch (kind) {
    case 'person':
      return namesSomebodyNew(text, said, known);
    case 'rank':
      return sign(tokens().some((token) => isNumber(token) || ORDINAL.test(token)));
    case 'other':
      return 0;
    case 'name':
      return sign([...text.matchAll(NAME)].some(([name]) => isNews(name, said)));
    case 'number':
      return sign(tokens().some((token) => isNumber(token) && !/^one\b/i.test(token)));
    case 'when':
      return sign(TIME_WORD.test(text));
    case 'where':
      return sign(
        [...text.matchAll(PLACE)].some(([, name = '']) => isNews(name, said) && !TIME_WORD.test(name)),
      );
    case 'why':
      return sign(REASON.test(text));
  }
}

/** As `holdsKind`, for the form of a figure. */
export function holdsForm({ form }: AskedFor, text: string): number {
  const pattern = FORMS.find(([name]) => name === form)?.[2];
  return pattern ? sign(pattern.test(text)) : 0;
}

/** Whether a single word could be the answer, or part of it; what the question says itself is none. */
export function couldAnswer({ kind }: AskedFor, token: string, said: Set<string>): boolean {
  if (!isNews(token, said)) {
    return false;
  }
  switch (kind) {
    case 'person':
    case 'name':
    case 'where':
      return /^["'(“‘]?\p{Lu}/u.test(token);
    case 'number':
      return isNumber(token);
    case 'rank':
      return isNumber(token) || ORDINAL.test(token);
    case 'when':
      return isNumber(token) || TIME_WORD.test(token);
    default:
      return false;
  }
}

function isNews(token: string, said: Set<string>): boolean {
  const [word] = words(token);
  return word !== undefined && !said.has(word) && !isStopWord(word);
}

function isNumber(text: string): boolean {
  return /\d/.test(text) || NUMBER_WORD.test(text);
}

function sign(claim: boolean): 1 | -1 {
  return claim ? 1 : -1;
}
