// An article as it is compared with others: the names in it, and the figures, ordinals and sides that tell two matches
// of the same teams apart.
import type { Article } from '../domain.js';

/** What is compared. */
export interface Reading {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Words written with a capital within sentences, in lower case, as often as they stand there. */
  names: string[];
  /** Figures of two digits and more, each once, without those of years. */
  figures: string[];
  /** "17-12", "132-2": of headline and first words. */
  scores: string[];
  /** "test:2", "leg:1", "week:6": which of a series it tells of. */
  places: string[];
  /** "women", "under-19"; [] = none is named. */
  sides: string[];
}

/** Words of the opening that tell what an article is about; what follows is background. */
const LEAD_WORDS = 90;
const LONGEST_TEXT = 4000;

const NAME = /(?<opens>^|[.!?:]["'”’)]*\s+|["“‘(]|\n)?(?<word>\p{Lu}[\p{L}\p{M}]+(?:['’-]\p{Lu}?\p{L}+)*)/gu;
const FIGURE = /(?<![\p{L}\d.,-])[£$€]?\d[\d,]*(?:\.\d+)?/gu;
const SCORE =
  /(?<![\d/-])(?<a>\d{1,3})(?:\s?[-–]\s?|\/)(?<b>\d{1,3})(?![\d/-])|\b(?<runs>\d{2,3}) (?:for|all) (?<lost>\d{1,2}|out)\b/gu;
const SETS = /(?:\b\d{1,2}[-–]\d{1,2}\b(?: ?\(\d{1,2}[-–/]\d{1,2}\))?(?:,| and)? ?){2,}/g;
const YEAR = /^(?:19|20)\d\d$/;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'];
const PLACE =
  /\b(?<nth>first|second|third|fourth|fifth|sixth|seventh|[1-9]\d?(?:st|nd|rd|th))[ -](?<of>test|odi|one-day|t20i?|twenty20|leg|round|match|game|semi-final|final)\b|\b(?<what>week|day|round|matchday|game) (?<n>\d{1,2}|one|two|three|four|five)\b/giu;
const NUMBER_WORDS = ['one', 'two', 'three', 'four', 'five'];
const WOMEN = /\bwom[ae]n(?:'s|’s|s)?\b|\bgirls\b|\bw(?:bbl|pl|sl|nba)\b/i;
const UNDER_19 = /\bunder[- ]?(?:19|21)s?\b|\bu-?(?:19|21)s?\b/i;

/** Reads the first 4,000 characters; takes about a millisecond. */
export function readArticle({ id, publishedAt, text, title }: Article): Reading {
  const body = text.slice(0, LONGEST_TEXT);
  const opening = `${title}\n${body.split(/\s+/, LEAD_WORDS).join(' ')}`;
  return {
    id,
    at: Date.parse(publishedAt),
    names: namesOf(body, title),
    figures: figuresOf(`${title}\n${body}`),
    scores: scoresOf(opening),
    places: placesOf(opening),
    sides: [...(WOMEN.test(opening) ? ['women'] : []), ...(UNDER_19.test(opening) ? ['under-19'] : [])],
  };
}

/** A word that opens a sentence is a name when it is one elsewhere; so is a word of the headline. */
function namesOf(body: string, title: string): string[] {
  const found = [...body.matchAll(NAME)].map(({ groups, index }) => ({
    word: plain(groups?.['word'] ?? ''),
    isSure: index > 0 && groups?.['opens'] === undefined,
  }));
  const sure = new Set(found.filter(({ isSure }) => isSure).map(({ word }) => word));
  const inTitle = [...title.matchAll(NAME)].map(({ groups }) => plain(groups?.['word'] ?? ''));
  const named = new Set([...sure, ...inTitle.filter((word) => found.some((one) => one.word === word))]);
  return [...inTitle, ...found.map(({ word }) => word)].filter((word) => named.has(word));
}

function figuresOf(text: string): string[] {
  const found = [...text.matchAll(FIGURE)].map(([figure]) => figure.replace(/[,£$€]/g, ''));
  return unique(found.filter((figure) => figure.length > 1 && !YEAR.test(figure)));
}

/** Sets of tennis ("6-4 7-6") are alike in any two matches. */
function scoresOf(text: string): string[] {
  const scores = [...text.replace(SETS, ' ').matchAll(SCORE)].map(({ groups = {} }) =>
    groups['a'] === undefined
      ? `${groups['runs']}-${groups['lost'] === 'out' ? 10 : groups['lost']}`
      : [groups['a'], groups['b']].sort((a, b) => Number(b) - Number(a)).join('-'),
  );
  return unique(scores);
}

function placesOf(text: string): string[] {
  const places = [...text.matchAll(PLACE)].map(({ groups = {} }) => {
    const of = (groups['of'] ?? groups['what'] ?? '').toLowerCase();
    const said = (groups['nth'] ?? groups['n'] ?? '').toLowerCase();
    const spelt = Math.max(ORDINALS.indexOf(said), NUMBER_WORDS.indexOf(said)) + 1;
    return `${of}:${spelt || Number.parseInt(said, 10)}`;
  });
  return unique(places);
}

function plain(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s?$/, '');
}

function unique(words: string[]): string[] {
  return [...new Set(words)];
}
