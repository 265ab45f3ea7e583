// Fitted by bench/fit-grounding.mjs on right sentences alone; not written by hand. Each weight says how much a feature of
// features.ts speaks for a place of a source: "near" is what the claim's own proposition says besides the claim, "wide"
// what its whole sentence says. How names and figures are chosen differs; days are too few for weights of their own.
import type { FEATURES } from './features.js';
import type { SlotKind } from './slots.js';

type Weights = Record<(typeof FEATURES)[number], number>;

const FIGURES: Weights = {
  'who in proposition': 1.42,
  'figures in proposition': 0.26,
  'words in proposition': 0.62,
  'near in sentence': 1.08,
  'near beside': 1.2,
  'wide in proposition': 1.08,
  'wide in sentence': 1.61,
  'wide beside': 0.96,
  'wide in next': 0.26,
  'others named': -0.89,
  'other sides named': -0.36,
  'other figures': -0.01,
  'same frame': 0.6,
  'other frame': -0.22,
  'same owner': 0.27,
  'other owner': -0.3,
  'same role': 0.0,
  'other role': 0.0,
  'same verb': 0.56,
  'other verb': -0.13,
  'same neighbour': 0.44,
  'in title': 0.39,
  carried: 0.0,
  doubtful: 0.0,
};
const NAMES: Weights = {
  'who in proposition': 0.19,
  'figures in proposition': 0.97,
  'words in proposition': 0.45,
  'near in sentence': 1.25,
  'near beside': 0.96,
  'wide in proposition': 0.99,
  'wide in sentence': 2.08,
  'wide beside': 1.31,
  'wide in next': 0.1,
  'others named': -0.23,
  'other sides named': -0.36,
  'other figures': -0.57,
  'same frame': 0.37,
  'other frame': -0.23,
  'same owner': 0.07,
  'other owner': -0.01,
  'same role': 0.2,
  'other role': -0.16,
  'same verb': 0.05,
  'other verb': -0.26,
  'same neighbour': 0.46,
  'in title': 2.3,
  carried: -1.83,
  doubtful: -1.79,
};

export const WEIGHTS: Record<SlotKind, Weights> = {
  number: { ...FIGURES },
  date: { ...FIGURES },
  name: NAMES,
};

/** How much better a rival must fit before a claim belongs to it: about two right sentences in a hundred reach that. */
export const THRESHOLD: Record<SlotKind, number> = { number: 1.4, date: 1.1, name: 1.15 };
