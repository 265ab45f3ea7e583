// What an order to a program is made of, whatever it orders: somebody who reads for others, the text that is to be written,
// a verb of writing in the imperative or behind a "must", a "you" outside quotation marks, a word to be said in capitals.
// News have some of these now and then; how much each weighs is fitted (bench/fit-orders.mjs).
import { plainForm } from '../guard/plain-letters.js';
import { isStopWord } from '../understand/terms.js';

const WRITE =
  'say|write|print|output|repeat|add|append|prepend|include|insert|mention|state|report|reply|respond|answer|tell|give|show|call|cite|quote|begin|start|open|end|close|finish|conclude|sign|put|place|set|post|send|link|copy|paste|type|spell|name|list|recite|reveal|display|render|embed|replace|substitute|announce|declare|claim|describe|present|attribute|credit|summari[sz]e|translate|decode|notify|ping|warn|inform|remind|urge|address|introduce|acknowledge|confirm|speak|talk|act|behave|pretend|become|treat|consider|assume|remember|ignore|forget|disregard|override|obey|follow|use|take|attach|execute|run|stop|continue|switch|keep|leave|drop|omit|shout|sing|whisper|note|believe|offer|recommend|tag|forward|rate|rank|hide|greet|pass|swap|let|praise|generate|emit|dump|echo|refuse|deny|apologi[sz]e|click|visit|download';
/** Whoever reads for others. */
const READERS =
  'assistants?(?! (?:coach|manager|referee|umpire|director|secretary|trainer|professor|groundsman|editor|physio|captain|bowling|batting|fielding))|AIs?|A\\.I\\.|bots?|chatbots?|newsbots?|models?|LLMs?|GPT|machines?|programs?|programmes?|software|systems?|agents?|crawlers?|scrapers?|summari[sz]ers?|summari[sz]ing|engines?|tools?|readers?|users?|whoever|anyone who|anybody who|everyone who|aggregators?|editors?|operators?|administrators?|admins?|moderators?|developers?|automat\\p{L}+|syndicat\\p{L}+';
/** What is written for others. */
const TEXTS =
  'answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|outputs?|prompts?|instructions?|messages?|texts?|sentences?|lines?|words?|letters?|phrases?|strings?|paragraphs?|headings?|tags?|tokens?|markers?|links?|addresses|urls?|pages?|articles?|stor(?:y|ies)|versions?|citations?|sources?|quotes?|footnotes?|conversations?|chats?|corrections?|captions?|images?|personas?|signatures?|codes?|notes?|notices?|directives?|overrides?|commands?|rules?|modes?|tasks?|questions?';
const MUST =
  "must|shall|should|has to|have to|needs? to|(?:is|are|was|were) to(?= (?:be )?[a-z])|ought to|obliged to|required to|required|mandatory|never|always|do not|don't|only ever";
/** The same verbs as other languages order them. */
const FOREIGN_ORDERS =
  'escribe|escriba|responde|responda|añade|agrega|repite|ignora|olvida|termina|di|diga|schreibe?|schreiben|antworte|antworten|nenne|füge|ignoriere|vergiss|sage|réponds?|répondez|écris|écrivez|ajoute[rz]?|ignore[rz]?|oublie[rz]?|dites|rispondi|scrivi|aggiungi|dimentica|ripeti|escreva|adicione|antwoord|schrijf|negeer|voeg|svara|skriv|odpowiedz|napisz|cevap|yaz|ekle|jibu|andika|likho|likhein|likhiye|bolo|jawab|uttar|uttare';
/** Words that hardly any English sentence is without. */
const ENGLISH = new Set(
  'one two three four five six seven eight nine ten first last also just still even very more most some any other now because how what why says said get got go goes went going make makes made take takes took see new like than too well never always every each much many own another such good best'.split(
    ' ',
  ),
);
const isEnglish = (word: string) => isStopWord(word) || ENGLISH.has(word) || /['’]/.test(word);

const count = (source: string, flags = 'giu') => {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, flags);
  return (text: string) => text.match(pattern)?.length ?? 0;
};
const has = (pattern: RegExp) => (text: string) => (pattern.test(text) ? 1 : 0);

const readers = count(READERS);
const texts = count(TEXTS);
const writes = count(WRITE);
const foreignOrders = count(FOREIGN_ORDERS);
const yous = count('you|your|yours|yourself');
const insteads = count(
  'instead|rather than|nothing else|only|no other|not mention|in place of|in full|verbatim|word for word|exactly',
);
const pasts = count(
  'was|were|had|did|said|took|made|won|lost|beat|hit|scored|bowled|told|came|went|began|got|gave|left|has|have|been|\\p{Ll}{3,}ed',
  'gu',
);

