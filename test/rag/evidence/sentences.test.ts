import { expect, it } from 'vitest';
import { splitSentences } from '#src/rag/evidence/sentences.js';

const trimmed = (text: string) => splitSentences(text).map((sentence) => sentence.trim());

it.each([
  ['two sentences', 'Harbour won. Quill made 71.', ['Harbour won.', 'Quill made 71.']],
  ['an initial', 'J. Root made 50. He was out.', ['J. Root made 50.', 'He was out.']],
  ['several initials', 'The A.B. Stand was full. Rain fell.', ['The A.B. Stand was full.', 'Rain fell.']],
  ['"I" that ends', 'So do I. Root agreed.', ['So do I.', 'Root agreed.']],
  ['a saint', "They met at St. George's Park. It rained.", ["They met at St. George's Park.", 'It rained.']],
  ['versus', 'Harbour v. Valley drew 4,000. All paid.', ['Harbour v. Valley drew 4,000.', 'All paid.']],
  ['a month', 'It ends on Dec. 19. Play starts late.', ['It ends on Dec. 19.', 'Play starts late.']],
  [
    'a time',
    'Play starts at 4.30 pm. Gates open at noon.',
    ['Play starts at 4.30 pm.', 'Gates open at noon.'],
  ],
  ['a decimal', 'Her average is 41.5 now.', ['Her average is 41.5 now.']],
  ['a small letter after the stop', 'He hit cricket.com. and left.', ['He hit cricket.com. and left.']],
  ['a quoted end', '"We won." He smiled.', ['"We won."', 'He smiled.']],
  ['a question', 'Who won? Harbour did!', ['Who won?', 'Harbour did!']],
  ['dots', 'And then … Harbour won.', ['And then …', 'Harbour won.']],
  [
    'a number that begins',
    'Harbour lost early. 71 runs came late.',
    ['Harbour lost early.', '71 runs came late.'],
  ],
  ['lines', 'Squad: Quill, Ash\nRain again', ['Squad: Quill, Ash', 'Rain again']],
  ['no stop at the end', 'Harbour won', ['Harbour won']],
])('cuts around %s', (_, text, sentences) => {
  expect(trimmed(text)).toEqual(sentences);
});

it('loses no character, whatever the white space', () => {
  const text = '  Rain.  \n\n Harbour won…  "So." said J. Root.\tEnd?!  \n';

  expect(splitSentences(text).join('')).toBe(text);
  expect(splitSentences(text).every((piece) => piece.length > 0)).toBe(true);
});

it('gives nothing for nothing', () => {
  expect(splitSentences('')).toEqual([]);
});

it('takes 200,000 characters without a stop in one go', () => {
  const text = 'word '.repeat(40_000);

  expect(splitSentences(text)).toEqual([text]);
});
