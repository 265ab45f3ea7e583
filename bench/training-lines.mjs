// Reads a training set of bench/guard-train: one line a text, `## kind` above those of a kind, [a|b] = either, $X = one
// of the list that `$X = a|b` names. Each line gives up to `most` texts, drawn at random with a fixed seed.
import { readFileSync } from 'node:fs';

/** A generator of numbers 0..1 that repeats itself (mulberry32). */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Gives [{text, kind, line}]; those of one `line` must not be torn apart by cross-validation. */
export function trainingLines(file, { most = 4, seed = 7 } = {}) {
  const random = seeded(seed);
  const lists = new Map();
  const pick = (choices) => choices[Math.floor(random() * choices.length)];
  const filled = (text) =>
    text
      .replace(/\[([^[\]]*\|[^[\]]*)\]/g, (_, choices) => pick(choices.split('|')))
      .replace(/\$(\w)/g, (whole, name) => (lists.has(name) ? pick(lists.get(name)) : whole))
      .replace(/ +(?=[?]|$)/g, '')
      .replace(/ {2,}/g, ' ')
      .trim();
  let kind = '';
  const texts = [];
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((text, line) => {
      const [, name, choices] = /^\$(\w) = (.*)$/.exec(text) ?? [];
      if (name) {
        lists.set(name, choices.split('|'));
      } else if (text.startsWith('## ')) {
        kind = text.slice(3);
      } else if (text.trim() !== '') {
        const drawn = new Set(Array.from({ length: most * 2 }, () => filled(filled(text))));
        texts.push(...[...drawn].slice(0, most).map((each) => ({ text: each, kind, line })));
      }
    });
  return texts;
}
