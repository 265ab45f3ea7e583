// Opens the guard around the core: moderation by rules, and the question whether something is about cricket. A layer
// that is switched off is not loaded.
import type { Ask } from '../domain.js';
import type { Log } from '../log.js';
import { createGuardedAsk } from './guard/guarded-ask.js';
import { createSecondLook } from './guard/harm.js';
import { createModerator, type ModerationRules } from './guard/moderate.js';
import { createScope, type Scope, type ScopeRules } from './guard/scope.js';
import { type JudgeSettings, openJudge } from './open-judge.js';
import type { Embedder } from './ports.js';

export interface GuardRules {
  /** Absent = no rules of our own. */
  moderation?: ModerationRules | undefined;
  /** Whether English swear words are looked for. */
  swearing: boolean;
  /** Absent = everything is answered. */
  scope?: ScopeRules | undefined;
  /** A model that judges questions and answers; absent = none does. */
  judge?: JudgeSettings | undefined;
}

export interface OpenGuard {
  /** Whether the rules let a text out. */
  mayShow(text: string): boolean;
  /** Whether the guard model lets a text out that nobody asked for; without its word it does not. True where there is none. */
  isPassed(text: string, signal: AbortSignal): Promise<boolean>;
  /** The same; rejects where it gives no verdict, for what can be asked again later. */
  mustPass(text: string, signal: AbortSignal): Promise<boolean>;
  scope: Scope | undefined;
  around(ask: Ask): Ask;
  close(): Promise<void>;
}

const NO_RULES: ModerationRules['categories'][keyof ModerationRules['categories']] = {
  words: [],
  phonetic: [],
  phrases: [],
  reported: true,
  in: true,
  out: true,
};

/** Error: `config_invalid` for a rule that cannot be read. */
export async function openGuard(
  { embedder, log }: { log: Log; embedder: Embedder | undefined },
  rules: GuardRules,
): Promise<OpenGuard> {
  const { harm, ...moderation } = rules.moderation ?? onlySwearing();
  // By words alone, or with the vector of the model that it was fitted with.
  const isMeant = harm !== undefined && embedder?.key === harm.meaning.meaning?.key;
  const moderate =
    rules.moderation || rules.swearing
      ? createModerator(
          { ...moderation, harm, isLookedAtAgain: isMeant },
          await swearingFinder(rules.swearing),
        )
      : undefined;
  const secondLook =
    isMeant && embedder
      ? createSecondLook(harm, {
          embedder,
          onFailure: (err) => log.warn({ err }, 'harm is looked for by words alone'),
        })
      : undefined;
  const judging = rules.judge && (await openJudge({ log }, rules.judge));
  const judge = judging?.judge;
  const onJudgeFailure = (err: unknown) => log.warn({ err }, 'the guard model gave no verdict');
  const mustPass = async (text: string, signal: AbortSignal) =>
    (await judge?.({ question: 'What is the news?', answer: text }, signal)) === undefined;
  return {
    scope:
      rules.scope &&
      createScope(rules.scope, {
        embedder,
        onFailure: (err) => log.warn({ err }, 'scope is decided by words alone'),
      }),
    mayShow: (text) => moderate?.(text, 'out') === undefined,
    async isPassed(text, signal) {
      try {
        return await mustPass(text, signal);
      } catch (error) {
        signal.throwIfAborted();
        onJudgeFailure(error);
        return false;
      }
    },
    mustPass,
    close: async () => judging?.close(),
    around: (ask) =>
      createGuardedAsk(ask, {
        ...{ moderate, secondLook, judge, onJudgeFailure },
        onRefused: ({ refused }) => log.info({ refused }, 'refused by moderation'),
      }),
  };
}

async function swearingFinder(isOn: boolean): Promise<(text: string) => string[]> {
  if (!isOn) {
    return () => [];
  }
  const { createSwearingFinder } = await import('./adapters/obscenity.js');
  return createSwearingFinder();
}

function onlySwearing(): ModerationRules {
  const categories = { 'self-harm': NO_RULES, threat: NO_RULES, hate: NO_RULES, abuse: NO_RULES };
  return { allow: { names: [], words: [] }, groups: {}, categories };
}
