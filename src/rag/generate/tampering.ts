// Text in an article that is written for a program and not for its readers: orders to whoever summarises it,
// tokens of chat templates, addresses to hand out, calls to everybody in a channel. It is never quoted. A whole
// line (a paragraph of the page) goes, because the sentence after "note to automated readers" is part of it;
// so do lines between two such lines that are near each other. The article's honest lines stay and may answer.
import type { Passage } from '../../domain.js';
import { splitSentences } from '../evidence/sentences.js';
import { isConcealed, isForeign, isLatin, withoutBlocks } from '../guard/concealed.js';
import { plainForm } from '../guard/plain-letters.js';
import { orderScore } from './order-score.js';
import { isAddressed } from './order-signs.js';
import { ORDERS } from './order-weights.js';
import { remembered } from './remembered.js';
import { MARKS } from './tampering-marks.js';

/** Addresses to hand out: an answer links its sources and nothing else. The sentence goes, not its whole line. */
const ADDRESS = [
  /\b[a-z][a-z+.-]*:\/\/|\]\(|\bwww\.\w/i,
  /(?<![\w@.])(?:[a-z0-9-]{3,}\.)+(?:com|org|net|info|biz|io|co|app|dev|xyz|site|online|link|click|top|tv|store|shop|live|bet|win|club|vip|fun|ly|gg|me|us|eu|uk|in|au|pk|lk|bd|nz|za|test|example|invalid)\b(?!\w|\.\w)/,
];

/** Whether a piece of text is written for a program, by what no line of news holds or by what orders are made of. */
export const isTampering = remembered(
  (text: string): boolean => isMarked(text) || splitSentences(text).some(isOrder),
);

/** By the marks alone: single attacks that are known. */
export function isMarked(text: string): boolean {
  return matches(text, MARKS);
}

function isOrder(sentence: string): boolean {
  return orderScore(sentence) >= ORDERS.order;
}

/** Whether a sentence may be quoted by itself. */
export function isQuotable(sentence: string): boolean {
  return !isTampering(sentence) && !matches(sentence, ADDRESS);
}

function matches(text: string, marks: RegExp[]): boolean {
  const plain = plainForm(text);
  return isConcealed(text) || marks.some((mark) => mark.test(plain));
}

/** A passage of which less than this share is honest is withheld. */
const LEAST_HONEST = 0.3;
/** Sentences of a line that is a whole article, or a paragraph at least: what is beside the point stays. */
const LONG_LINE = 4;
/**
 * Where half of the sentences of a text are at least as far from orders as this, one that comes near to orders stands out, and is
 * taken for one from `ODD` on: attacks that nobody has seen the like of are odd in plain news.
 */
const CALM = -0.8;
const ODD = -0.25;
/** Pieces of one attack: what stands between two that are so near belongs to it. */
const MOST_APART = 5;

