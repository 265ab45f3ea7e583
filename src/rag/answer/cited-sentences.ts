// Cuts what a writer streams into sentences with their markers.
import type { Generated, GenerateRequest, Generator } from '../generate/generate.js';
import type { Wait } from '../ports.js';
import { createSentenceStream, type WrittenSentence } from './stream-sentences.js';
import { streamText } from './stream-text.js';

/**
 * Sentences of one run. One without a marker waits for the next marker of its paragraph, which may stand for
 * both; whether it does, the check decides. Beside them, where the writer has to wait, its place in the queue.
 */
export async function* citedSentences(
  generator: Generator,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<WrittenSentence | Wait> {
  const stream = createSentenceStream();
  const stop = new AbortController();
  const own = AbortSignal.any([signal, stop.signal]);
  const text = streamText<Generated, string | Wait>((onPiece) =>
    generator.generate(request, { signal: own, onText: onPiece, onWait: onPiece }),
  );
  let waiting: WrittenSentence[] = [];
  function* settle(sentence: WrittenSentence): Iterable<WrittenSentence> {
    waiting.push(sentence);
    if (sentence.cites.length > 0 || sentence.raw.endsWith('\n')) {
      const { cites } = sentence;
      yield* waiting.map((one) => (one.cites.length > 0 ? one : { ...one, cites }));
      waiting = [];
    }
  }
  try {
    let step: IteratorResult<string | Wait, Generated>;
    for (step = await text.next(); !step.done; step = await text.next()) {
      if (typeof step.value !== 'string') {
        yield step.value;
        continue;
      }
      for (const sentence of stream.push(step.value)) {
        yield* settle(sentence);
      }
    }
    // Cut off at its limit, the last sentence may lack the word that turns it round.
    const rest = stream.end().filter(({ isWhole }) => isWhole || step.value.stop === 'end');
    for (const sentence of rest) {
      yield* settle(sentence);
    }
    yield* waiting;
  } finally {
    stop.abort(new Error('the text that follows is not needed'));
    // A model has one place for this answer: the next run begins when this one has left it.
    await text.return({ stop: 'end' });
  }
}
