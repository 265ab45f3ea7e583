import { expect, it } from 'vitest';
import { comparable } from '#src/rag/ground/translate.js';
import { aSource, createChecker } from '../../helpers/grounding.js';

const check = createChecker();
const source = aSource(
  'Mitchell Starc went to Kolkata Knight Riders for 24.75 crore rupees on Tuesday; 18,400 people saw Lyon take three wickets.',
);

it.each([
  ['de', 'Starc kostete am 19. Dezember 2023 genau 24,75 Crore.'],
  [
    'de',
    'Am Dienstag ging Mitchell Starc als teuerster Spieler zu KKR, und 18.400 Zuschauer sahen drei Wickets von Lyon.',
  ],
  ['fr', 'Mardi 19 décembre, Starc a coûté 24,75 crore; Lyon a pris trois guichets devant 18 400 personnes.'],
  ['it', 'Martedì 19 dicembre Starc è costato 24,75 crore.'],
  ['es', 'El 19 de diciembre de 2023 Starc costó 24,75 crore.'],
])('bears out what is said in another language (%s): %s', (language, sentence) => {
  expect(check(sentence, [source], language)).toEqual([]);
});

it.each([
  ['de', 'Starc kostete am 20. Dezember 24,75 Crore.', '20 December'],
  ['de', 'Starc kostete 24,57 Crore.', '24.57 Crore'],
  ['de', 'Lyon nahm vier Wickets.', 'four'],
  ['fr', 'Mercredi, Starc a coûté 24,75 crore.', 'Wednesday'],
  ['es', 'Josh Starc costó 24,75 crore.', 'Josh Starc'],
  ['it', 'Starc è andato ai Mumbai Indians.', 'Mumbai Indians'],
])('does not bear out in another language (%s): %s', (language, sentence, claim) => {
  expect(check(sentence, [source], language)).toContain(claim);
});

it('leaves a sentence in English, or in a language that it does not know, as it is', () => {
  expect(comparable('He made 1,000 on 19. May.', 'en')).toBe('He made 1,000 on 19. May.');
  expect(comparable('19. mei', 'nl')).toBe('19. mei');
});
