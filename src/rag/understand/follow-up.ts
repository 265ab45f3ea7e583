// A second question in a thread often leans on the first ("and who bowled best?"). Joining turns always would
// wreck unrelated questions, so it is done only when the question cannot stand alone: it names nobody that the
// index or config/cricket.yaml knows, or it is short and points back. Earlier questions alone are memory; an
// answer is none, for it is no evidence.
import type { Entity } from './entities.js';
import { words } from './terms.js';
import { type Query, type UnderstandDeps, understand } from './understand.js';

const POINTS_BACK =
  /\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|that|this|those|these|there|then|same|too|also|the (two|three|pair|other|others|former|latter)|both)\b/i;
/** "And Khawaja?", "what about the women?": said of what was asked before. */
const GOES_ON = /^(and|but|or|also|what about|how about|what of|same for)\b/i;
/** A capitalised word after the first: a name, known or not. */
const NAME_LATER = /\S\s+["'“‘(]?\p{Lu}[\p{L}'’-]+/u;
const SHORT_WORDS = 9;
/** A turn of so few words that has no verb of its own is a name put in the place of another. */
const FRAGMENT_WORDS = 5;
const ASKS =
  /\b(who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|will|can)\b/i;
/** Turns that a chain of follow-ups is traced back. */
const MOST_TURNS = 5;

/** Reads a question in the light of the thread's earlier ones, oldest first. */
export async function understandInThread(
  question: string,
  earlier: string[],
  deps: UnderstandDeps,
): Promise<Query> {
  const alone = await understand(question, deps);
  if (earlier.length === 0 || !leansBack(question, alone)) {
    return alone;
  }
  const before = await contextOf(earlier.slice(-MOST_TURNS), deps);
  const rewritten = await withNameReplaced(alone, before, deps);
  return rewritten ? understand(rewritten, deps) : understand(question, deps, before);
}

/** The last question with those that it leans on in front. */
async function contextOf(earlier: string[], deps: UnderstandDeps): Promise<string> {
  const last = earlier.at(-1) ?? '';
  const rest = earlier.slice(0, -1);
  if (rest.length === 0 || !leansBack(last, await understand(last, deps))) {
    return last;
  }
  return `${await contextOf(rest, deps)} ${last}`;
}

/** Whether a question cannot stand alone. */
export function leansBack(text: string, { entities, namesSomebody }: Query): boolean {
  const isShort = text.split(/\s+/).length <= SHORT_WORDS;
  if (isShort && (GOES_ON.test(text) || POINTS_BACK.test(text) || isNameAlone(text, entities))) {
    return true;
  }
  return !NAME_LATER.test(text) && !namesSomebody && !entities.some(isSubject);
}

/** What a question can be about by itself; "the women" or "T20s" leave open whose. */
function isSubject({ kind }: Entity): boolean {
  return kind !== 'side' && kind !== 'format' && kind !== 'place';
}

/** "Harbour women": the answer to a question back, or a name in the place of another. */
function isNameAlone(text: string, entities: Entity[]): boolean {
  const named = new Set(entities.flatMap(({ said }) => words(said)));
  return words(text).every((word) => named.has(word));
}

/** "And Khawaja?" after a question about Warner asks the same about Khawaja; undefined = it does not fit. */
async function withNameReplaced(
  { entities, text }: Query,
  before: string,
  deps: UnderstandDeps,
): Promise<string | undefined> {
  const fragment = text
    .replace(GOES_ON, '')
    .replace(/[?.!]+$/, '')
    .trim();
  const isFragment = fragment.split(/\s+/).length <= FRAGMENT_WORDS && !ASKS.test(fragment);
  const named = entities.find(isSubject);
  if (!isFragment || !named) {
    return undefined;
  }
  const same = (await understand(before, deps)).entities.filter(({ kind }) => kind === named.kind);
  const replaced = same.find(({ name }) => name === named.name) ?? (same.length === 1 ? same[0] : undefined);
  const spoken = replaced && before.match(new RegExp(escaped(replaced.said), 'i'))?.[0];
  return spoken ? before.replace(spoken, fragment) : undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
