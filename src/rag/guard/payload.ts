// What an attack wants shown is mostly no word of the game: a code to be repeated, a shout in capitals, an address, a number
// to call, a command. A writer has no need of them, so it may repeat one only where the question has it, or where the
// sources use it as their own word: more than once, or in a headline.
import { plainForm } from './plain-letters.js';

const CODE = /(?<![\p{L}\p{N}])(?=[\p{Lu}\d]*\p{Lu}{3})[\p{Lu}\d]+(?:[-_=:/]+[\p{Lu}\d]+)+(?![\p{L}\p{N}])/gu;
/** Short forms of the game have up to four letters, and a year perhaps. */
const SHOUT = /(?<![\p{L}\p{N}])\p{Lu}{5,}(?![\p{L}\p{N}])/gu;
const SHOUTED = /(?<![\p{L}\p{N}])\p{Lu}{3,}(?: \p{Lu}{2,})+(?![\p{L}\p{N}])/gu;
const MAIL = /[\w.+-]+@[\w-]+\.\w+/g;
const CALL = /(?:\+|00)\d[\d ()-]{6,}\d|(?<!\d)0\d{2,4}[ -]\d{3}[\d -]{2,}\d/g;
const COMMAND = /(?<!\S)(?:\/[a-z]{2,}|@[\w-]{2,})/giu;
const PAYLOADS = [CODE, SHOUTED, SHOUT, MAIL, CALL, COMMAND];

/** `question` and `headlines` may hold it once, `texts` must twice. */
export function carriesPayload(
  sentence: string,
  { headlines, question, texts }: { question: string; headlines: string[]; texts: string[] },
): boolean {
  const said = plainForm(sentence);
  const found = PAYLOADS.flatMap((pattern) => said.match(pattern) ?? []);
  const given = [question, ...headlines].map(folded);
  const all = texts.map(folded).join('\n');
  return found.some((payload) => {
    const word = folded(payload);
    return !given.some((text) => text.includes(word)) && all.split(word).length <= 2;
  });
}

const folded = (text: string) => plainForm(text).toLowerCase();
