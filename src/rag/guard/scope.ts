// Whether a question is about cricket and what surrounds it. What names the game and nothing else is answered, and so is
// what says nothing of a topic; the rest a classifier decides (config/scope-model.json, fitted by bench/fit-scope.mjs),
// by words alone or with the vector that retrieval needs anyway. Where it is not sure, the articles decide.

import type { Embedder } from '../ports.js';
import type { Entity } from '../understand/entities.js';
import { createBettingTest } from './betting.js';
import { createScorer, type LinearModel, type Scorer } from './linear-model.js';
import { createScopeFeatures } from './scope-features.js';

export interface ScopeRules {
  /** Words of the game and of nothing else. */
  cricket: string[];
  /** Words of the game that also mean something else. */
  mostly: string[];
  /** Words of all sports. */
  sport: string[];
  /** Words of other topics. */
  other: string[];
  /** Words that say nothing of a topic. */
  generic: string[];
  /** People of the game, by the last part of their names. */
  people: string[];
  groups: Record<string, string[]>;
  /** Phrases that ask for advice on bets and on cheating. */
  betting: string[];
  /** Words of bets and bribes, and words of what came of them, which make it news. */
  bettingWords: string[];
  aboutCheating: string[];
  models: { words: ScopeModel; meaning: ScopeModel; bets: BetsModel };
}

export interface ScopeModel extends LinearModel {
  /** Scores of cricket: below `decline` it is not, below `doubt` it is only if articles answer it. */
  decline: number;
  doubt: number;
}

export interface BetsModel extends LinearModel {
  /** From this score on a question seems to ask for advice on bets or on cheating. */
  ask: number;
}

export interface ScopedQuestion {
  /** Of a follow-up, with what it leans on in front. */
  text: string;
  /** What it names, by the lists and by the index; [] = unknown. */
  entities: Pick<Entity, 'kind' | 'said'>[];
}

/** Why a question is declined; `doubtful` = unless articles answer it; undefined = it is answered. */
export type Verdict = 'scope' | 'betting' | 'doubtful' | undefined;
export type Scope = (question: ScopedQuestion, signal?: AbortSignal) => Promise<Verdict>;

export interface ScopeDeps {
  /** Absent, or another than the model was fitted with = words alone. */
  embedder?: Pick<Embedder, 'key' | 'embed'> | undefined;
  /** Gets the failure of the embedder; words decide then. */
  onFailure?: (error: unknown) => void;
}

/** Error: `config_invalid` for a phrase that cannot be read. */
export function createScope(rules: ScopeRules, { embedder, onFailure }: ScopeDeps = {}): Scope {
  const featuresOf = createScopeFeatures(rules);
  const asksForBets = createBettingTest(rules);
  const { bets, meaning, words } = rules.models;
  const scorers: Record<'meaning' | 'words', Scorer> = {
    meaning: createScorer(meaning),
    words: createScorer(words),
  };
  const scoreOfBets = createScorer(bets);
  const usable = embedder?.key === meaning.meaning?.key ? embedder : undefined;

  async function vectorOf(text: string, signal: AbortSignal | undefined) {
    try {
      return (await usable?.embed([text], 'question', signal))?.[0];
    } catch (error) {
      signal?.throwIfAborted();
      onFailure?.(error);
      return undefined;
    }
  }

  return async (question, signal) => {
    const { isPlain, ...features } = featuresOf(question);
    if (asksForBets(question.text, scoreOfBets(features) >= bets.ask)) {
      return 'betting';
    }
    if (isPlain) {
      return undefined;
    }
    const vector = await vectorOf(question.text, signal);
    const kind = vector ? 'meaning' : 'words';
    const score = scorers[kind]({ ...features, vector });
    const { decline, doubt } = rules.models[kind];
    return score < decline ? 'scope' : score < doubt ? 'doubtful' : undefined;
  };
}
