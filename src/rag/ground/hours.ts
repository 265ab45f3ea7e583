// Hours of the day, in either clock.
import type { DateFact } from './facts.js';
import { readNumber } from './number-words.js';
import type { Token } from './tokens.js';

const BEFORE_HOUR = /^(?:at|from|by|until|till|before|after|around|about|starts?|begins?)$/;

/** "1 pm", "1.30pm", "14:50", "2:30 p.m.", "noon", "at six in the evening". */
export function hourAt(tokens: Token[], at: number): DateFact | undefined {
  const token = tokens[at];
  if (/^(?:noon|midday|midnight)$/.test(token?.lower ?? '')) {
    const minutes = token?.lower === 'midnight' ? 0 : 720;
    return { minutes, isHalfKnown: true, start: at, next: at + 1 };
  }
  const read = readNumber(tokens, at);
  if (!read || read.isOrdinal || read.value > 24) {
    return undefined;
  }
  const isClock =
    tokens[read.next]?.text === ':' &&
    tokens[read.next]?.isGlued &&
    /^\d\d$/.test(tokens[read.next + 1]?.text ?? '');
  const minute = isClock ? Number(tokens[read.next + 1]?.text) : Math.round((read.value % 1) * 100);
  const next = isClock ? read.next + 2 : read.next;
  const half = /^([ap])(?:m)?$/.exec(tokens[next]?.lower ?? '')?.[1];
  const isDotted = tokens[next]?.lower.length === 1;
  const isHalf = half !== undefined && (!isDotted || tokens[next + 2]?.lower === 'm');
  const isBare =
    read.value <= 12 &&
    BEFORE_HOUR.test(tokens[at - 1]?.lower ?? '') &&
    halfInWords(tokens, next) !== undefined;
  const isHour = isClock || isHalf || isBare || tokens[next]?.lower === "o'clock";
  if (!isHour || minute > 59) {
    return undefined;
  }
  const end = isHalf ? next + (isDotted ? 3 : 1) : next + (isClock || isBare || !tokens[next] ? 0 : 1);
  const told = isHalf ? undefined : halfInWords(tokens, end);
  const isAfternoon = half === 'p' || told === 'p';
  const isKnown = isHalf || told !== undefined;
  const hour = Math.floor(read.value) % (isKnown && read.value < 13 ? 12 : 24);
  const minutes = hour * 60 + minute + (isKnown && isAfternoon && hour < 12 ? 720 : 0);
  return { minutes, isHalfKnown: isKnown || hour > 12 || /^0/.test(token?.text ?? ''), start: at, next: end };
}

/** "11:30 in the morning", "7 o'clock at night". */
function halfInWords(tokens: Token[], at: number): 'a' | 'p' | undefined {
  const words = tokens
    .slice(at, at + 3)
    .map(({ lower }) => lower)
    .join(' ');
  if (/^in the morning\b/.test(words)) {
    return 'a';
  }
  return /^(?:in the (?:afternoon|evening)|at night)\b/.test(words) ? 'p' : undefined;
}
