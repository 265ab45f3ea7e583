// Reads config/moderation.yaml and config/scope.yaml: what is moderated, and what counts as cricket.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CONFIG_FOLDER, type Settings } from './config.js';
import { parseYaml } from './config-file.js';
import type { HarmModel } from './rag/guard/harm.js';
import type { ModerationRules } from './rag/guard/moderate.js';
import type { ScopeRules } from './rag/guard/scope.js';
import type { GuardRules } from './rag/open-guard.js';
import { judgeSettings } from './rag-settings.js';

const words = z.array(z.string().min(1)).default([]);
const category = z.strictObject({
  words,
  phonetic: words,
  phrases: words,
  reported: z.boolean().default(false),
  in: z.boolean().default(true),
  out: z.boolean().default(true),
});
const moderationSchema = z.strictObject({
  allow: z.strictObject({ names: words, words }),
  groups: z.record(z.string(), words).default({}),
  categories: z.strictObject({ 'self-harm': category, threat: category, hate: category, abuse: category }),
});

const linearModel = {
  bias: z.number(),
  counts: z.array(z.number()),
  ngrams: z.base64(),
  step: z.number(),
  rarity: z.base64(),
  meaning: z.strictObject({ key: z.string(), weights: z.array(z.number()) }).optional(),
};
const harmPart = z.strictObject({ ...linearModel, harm: z.number() });
const harmModelSchema = z.strictObject({ words: harmPart, meaning: harmPart, clear: z.number() });

/** The layers that the settings switch on. Error: `config_invalid`. */
export function guardRules(settings: Settings): GuardRules {
  const { moderation, scope } = settings;
  return {
    judge: judgeSettings(settings),
    moderation: moderation.rules ? { ...loadModerationRules(), harm: loadHarmModel() } : undefined,
    swearing: moderation.swearing,
    scope: scope === 'cricket' ? loadScopeRules() : undefined,
  };
}

/** Error: `config_invalid`. */
export function loadModerationRules(file = path.join(CONFIG_FOLDER, 'moderation.yaml')): ModerationRules {
  return parseYaml([{ file, text: readFileSync(file, 'utf8') }], moderationSchema);
}

/** Error: `config_invalid`. */
export function loadHarmModel(file = path.join(CONFIG_FOLDER, 'moderation-model.json')): HarmModel {
  return parseYaml([{ file, text: readFileSync(file, 'utf8') }], harmModelSchema);
}

const scopeSchema = z.strictObject({
  cricket: words,
  mostly: words,
  sport: words,
  other: words,
  generic: words,
  people: words,
  groups: z.record(z.string(), words).default({}),
  betting: words,
  bettingWords: words,
  aboutCheating: words,
});
const scopeModel = z.strictObject({ ...linearModel, decline: z.number(), doubt: z.number() });
const scopeModelSchema = z.strictObject({
  words: scopeModel,
  meaning: scopeModel,
  bets: z.strictObject({ ...linearModel, ask: z.number() }),
});

/** Error: `config_invalid`. */
export function loadScopeRules(file = path.join(CONFIG_FOLDER, 'scope.yaml')): ScopeRules {
  return { ...loadScopeWords(file), models: loadScopeModels() };
}

/** All but the fitted models. Error: `config_invalid`. */
export function loadScopeWords(file = path.join(CONFIG_FOLDER, 'scope.yaml')): Omit<ScopeRules, 'models'> {
  return parseYaml([{ file, text: readFileSync(file, 'utf8') }], scopeSchema);
}

function loadScopeModels(file = path.join(CONFIG_FOLDER, 'scope-model.json')): ScopeRules['models'] {
  return parseYaml([{ file, text: readFileSync(file, 'utf8') }], scopeModelSchema);
}
