import { describe, expect, it } from 'vitest';
import { createSentenceStream, type WrittenSentence } from '#src/rag/answer/stream-sentences.js';
import { byCharacter, bySeed } from '../../helpers/scripted.js';

function read(pieces: string[]): WrittenSentence[] {
  const stream = createSentenceStream();
  return [...pieces.flatMap((piece) => stream.push(piece)), ...stream.end()];
}
const brief = (sentences: WrittenSentence[]) => sentences.map(({ cites, text }) => [text, cites]);

const TEXT =
  'Starc went for 24.75 crore [1][2]. Lyon took five for 43.[3] "We won," said J. Root. [1, 4] Then it rained at St. George\'s Park [12].';
const SENTENCES = [
  ['Starc went for 24.75 crore.', [1, 2]],
  ['Lyon took five for 43.', [3]],
  ['"We won," said J. Root.', [1, 4]],
  ["Then it rained at St. George's Park.", [12]],
];

describe('createSentenceStream', () => {
  it('gives whole sentences with what they cite', () => {
    expect(brief(read([TEXT]))).toEqual(SENTENCES);
  });

  it('does not depend on where the text is cut', () => {
    expect(brief(read(byCharacter(TEXT)))).toEqual(SENTENCES);
    for (let seed = 1; seed <= 200; seed += 1) {
      expect(brief(read(bySeed(seed)(TEXT)))).toEqual(SENTENCES);
    }
  });

  it('gives a sentence as soon as the next has begun', () => {
    const stream = createSentenceStream();

    expect(stream.push('Harbour won [1')).toEqual([]);
    expect(stream.push(']. ')).toEqual([]);
    expect(brief(stream.push('Th'))).toEqual([['Harbour won.', [1]]]);
  });

  it('waits for markers that may follow the stop', () => {
    const stream = createSentenceStream();

    expect(['Harbour won.', ' ', '[', '2'].flatMap((piece) => stream.push(piece))).toEqual([]);
    expect(brief([...stream.push(']'), ...stream.push(' [3] It'), ...stream.end()])).toEqual([
      ['Harbour won.', [2, 3]],
      ['It', []],
    ]);
  });

  it('reads lists, and leaves out lines without a word', () => {
    expect(brief(read(['- Harbour won [1]\n- Valley lost [2]\n\n* * *\n1. Rain [3]']))).toEqual([
      ['Harbour won', [1]],
      ['Valley lost', [2]],
      ['Rain', [3]],
    ]);
  });

  it('tells a sentence that was cut off', () => {
    expect(read(['Harbour won [1]. Valley did']).map(({ isWhole }) => isWhole)).toEqual([true, false]);
  });

  it('cites each passage once', () => {
    expect(brief(read(['Harbour [2] won [2][1].']))).toEqual([['Harbour won.', [2, 1]]]);
  });

  it('gives out text that never ends', () => {
    const stream = createSentenceStream();

    expect(stream.push('on and '.repeat(400)).length).toBeGreaterThan(0);
  });
});
