// Claims that a later report outdates. "Cummins is the most expensive" was true for an hour; once a newer report says
// it of Starc, the older sentence is not quoted as if it still held.
import type { Passage } from '../../domain.js';
import { stems } from '../understand/terms.js';
import { splitSentences } from './sentences.js';

/** Superlatives and records, each with the one name that they share. */
const BESTS: [string, RegExp][] = [
  [
    'dear',
    /\b(?:most expensive|dearest|costliest|record (?:price|fee|bid|signing)|highest[ -](?:price|paid|bid|fee))\b/i,
  ],
  ['young', /\byoungest\b/i],
  ['old', /\boldest\b/i],
  ['fast', /\bfastest\b/i],
  [
    'total',
    /\b(?:highest|biggest|largest) (?:\w+ )?(?:total|score|margin|win|victory|crowd|stand|partnership|chase)\b/i,
  ],
  ['low', /\blowest (?:\w+ )?(?:total|score)\b/i],
  ['runs', /\bmost (?:\w+ )?runs\b|\b(?:top|leading|highest)[ -](?:run[- ])?scorer\b/i],
  ['wickets', /\bmost (?:\w+ )?wickets\b|\b(?:top|leading) wicket[- ]taker\b/i],
  ['first', /\b(?:top of|lead) the (?:table|standings|rankings)\b/i],
];
/** A claim of the past stays true. */
const PAST = /\b(?:was|were|had been|previous|former|until|then|once)\b/i;
const NAME = /\p{Lu}[\p{L}'’-]+/gu;
/** Share of the shorter one's telling words, names and the superlative aside, that two claims must have in common. */
const SAME_MATTER = 0.2;

/** Openings are looked at for claims; more than a few superlatives in one look at the news would be a list. */
const MOST_CLAIMS = 3;

/** Sentences with a superlative that a survey of these passages might quote, at most three. */
export function claimsOfBest(passages: Passage[]): string[] {
  return passages
    .filter(({ ordinal }) => ordinal === 0)
    .flatMap(({ text }) => splitSentences(text).slice(0, 1))
    .filter((sentence) => bestsOf(sentence).length > 0 && !PAST.test(sentence))
    .slice(0, MOST_CLAIMS);
}

/** Whether a newer one of the passages says of somebody else what the sentence says, and is no less about it. */
export function isSuperseded(sentence: string, passage: Passage, passages: Passage[]): boolean {
  const bests = bestsOf(sentence);
  if (bests.length === 0 || PAST.test(sentence)) {
    return false;
  }
  return passages.some(
    (other) =>
      other.publishedAt > passage.publishedAt &&
      splitSentences(`${other.title}.\n${other.text}`).some(
        (rival) =>
          bestsOf(rival).some((best) => bests.includes(best)) &&
          !PAST.test(rival) &&
          isOfAnother(rival, sentence) &&
          sharesMatter(rival, sentence),
      ),
  );
}

function bestsOf(text: string): string[] {
  return BESTS.flatMap(([best, pattern]) => (pattern.test(text) ? [best] : []));
}

/** Whose it is: the last word of the first name. "The" and other first words are no names. */
function isOfAnother(one: string, other: string): boolean {
  const [mine, theirs] = [holderOf(one), holderOf(other)];
  return mine !== undefined && theirs !== undefined && mine !== theirs;
}

function holderOf(text: string): string | undefined {
  const names = [...text.matchAll(/(?:\p{Lu}[\p{L}'’-]+ ?)+/gu)].map(
    ([run]) => run.trim().split(' ').at(-1) ?? '',
  );
  const holder = names.find((name) => stems(name).length > 0)?.replace(/['’]s$/, '');
  return holder?.toLowerCase();
}

function sharesMatter(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => new Set(stems(text.replace(NAME, ' ')))) as [
    Set<string>,
    Set<string>,
  ];
  const shared = [...a].filter((stem) => b.has(stem)).length;
  return shared / Math.max(1, Math.min(a.size, b.size)) >= SAME_MATTER;
}
