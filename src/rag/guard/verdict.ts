// What a guard model says, read at the edge: "safe", or "unsafe" and on the next line the categories of Llama Guard 3
// (MLCommons' taxonomy of hazards, S1 to S13, with S14 for code). Anything else is no verdict.
import { BotError } from '../../errors.js';
import type { Harm } from '../ports.js';

const SELF_HARM = 'S11';
/**
 * Advice of a profession, defamation, privacy, copyright, elections, code: news speak of them by nature, and what is shown
 * stands in an article that is linked.
 */
const OF_NEWS = new Set(['S5', 'S6', 'S7', 'S8', 'S13', 'S14']);
const MOST_LINES = 2;

/** Error: `guard_unreadable`. */
export function readVerdict(text: string): Harm {
  const [first = '', second = ''] = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, MOST_LINES);
  if (/^safe$/i.test(first)) {
    return undefined;
  }
  if (!/^unsafe$/i.test(first)) {
    throw new BotError('guard_unreadable', 'The guard model gave no verdict: neither "safe" nor "unsafe"');
  }
  const categories: string[] = second.match(/\bS\d{1,2}\b/g) ?? [];
  if (categories.includes(SELF_HARM)) {
    return 'self-harm';
  }
  return categories.length > 0 && categories.every((name) => OF_NEWS.has(name)) ? undefined : 'abuse';
}
