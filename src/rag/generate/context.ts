// What a generator reads of a passage: its text with what stands around it, so that a pronoun or a score on a
// chunk's border is understood. Chunks overlap; what two share stands there once.
import type { Passage } from '../../domain.js';
import type { ChunkSource } from '../ports.js';
import type { Source } from './generate.js';

/** Passages with their surroundings, in order; given texts have none. */
export async function withContext(
  passages: Passage[],
  chunks: Pick<ChunkSource, 'neighbours'>,
): Promise<Source[]> {
  const around = await chunks.neighbours(passages.map(({ id }) => id));
  const retrieved = new Set(passages.map(({ articleId, ordinal }) => `${articleId}:${ordinal}`));
  return passages.map((passage) => {
    const { after, before } = around.get(passage.id) ?? {};
    // A neighbour that was found itself stands in the prompt already.
    const [first, last] = [before, after].map((chunk) =>
      chunk && !retrieved.has(`${chunk.articleId}:${chunk.ordinal}`) ? chunk.text : '',
    );
    return { passage, context: join(join(first ?? '', passage.text), last ?? '') };
  });
}

/** Longer than any overlap that can be configured. */
const LONGEST_OVERLAP = 700;

function join(first: string, second: string): string {
  if (first === '' || second === '') {
    return first || second;
  }
  for (let shared = Math.min(first.length, second.length, LONGEST_OVERLAP); shared > 0; shared -= 1) {
    if (first.endsWith(second.slice(0, shared))) {
      return first + second.slice(shared);
    }
  }
  return `${first.trimEnd()}\n${second}`;
}
