import { expect, it } from 'vitest';
import { isStopWord, searchTerms, stems, words } from '#src/rag/understand/terms.js';

it.each([
  ["Root's 5,000th run", ['root', '5000th', 'run']],
  ['Čech and Müller', ['cech', 'and', 'muller']],
  ['Harbour’s win', ['harbour', 'win']],
  ["didn't bat", ["didn't", 'bat']],
  ['4-71 (22.3 overs)', ['4', '71', '22', '3', 'overs']],
  ['1,2 and 12,345', ['1', '2', 'and', '12345']],
  ['?!', []],
])('reads the words of %j', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

it('searches for the telling words, each once', () => {
  expect(searchTerms('Who won the final, and who lost the final?')).toEqual(['won', 'final', 'lost']);
});

it('drops contractions, but not what is left of "won\'t" without its end', () => {
  expect(searchTerms("They won't say who won, don't they? Let's see, I'm sure it isn't Harbour's")).toEqual([
    'won',
    'see',
    'sure',
    'harbour',
  ]);
});

it('keeps stop words when there is nothing else', () => {
  expect(searchTerms('Who is it?')).toEqual(['who', 'is', 'it']);
});

it('gives forms of one word the same stem', () => {
  expect(stems('bowlers bowled bowling')).toEqual(['bowler', 'bowl', 'bowl']);
  expect(stems('auctions auctioned')).toEqual(['auction', 'auction']);
});

it('keeps repetitions and order, and drops stop words', () => {
  expect(stems('Spin beat spin on the day')).toEqual(['spin', 'beat', 'spin', 'dai']);
});

it('tells stop words from words that tell', () => {
  expect(['the', 'who', 'please'].every(isStopWord)).toBe(true);
  expect(['spin', 'won', 'final'].some(isStopWord)).toBe(false);
});
