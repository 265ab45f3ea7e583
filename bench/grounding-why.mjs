// Why the grounding check holds a sentence back: each rule that speaks against it, and what the words around a claim
// fit better. `bench/grounding.mjs --why PAIRS.yaml` prints it for each sentence that is judged wrongly.
import { loadCricketNames } from '#src/cricket.js';
import { candidatesOf } from '#src/rag/ground/belonging/candidates.js';
import { FEATURES } from '#src/rag/ground/belonging/features.js';
import { againstOf, bestOf, isNamed } from '#src/rag/ground/belonging/find-misplaced.js';
import { WEIGHTS } from '#src/rag/ground/belonging/weights.js';
import { createReader, readSource } from '#src/rag/ground/check.js';
import { FINDERS } from '#src/rag/ground/contradictions/find-contradicted.js';
import { createNameReader } from '#src/rag/ground/names.js';

const read = createReader(createNameReader(loadCricketNames()));

/** Lines of text; a claim that no line explains does not stand in the source at all. */
export function whyUngrounded(sentence, source) {
  const [said, text] = [read(sentence), readSource(read, source)];
  const words = ({ tokens }, { next, start }, before = 0) =>
    tokens
      .slice(Math.max(0, start - before), next + before)
      .map((token) => token.text)
      .join(' ');
  const rules = FINDERS.slice(1).flatMap((find, i) =>
    find(said, [text]).map((claim) => `rule ${i + 1}: ${words(said, claim)}`),
  );
  const weighed = candidatesOf(said, [text])
    .filter((one) => againstOf(one) > Number.NEGATIVE_INFINITY)
    .toSorted((one, other) => againstOf(other) - againstOf(one))
    .slice(0, 3)
    .map((one) => {
      const weights = FEATURES.map((name) => WEIGHTS[one.kind][name]);
      const [home, rival] = [bestOf(one.homes, weights), bestOf(one.rivals.filter(isNamed), weights)];
      const parts = FEATURES.flatMap((name, i) => {
        const gain = weights[i] * (rival.fit[i] - home.fit[i]);
        return Math.abs(gain) > 0.05 ? [`${name} ${gain.toFixed(2)}`] : [];
      });
      const place = ({ place: at }) => `"${words(at.context.text, at, 3)}"`;
      return `weights ${againstOf(one).toFixed(2)}: ${words(said, one)} @ ${place(home)} <- ${place(rival)} (${parts.join(', ')})`;
    });
  return [...rules, ...weighed];
}