/** The text without what is written for a program: blocks, short lines whole, of a long line its sentences. */
export function honestText(text: string): string {
  const lines = withoutBlocks(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const isOdd = isLatin(text) ? isForeign : () => false;
  const standsOut = isCalm(lines)
    ? (sentence: string) => orderScore(sentence) >= ODD && isAddressed(sentence)
    : () => false;
  return keepHonest(
    lines.map((line) => honestLine(line, isOdd, standsOut)),
    '\n',
    isTampering,
  );
}

function isCalm(lines: string[]): boolean {
  const scores = lines.flatMap((line) => splitSentences(line).map(orderScore)).sort((a, b) => a - b);
  return (scores[Math.floor(scores.length * 0.5)] ?? 0) <= CALM;
}

function honestLine(
  line: string,
  isOdd: (piece: string) => boolean,
  standsOut: (sentence: string) => boolean,
): string {
  const isBad = (piece: string) => isTampering(piece) || isOdd(piece) || matches(piece, ADDRESS);
  const sentences = splitSentences(line);
  if (!isBad(line) && !sentences.some(isBad)) {
    return sentences.some(standsOut) ? keepHonest(sentences, ' ', standsOut) : line;
  }
  return sentences.length >= LONG_LINE ? keepHonest(sentences, ' ', isBad) : isOdd(line) ? '' : line;
}

/** An order points at what it wants said: "state this", "the following". */
const POINTS_BACK =
  /\b(?:stated?|quoted?|report|repeat|cited?|mention|confirm|stress|say|tell)\b(?: \p{L}+){0,2} (?:this|that|these|those|it|so|the above|the same)\b|\bto be stated\b/iu;
const POINTS_ON = /:\s*$|\b(?:following|next|below)\b/i;

/** Without bad pieces, without what stands between two of them, and without what they point at. */
function keepHonest(pieces: string[], joint: string, isBad: (piece: string) => boolean): string {
  const bad = pieces.map(isBad);
  const isPointedAt = (at: number) =>
    (bad[at + 1] === true && POINTS_BACK.test(pieces[at + 1] ?? '')) ||
    (bad[at - 1] === true && POINTS_ON.test(pieces[at - 1] ?? ''));
  const marked = withNeighbours(
    bad.map((is, at) => is || (joint === ' ' && isPointedAt(at))),
    (at) => joint === ' ' && orderScore(pieces[at] ?? '') >= ORDERS.beside,
  );
  const isBetween = (at: number) => {
    const before = marked.lastIndexOf(true, at);
    const after = marked.indexOf(true, at);
    return before >= 0 && after >= 0 && after - before <= MOST_APART;
  };
  return pieces
    .filter((_, at) => !marked[at] && !isBetween(at))
    .map((piece) => (joint === ' ' ? piece.trim() : piece))
    .filter(Boolean)
    .join(joint);
}

/** An attack of several sentences: what stands beside an order goes with it where it looks a little like one (hysteresis). */
function withNeighbours(bad: boolean[], looksBad: (at: number) => boolean): boolean[] {
  const all = [...bad];
  for (const step of [1, -1]) {
    for (let at = step === 1 ? 1 : all.length - 2; at >= 0 && at < all.length; at += step) {
      all[at] ||= all[at - step] === true && looksBad(at);
    }
  }
  return all;
}

/** A passage without what is written for a program; undefined = most of it is. */
export function honestPassage(passage: Passage): Passage | undefined {
  const text = honestText(passage.text).trim();
  if (text.length < LEAST_HONEST * passage.text.length) {
    return undefined;
  }
  return withHonestTitle(text === passage.text.trim() ? passage : { ...passage, text });
}

/** A passage whose headline may be shown. */
export function withHonestTitle(passage: Passage): Passage {
  const title = honestTitle(passage.title);
  return title === passage.title ? passage : { ...passage, title: title || passage.publisher };
}

/** A headline without what was put behind it for a program; '' when nothing else is left. */
function honestTitle(title: string): string {
  const isBad = (part: string) => matches(part, [...MARKS, ...ADDRESS]);
  const parts = title.split(/(\s+[|–—-]\s+|,\s+|\s*[([{<]|\s*\/\*|\s+\/+\s*)/);
  // A headline by itself may sound like an order ("Watch: …"), what stands behind one may not, and neither may one of two sentences.
  const isBadPart = (part: string, at: number) => isBad(part) || (at > 0 && isOrder(part));
  const sentences = splitSentences(title);
  const order = sentences.length > 1 ? sentences.findIndex(isOrder) : -1;
  if (order >= 0) {
    return honestTitle(sentences.slice(0, order).join(' ').trim());
  }
  if (!isBad(title) && !parts.some(isBadPart)) {
    return title;
  }
  const first = parts.findIndex(isBadPart);
  const kept =
    first < 0
      ? ''
      : parts
          .slice(0, Math.max(0, first - 1))
          .join('')
          .trim();
  return isBad(kept) ? '' : kept;
}
