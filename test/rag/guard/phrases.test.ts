import { expect, it } from 'vitest';
import { compilePhrases } from '#src/rag/guard/phrases.js';

const groups = { them: ['him', 'the umpire'], fine: ['game', 'clock'] };

it.each([
  ['hit him', 'we hit him hard', true],
  ['hit him', 'we hit himself', false],
  ['hit|kick him', 'kick him', true],
  ['hit ~ him', 'hit one two three him', true],
  ['hit ~ him', 'hit one two three four him', false],
  ['hit ~ him', 'hit . him', false],
  ['hit the? ball', 'hit ball', true],
  ['hit the? ball', 'hit the ball', true],
  ['hit {them}', 'hit the umpire', true],
  ['kill !{fine}', 'kill bob', true],
  ['kill !{fine}', 'kill game', false],
  ['shut up !{fine}?', 'shut up', true],
  ['shut up !{fine}?', 'shut up game', false],
  ['bomb*', 'two bombers', true],
  ['run_over|shot', 'he was run over', true],
])('“%s” in “%s”: %s', (phrase, words, fits) => {
  expect(compilePhrases([phrase], groups)(words)).toBe(fits ? phrase : undefined);
});

it.each(['nobody', 'constructor'])('tells a rule that names an unknown group: %s', (name) => {
  expect(() => compilePhrases([`hit {${name}}`], groups)).toThrow(`{${name}}`);
});

it.each(['~', '*', 'win?', '!{fine}'])('refuses a rule that any text would fit: %s', (phrase) => {
  expect(() => compilePhrases([phrase], groups)).toThrow('names no word that must be there');
});
