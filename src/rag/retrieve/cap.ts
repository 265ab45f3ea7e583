// Lets no story fill the list. An article and its copies are one story and share its places; of a copy only
// what the story's better placed passages do not say is kept.
import type { Passage } from '../../domain.js';
import { stems } from '../understand/terms.js';

/** A copy's passage that has fewer of its words to itself repeats the others. */
const LEAST_NEW = 0.3;

/** At most `most` passages of one story (or of one article that has no copies), in the order given. */
export function capPerStory(passages: Passage[], most: number): Passage[] {
  const taken = new Map<string, Passage[]>();
  return passages.filter((passage) => {
    const key = storyOf(passage);
    const before = taken.get(key) ?? [];
    if (before.length >= most || repeats(passage, before)) {
      return false;
    }
    taken.set(key, [...before, passage]);
    return true;
  });
}

/** The id of the passage's story; an article without copies is a story of its own. */
export function storyOf({ articleId, story }: Passage): string {
  return story?.id ?? articleId;
}

/** Passages of one article overlap a little by design and never repeat each other. */
function repeats(passage: Passage, before: Passage[]): boolean {
  const others = before.filter(({ articleId }) => articleId !== passage.articleId);
  if (others.length === 0) {
    return false;
  }
  const said = new Set(others.flatMap(({ text }) => stems(text)));
  const words = [...new Set(stems(passage.text))];
  return words.filter((word) => !said.has(word)).length < LEAST_NEW * words.length;
}