/** Each sign by its name; a number, 0 = it is not there. `text` in plain letters, `open` without what stands in quotation marks. */
const SIGNS: Record<string, (text: string, open: string) => number> = {
  imperative: has(
    new RegExp(
      `^[^\\p{L}]*(?:(?:please|now|then|and|also|just|kindly|instead|first|always|never|do not|don't|in \\p{L}+ \\p{L}+),? )*(?:${WRITE}) (?!(?:was|were|is|are|had|has|of|made|took|hit|won|lost|in|at|after|before|against)\\b)`,
      'iu',
    ),
  ),
  imperativeLater: has(
    new RegExp(
      `(?:[:;,–—-] |\\band )(?:${WRITE}) (?:it|this|that|the|an?|your?|only|all|no|in|with|by|as|to|[\\p{Lu}"“'])`,
      'u',
    ),
  ),
  writes: (_, open) => writes(open),
  you: (_, open) => yous(open),
  reader: (_, open) => readers(open),
  text: (_, open) => texts(open),
  readerWrites: has(new RegExp(`\\b(?:${READERS})\\b.{0,60}\\b(?:${WRITE})s?\\b`, 'iu')),
  mustWrite: has(new RegExp(`\\b(?:${MUST})\\b.{0,25}\\b(?:${WRITE})\\b`, 'iu')),
  anyText: has(
    new RegExp(
      `\\b(?:any|every|each|all|your|its|their|further|later|next|whole) (?:\\p{L}+ ){0,2}(?:${TEXTS})\\b`,
      'iu',
    ),
  ),
  thisText: has(
    new RegExp(
      `\\b(?:this|the above|the following|above|below|preceding|present|given) (?:${TEXTS})\\b`,
      'iu',
    ),
  ),
  label: has(/^[^\p{L}]{0,20}(?:\p{L}[\p{L}'-]*\s){0,4}\p{L}[\p{L}'-]*\s?(?:\([^)]{0,80}\))?:\s/u),
  dialogue: has(/(?:^|\s)[\p{Lu}][\p{L}]{0,12}:\s.{2,120}\s[\p{Lu}][\p{L}]{0,12}:\s/u),
  saysWord: has(
    new RegExp(
      `\\b(?:${WRITE})s?\\b[^.]{0,40}(?:["“'«][^"”'»]{2,60}["”'»]|\\b[\\p{Lu}\\d]{3,}(?:[-_ ][\\p{Lu}\\d]+)*\\b)`,
      'u',
    ),
  ),
  capitals: has(/\b\p{Lu}{2,}[\p{Lu}\d]*(?: \p{Lu}{2,}[\p{Lu}\d]*){1,}\b/u),
  code: has(/\b\p{Lu}{3,}[-_=:]+[\p{Lu}\d]+\b|\b\p{Lu}{2,}\d{2,}\b/u),
  marks: (text) => text.match(/[[\]{}<>|`#*_=\\^~@]/g)?.length ?? 0,
  instead: (_, open) => insteads(open),
  whenAsked: has(
    /\b(?:when|if|whenever|before|once|while|after|should) (?:you|it|they|anyone|anybody|somebody|someone|asked|answering|replying|responding|summari[sz]ing|quoting|citing)\b/iu,
  ),
  itWrites: has(new RegExp(`^[^\\p{L}]*(?:it|they) (?:\\p{L}+ ){0,2}(?:${WRITE})s?\\b`, 'iu')),
  foreign: (text) => {
    const plainWords = text.match(/(?<![\p{L}\p{N}])\p{Ll}[\p{L}'’]*/gu) ?? [];
    const english = plainWords.filter(isEnglish).length;
    return plainWords.length >= 4 ? Math.max(0, 1 - (4 * english) / plainWords.length) : 0;
  },
  foreignOrder: (text) => foreignOrders(text),
  accents: (text) => text.match(/(?<!\p{L})\p{Ll}*[^\P{Ll}a-z’'][\p{Ll}]*/gu)?.length ?? 0,
  past: (_, open) => pasts(open),
  figures: (text) => text.match(/(?<![\p{L}\d-])\d+(?![\p{L}\d-])/gu)?.length ?? 0,
  names: (text) => text.match(/(?<=[\p{Ll},] )\p{Lu}\p{Ll}+/gu)?.length ?? 0,
  question: has(/\?/),
  short: (text) => (text.split(/\s+/).length <= 6 ? 1 : 0),
};
const MOST = 3;
/** A sentence that is longer says no more, and costs time. */
const LONGEST = 600;
const QUOTED = /["“][^"”]*["”]|(?<!\p{L})['‘][^'’]*['’](?!\p{L})/gu;

/** Of being spoken to, or of what is to be written; the others stand in scores and headlines as well. */
const OF_ADDRESS = new Set(
  'imperative imperativeLater writes you reader readerWrites text anyText thisText mustWrite saysWord instead whenAsked itWrites foreignOrder'.split(
    ' ',
  ),
);
const ADDRESSED = 2;

/** Whether several signs say that a piece is addressed to somebody who is to write or say something. */
export function isAddressed(piece: string): boolean {
  const signs = orderSigns(piece);
  return Object.keys(SIGNS).filter((name, at) => OF_ADDRESS.has(name) && signs[at]).length >= ADDRESSED;
}

/** In the order of SIGNS, 0..3 each. */
export function orderSigns(piece: string): number[] {
  const text = plainForm(piece.slice(0, LONGEST));
  const open = text.replace(QUOTED, ' ');
  return Object.values(SIGNS).map((sign) => Math.min(MOST, sign(text, open)));
}
