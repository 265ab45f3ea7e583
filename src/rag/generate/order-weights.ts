// Written by bench/fit-orders.mjs.

/** Log odds that a sentence is an order to a program; from here on it is taken for one. */
export const ORDER = 0.36;
export const BIAS = -3.96;
/** What each sign of order-signs.ts adds. */
export const WEIGHTS: Record<string, number> = {
  imperative: 3.96,
  imperativeLater: 2.76,
  writes: 0.66,
  you: -0.08,
  reader: 0.59,
  text: 1.21,
  readerWrites: 2.32,
  mustWrite: 1.63,
  anyText: 2.79,
  thisText: 2.56,
  label: 1.61,
  dialogue: 1.48,
  saysWord: 0.67,
  capitals: 0.12,
  code: -0.03,
  marks: 1.19,
  instead: 0.98,
  whenAsked: 0.67,
  itWrites: 1.72,
  foreign: 1.18,
  foreignOrder: 5.36,
  accents: 0.69,
  past: -0.43,
  figures: -0.37,
  names: -0.72,
  question: -0.16,
  short: 1.48,
};
