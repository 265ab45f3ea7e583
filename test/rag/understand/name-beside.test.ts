import { expect, it } from 'vitest';
import { meantBeside } from '#src/rag/understand/name-beside.js';

const namesOf = (...names: string[]) => ({
  names: names.map((name) => ({ name, count: 1 })),
  count: names.length,
});
const mara = namesOf('Mara Sandel', 'Mara Ashdown');
const sandal = namesOf('Jo Sandal');
const sandel = namesOf('Jonah Sandel');
const nobody = namesOf();

it.each([
  ['mara sandal banned', { sandal: 'sandel' }],
  ['sandal mara', { sandal: 'sandel' }],
  ['Mara sandal', { sandal: 'sandel' }],
  ['mara ahsdown', { ahsdown: 'ashdown' }],
  ['joan sand', {}],
  ['jona sandel', { jona: 'jonah' }],
])('takes the name that the neighbour bears in %j', (text, meant) => {
  const asked = text.toLowerCase().split(' ');
  const names = asked.map((word) => ({ mara, sandal, sandel })[word] ?? nobody);

  expect(Object.fromEntries(meantBeside(asked, names, text))).toEqual(meant);
});

it.each([
  ['mara Sandal', 'typed with a capital'],
  ['mara banned sandal', 'not beside'],
  ['mara sandlls', 'more than an edit away'],
  ['mara ashdown', 'right'],
  ['sandal banned', 'beside no name'],
])('leaves %j: %s', (text) => {
  const asked = text.toLowerCase().split(' ');
  const names = asked.map((word) => ({ mara, sandal })[word] ?? nobody);

  expect(meantBeside(asked, names, text).size).toBe(0);
});
