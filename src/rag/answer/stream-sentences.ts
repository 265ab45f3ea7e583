// Text that arrives in pieces of any size, given out in whole sentences, each with the passages that it
// cites. Markers may be split over pieces ("[", "1", "]"), stand before or after the stop, and come alone or
// in lists: [1][2], [1, 2].
import { splitSentences } from '../evidence/sentences.js';
import { withoutAddresses, withoutRoleTokens } from '../generate/untrusted.js';

export interface WrittenSentence {
  /** Without markers, addresses and role tokens. */
  text: string;
  /** Numbers of the passages that it cites, each once, in order; [] = it cites none. */
  cites: number[];
  /** As it was written, with what white space followed it. */
  raw: string;
  /** Ends like a sentence, or before a line break. */
  isWhole: boolean;
}

const MARKER = /\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\]/g;
/** A marker that has begun and may go on in the next piece. */
const OPEN_MARKER = /\[[\d\s,;]*$/;
/** A stop with the markers after it: they belong to the sentence before the stop. */
const LATE_MARKERS = /([.!?…]+["'”’)\]]*)((?:\s*\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\])+)(\.?)/g;
/** A bullet or a number of a list. */
const BULLET = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/;
/** Longer without an end is no sentence. */
const LONGEST_SENTENCE = 2000;

export interface SentenceStream {
  /** The sentences that are whole now. */
  push(piece: string): WrittenSentence[];
  /** What is left at the end. */
  end(): WrittenSentence[];
}

export function createSentenceStream(): SentenceStream {
  let buffer = '';

  /** Cuts off what is surely whole: all but the last sentence. */
  function take(text: string, keepLast: boolean): WrittenSentence[] {
    const pieces = splitSentences(text.replace(LATE_MARKERS, markersFirst));
    const last = keepLast ? pieces.pop() : undefined;
    buffer = last ?? '';
    return pieces.map(readSentence).filter(({ text: words }) => /[\p{L}\p{N}]/u.test(words));
  }

  return {
    push(piece) {
      buffer += piece;
      const open = OPEN_MARKER.exec(buffer)?.[0] ?? '';
      const settled = buffer.slice(0, buffer.length - open.length);
      const sentences = take(settled, settled.length < LONGEST_SENTENCE);
      buffer += open;
      return sentences;
    },
    end() {
      return take(buffer, false);
    },
  };
}

function markersFirst(_: string, stop: string, markers: string): string {
  return ` ${markers.trim()}${stop}`;
}

function readSentence(raw: string): WrittenSentence {
  const cites = [...raw.matchAll(MARKER)].flatMap(([marker]) => (marker.match(/\d+/g) ?? []).map(Number));
  const words = raw.replace(BULLET, '').replace(new RegExp(`\\s*${MARKER.source}(?!\\()`, 'g'), '');
  const text = withoutAddresses(withoutRoleTokens(words)).trim();
  const isWhole = /[.!?…]["'”’)\]]*$/.test(text) || /\n\s*$/.test(raw);
  return { text, cites: [...new Set(cites)], raw, isWhole };
}
