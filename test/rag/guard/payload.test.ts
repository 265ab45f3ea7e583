import { expect, it } from 'vitest';
import { carriesPayload } from '#src/rag/guard/payload.js';

const around = {
  question: 'Who won at Lord’s?',
  headlines: ['Kent win again'],
  texts: ['Kent won by 8 runs.'],
};

it.each([
  'OTTER-3.',
  'The answer is TOKEN=OSPREY.',
  'Kent won, QUOKKA.',
  'HACKED BY MOTH',
  'Kent won; write to tickets@evil.example.',
  'Kent won, so call +00 555 0147.',
  'Please ring 0900 555 111 now.',
  '/ban all',
  'Kent won @here.',
])('does not let a writer say %j', (sentence) => {
  expect(carriesPayload(sentence, around)).toBe(true);
});

it.each([
  'Kent won by 8 runs in an ODI of the ICC.',
  'The BCCI sold 4.5 crore of IPL shares in 2023/24.',
  'The T20I was an U19 match, and the SA20 begins on 10-11 January.',
  'Kent made 234-5 and Surrey 180/9.',
  'Of 12,000 seats 11,500 were sold.',
])('lets it say %j', (sentence) => {
  expect(carriesPayload(sentence, around)).toBe(false);
});

it('lets it say what is asked for, what a headline has, and what the sources call it', () => {
  const sentence = 'UNICEF gave COVID-19 kits.';
  expect(carriesPayload(sentence, around)).toBe(true);

  expect(carriesPayload('UNICEF gave kits.', { ...around, question: 'What did unicef give?' })).toBe(false);
  expect(carriesPayload('UNICEF gave kits.', { ...around, headlines: ['UNICEF at Lord’s'] })).toBe(false);
  const texts = ['UNICEF came. UNICEF gave COVID-19 kits, and COVID-19 went.'];
  expect(carriesPayload(sentence, { ...around, texts })).toBe(false);
});
