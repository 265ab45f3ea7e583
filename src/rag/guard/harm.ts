// A second look at what the rules let pass: a classifier (config/moderation-model.json, fitted by bench/fit-moderation.mjs),
// which knows what abuse, threats and despair look like in words that nobody wrote a rule for: by n-grams and by who is
// spoken of, or with the meaning of the text beside them where the embedding model is installed. Its threshold lies above
// nearly every harmless line of people whose lines it was not fitted on: rules are for what must be caught, it is for the rest.
import type { Embedder } from '../ports.js';
import { createScorer, type LinearModel, type TextFeatures } from './linear-model.js';
import type { Finding } from './moderate.js';
import { readingsOf } from './readings.js';
import { isAboutSaying, isOfSelf } from './who-speaks.js';

export interface HarmPart extends LinearModel {
  /** From this score on a text counts as harmful. */
  harm: number;
}

/** By words alone, and with the vector of the embedding model that it names. */
export interface HarmModel {
  words: HarmPart;
  meaning: HarmPart;
  /** Below this score of words a text is plainly harmless. */
  clear: number;
}

const YOU = /\b(?:you|your|yours|yourself|u|ur|tu|tum|tera|teri|tere|tujhe|tumhara|tui|tor|tore|tomar)\b/g;
const I = /\b(?:i|me|my|myself|mine|main|mujhe|mera|meri|mere|ami|amar|amake)\b/g;
const OTHERS = /\b(?:he|him|his|she|her|they|them|their|these|those|usko|uski|inko|unko|or|oder|oke)\b/g;
const OPENS =
  /^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|can|could|will|any)\b/;
const MOST = 3;
const SHORT = 4;

/**
 * Of the reading in which disguises are undone. Counts are 0..3 each: whoever is spoken to, whoever speaks, others;
 * exclamations; whether it asks, begins as a question, is short.
 */
export function harmFeatures(text: string): TextFeatures {
  const reading = readingsOf(text).at(-1) ?? '';
  const words = reading.split(' ').filter((word) => word !== '.' && word !== '');
  const count = (pattern: RegExp, where: string) => where.match(pattern)?.length ?? 0;
  const counts = [
    count(YOU, reading),
    count(I, reading),
    count(OTHERS, reading),
    count(/!/g, text),
    text.includes('?') ? 1 : 0,
    OPENS.test(reading) ? 1 : 0,
    words.length <= SHORT ? 1 : 0,
  ];
  return { counts: counts.map((value) => Math.min(MOST, value)), words };
}

/** By words alone. `clear` = so plainly harmless that a word or phrase which rules find there means something else. */
export function createHarmTest({ clear, words }: HarmModel): (text: string) => 'harm' | 'clear' | undefined {
  const score = createScorer(words);
  return (text) => {
    const found = score(harmFeatures(text));
    return found >= words.harm ? 'harm' : found < clear ? 'clear' : undefined;
  };
}

export interface SecondLookDeps {
  embedder: Pick<Embedder, 'embed'>;
  /** Gets the failure of the embedder; words decide then. */
  onFailure: (error: unknown) => void;
}

/** With the meaning, for questions that the rules let pass. Throws the signal's reason alone. */
export function createSecondLook(
  model: HarmModel,
  { embedder, onFailure }: SecondLookDeps,
): (text: string, signal: AbortSignal) => Promise<Finding | undefined> {
  const byWords = createHarmTest(model);
  const score = createScorer(model.meaning);

  async function isHarm(text: string, signal: AbortSignal): Promise<boolean> {
    try {
      const [vector] = await embedder.embed([text], 'question', signal);
      return score({ ...harmFeatures(text), vector }) >= model.meaning.harm;
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error);
      return byWords(text) === 'harm';
    }
  }

  return async (text, signal) => {
    const reading = readingsOf(text)[0] ?? '';
    return !isAboutSaying(text, reading) && (await isHarm(text, signal))
      ? { category: isOfSelf(reading) ? 'self-harm' : 'abuse', rule: 'classifier' }
      : undefined;
  };
}
