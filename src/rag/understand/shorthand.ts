// People type in haste: "wen did he", "wot ground", "tell me abt". Such spellings are of no language's dictionary and of no
// name; read as telling words they would be the rarest of the question, and the articles would seem to lack them.
import { languageOf } from './language.js';

/** Only what is no word, name or number of its own in small letters: "wen" yes; "hu", "were" and "w" (for women) no. */
const IN_FULL = new Map(
  Object.entries({
    wen: 'when',
    wenn: 'when',
    whn: 'when',
    wot: 'what',
    wat: 'what',
    wht: 'what',
    wich: 'which',
    whitch: 'which',
    wher: 'where',
    hoo: 'who',
    whoes: 'whose',
    wy: 'why',
    hw: 'how',
    u: 'you',
    ur: 'your',
    n: 'and',
    abt: 'about',
    yr: 'year',
    yrs: 'years',
    pls: 'please',
    plz: 'please',
    ppl: 'people',
    tho: 'though',
    cuz: 'because',
    coz: 'because',
    bcoz: 'because',
    '2day': 'today',
    '2nite': 'tonight',
    tonite: 'tonight',
    '2moro': 'tomorrow',
    tmrw: 'tomorrow',
    yday: 'yesterday',
    // What only sets the tone says nothing.
    ngl: '',
    tbh: '',
    btw: '',
    lol: '',
  }),
);
/** A word of small letters by itself, or one that begins the text. */
const WORD = /(?<![\p{L}\p{N}'’.&/-])(?:^\p{Lu})?[\p{Ll}\d]{1,6}(?![\p{L}\p{N}'’.&/-])/gu;

/** An English question with its shorthand written in full; "wen" and "was" are words elsewhere. */
export function writtenOut(question: string): string {
  return languageOf(question) === 'en'
    ? question.replace(WORD, (word) => IN_FULL.get(word.toLowerCase()) ?? word).trim()
    : question;
}
