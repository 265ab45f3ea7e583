// Text in an article that is written for a program and not for its readers: orders to whoever summarises it,
// tokens of chat templates, addresses to hand out, calls to everybody in a channel. It is never quoted. A whole
// line (a paragraph of the page) goes, because the sentence after "note to automated readers" is part of it;
// so does a line between two such lines. The article's honest lines stay and may answer.
import type { Passage } from '../../domain.js';

/** What no line of news holds. */
const MARKS: RegExp[] = [
  // Tokens of chat templates, and a role that begins a line or stands in JSON.
  /\[\/?INST\]|<<\/?SYS>>|<\/?s>|<\|[^|>\n]{1,40}\|>/i,
  /^\s*#{2,}.*#{2,}\s*$/,
  /^\s*(?:#+\s*)?(?:system|assistant|user)(?: (?:prompt|message|directive|note|update|instructions?)\b[^\n:]{0,40})?\s*(?::\s|#|$)/i,
  /["']role["']\s*:\s*["'](?:system|assistant|user|tool|developer)["']/i,
  /\b(?:system prompt|prompt update)\b/i,
  // Calls to everybody.
  /@(?:everyone|here|channel)\b|<!(?:channel|here|everyone)|<[@#][&!]?\w+>/i,
  // Something encoded: long, without a space, letters of both cases and figures.
  /(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{32,}={0,2}|\b(?:decode|base ?64)\b.{0,40}\b(?:text|string|message|this)\b/,
  // Addressed to a program.
  /\b(?:automated|machine|artificial|AI|LLM|bot)[ -](?:readers?|summari[sz]ers?|crawlers?|agents reading)\b/i,
  /\b(?:note|notice|message|memo|instructions?|directive|attention|hinweis|anweisung|nota|istruzione|instrucci[oó]n|consigne|remarque)s?\s+(?:to|for|an|für|à|a|para|al|all'|pour)\s+(?:\p{L}+\s+){0,2}(?:AIs?|IA|KI|LLMs?|GPT|(?:chat)?bots?|assist\p{L}+|language models?|sprachmodell\p{L}*)\b/iu,
  /\b(?:any|every|each|all) (?:programs?|models?|systems?|assistants?|bots?|AIs?|software)\b.{0,40}\b(?:summari[sz]|read(?:s|ing)? this|quot(?:es|ing) this|answer(?:s|ing)? from)/i,
  // Orders about the answer.
  /\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|prompts?|rules|guidelines)\b/i,
  /\bignorier\p{L}*\b.{0,40}\b(?:anweisung|vorgabe)|\bignore[zr]?\b.{0,30}\binstructions\b|\bignora\p{L}*\b.{0,40}\b(?:istruzioni|instrucciones)/iu,
  /\b(?:begin|start|open|close|end|finish|precede|prefix|append|sign|conclude)\p{L}*\b.{0,30}\b(?:repl(?:y|ies)|responses?|answers?|outputs?|summar(?:y|ies))\b.{0,20}\b(?:with|by|:)/iu,
  /\b(?:reply|respond|answer)\b(?: \p{L}+){0,3} (?:with|in)\b.{0,25}\b(?:only|words?|phrase|one line|nothing but)\b/iu,
  /\b(?:repl(?:y|ies)|responses?|answers?)\b.{0,30}\b(?:must|should|may|has to|have to|is)\b.{0,12}\b(?:be(?:gin|gins)?|start|end|close|contain|include|addressed|read|say)\b/i,
  /\b(?:your|every|each|the only (?:permitted|allowed)|any) (?:repl(?:y|ies)|responses?|outputs?|summar(?:y|ies))\b/i,
  /\bwith every answer\b|\b(?:every|each|your) answers?\b.{0,20}\b(?:must|should|with)\b/i,
  /\b(?:print|write|say|repeat|output|type|schreibe?|écris|écrivez|escribe|scrivi)\b(?: \p{L}+){0,3} (?:the |das |le |la |il |nur )?(?:words?|phrase|wort|mot|palabra|parola)\b(?: \p{L}+)? [\p{Lu}\d-]{3,}/iu,
  /\byou are (?:\p{L}+ ){0,3}from now on\b|\byou are now (?:an?|called|named|in)\b|\bfrom now on,? you\b|\bstay in character\b|\blet us play a game\b/iu,
  /\bin your (?:reply|response|answer|output|summary)\b|\bout of your (?:reply|response|answer|summary)\b/i,
  /\b(?:when|if|whenever) you (?:cite|quote|summari[sz]e|answer)\b/i,
  /\b(?:text|words) to (?:post|print|send|show) instead\b/i,
];

/** Addresses to hand out: an answer links its sources and nothing else. The sentence goes, not its whole line. */
const ADDRESS = [
  /\b[a-z][a-z+.-]*:\/\/|\]\(|\bwww\.\w/i,
  /(?<![\w@.])(?:[a-z0-9-]{3,}\.)+(?:com|org|net|info|biz|io|co|app|dev|xyz|site|online|link|click|top|test|example|invalid)\b(?![\w.])/,
];

/** Whether a piece of text is written for a program. */
export function isTampering(text: string): boolean {
  return matches(text, MARKS);
}

/** Whether a sentence may be quoted by itself. */
export function isQuotable(sentence: string): boolean {
  return !matches(sentence, MARKS) && !matches(sentence, ADDRESS);
}

function matches(text: string, marks: RegExp[]): boolean {
  // Letters that only look different, and characters that nobody sees.
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return marks.some((mark) => mark.test(plain));
}

/** The text without lines that are written for a program. */
export function honestText(text: string): string {
  const lines = text.split('\n');
  const marked = lines.map(isTampering);
  const isBetween = (at: number) => Boolean(marked[at - 1] && marked[at + 1]);
  return lines.filter((_, at) => !marked[at] && !isBetween(at)).join('\n');
}

/** A passage whose headline may be shown. */
export function withHonestTitle(passage: Passage): Passage {
  const title = honestTitle(passage.title);
  return title === passage.title ? passage : { ...passage, title: title || passage.publisher };
}

/** A headline without what was put behind it for a program; '' when nothing else is left. */
function honestTitle(title: string): string {
  if (!isTampering(title)) {
    return title;
  }
  const parts = title.split(/(\s+[|–—-]\s+)/);
  const first = parts.findIndex(isTampering);
  const kept = parts.slice(0, Math.max(0, first - 1)).join('');
  return isTampering(kept) ? '' : kept;
}
