import { expect, it } from 'vitest';
import { soundOf } from '#src/rag/adapters/sound.js';

it.each([
  ['iyer', 'ayer'],
  ['bumrah', 'bumra'],
  ['labuschagne', 'labuschagn'],
  ['dhoni', 'dhonni'],
  ['kohli', 'kholi'],
  ['starc', 'stark'],
  ['khawaja', 'kawaja'],
  ['phehlukwayo', 'feluquayo'],
  ['Čech', 'cech'],
])('hears %j and %j alike', (one, other) => {
  expect(soundOf(one)).toBe(soundOf(other));
});

it.each([
  ['root', 'rabada'],
  ['starc', 'smith'],
  ['', 'a'],
])('hears %j and %j apart', (one, other) => {
  expect(soundOf(one)).not.toBe(soundOf(other));
});
