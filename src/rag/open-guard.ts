// Opens the guard around the core: moderation by rules, and the question whether something is about cricket. A layer
// that is switched off is not loaded.
import type { Ask } from '../domain.js';
import type { Log } from '../log.js';
import { createGuardedAsk } from './guard/guarded-ask.js';
import { createModerator, type ModerationRules } from './guard/moderate.js';
import { createScope, type Scope, type ScopeRules } from './guard/scope.js';
import type { Embedder } from './ports.js';

export interface GuardRules {
  /** Absent = no rules of our own. */
  moderation?: ModerationRules | undefined;
  /** Whether English swear words are looked for. */
  swearing: boolean;
  /** Absent = everything is answered. */
  scope?: ScopeRules | undefined;
}

export interface OpenGuard {
  /** Whether moderation lets a text out. */
  mayShow(text: string): boolean;
  scope: Scope | undefined;
  around(ask: Ask): Ask;
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
  const moderate =
    rules.moderation || rules.swearing
      ? createModerator(rules.moderation ?? onlySwearing(), await swearingFinder(rules.swearing))
      : undefined;
  return {
    scope:
      rules.scope &&
      createScope(rules.scope, {
        embedder,
        onFailure: (err) => log.warn({ err }, 'scope is decided by words alone'),
      }),
    mayShow: (text) => moderate?.(text, 'out') === undefined,
    around: (ask) =>
      createGuardedAsk(ask, {
        moderate,
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
