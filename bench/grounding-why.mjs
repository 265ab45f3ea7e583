// Why the grounding check holds a sentence back: each rule that speaks against it, and what the words around a claim
// fit better. `bench/grounding.mjs --why PAIRS.yaml` prints it for each sentence that is judged wrongly.
import { loadCricketNames } from '#src/cricket.js';
import { candidatesOf } from '#src/rag/ground/belonging/candidates.js';
import { FEATURES } from '#src/rag/ground/belonging/features.js';
import { againstOf } from '#src/rag/ground/belonging/find-misplaced.js';
import { createReader, readSource } from '#src/rag/ground/check.js';
import { FINDERS } from '#src/rag/ground/contradictions/find-contradicted.js';
import { createNameReader } from '#src/rag/ground/names.js';

const read = createReader(createNameReader(loadCricketNames()));

/** Lines of text; a claim that no line explains does not stand in the source at all. */
export function whyUngrounded(sentence, source) {
  const [said, text] = [read(sentence), readSource(read, source)];
  const words = ({ next, start }) =>
    said.tokens
      .slice(start, next)
      .map((token) => token.text)
      .join(' ');
  const rules = FINDERS.slice(1).flatMap((find, i) =>
    find(said, [text]).map((claim) => `rule ${i + 1}: ${words(claim)}`),
  );
  const weighed = candidatesOf(said, [text])
    .toSorted((one, other) => againstOf(other) - againstOf(one))
    .slice(0, 3)
    .map((one) => {
      const parts = FEATURES.map((name, i) => `${name} ${one.features[i].toFixed(2)}`);
      return `weights ${againstOf(one).toFixed(2)}: ${words(one)} <- ${one.rival} (${parts.join(', ')})`;
    });
  return [...rules, ...weighed];
}
