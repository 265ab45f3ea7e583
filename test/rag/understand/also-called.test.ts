import { expect, it } from 'vitest';
import { alsoCalled } from '#src/rag/understand/also-called.js';
import { createNameFinder } from '#src/rag/understand/names.js';
import { aChunk } from '../../helpers/builders.js';

const findNames = createNameFinder({
  names: [
    { kind: 'team', name: 'West Coast', aliases: ['Wavers', 'WCO'] },
    { kind: 'club', name: 'Harbour Royals', aliases: ['Royals'] },
    { kind: 'club', name: 'Valley Royals', aliases: ['Royals'] },
    { kind: 'ground', name: 'Quayside Oval', aliases: ['Quayside'], place: 'Port Quay' },
  ],
  capitalsOnly: [],
  capitalisedOnly: [],
});

it.each([
  ['The Wavers won.', 'west coast'],
  ['The Wavers won. WCO is West Coast.', ''],
  ['It rained at the Quayside Oval.', 'port quay'],
  ['The Royals won.', ''],
  ['Nobody won.', ''],
])('tells what %j speaks of under another name: %j', (text, also) => {
  expect(alsoCalled(aChunk({ text, header: '' }), findNames)).toBe(also);
});
