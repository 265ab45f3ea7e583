// A question about two things is searched as two and as a whole: one report may hold both, or neither alone.
import type { Passage } from '../../domain.js';
import { storyOf } from './cap.js';
import type { Retrieve } from './retrieve.js';

/** Like `retrieve`; for a query with parts the lists of each take turns, the best of each part first. */
export function createPartsRetriever(retrieve: Retrieve): Retrieve {
  return async (query, signal, articles) => {
    if (query.parts.length === 0) {
      return retrieve(query, signal, articles);
    }
    const lists = await Promise.all([...query.parts, query].map((part) => retrieve(part, signal, articles)));
    return takingTurns(lists);
  };
}

/** Each list gives its best story that is not there yet, then the rest follows; as long as the longest list. */
function takingTurns(lists: Passage[][]): Passage[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const taken = new Map<string, Passage>();
  const heads = new Set<string>();
  const rests = lists.map((list) => [...list]);
  for (const rest of rests) {
    const head = rest.find((passage) => !heads.has(storyOf(passage))) ?? rest[0];
    if (head) {
      heads.add(storyOf(head));
      taken.set(head.id, head);
    }
  }
  for (let at = 0; at < longest; at += 1) {
    for (const rest of rests) {
      const passage = rest[at];
      if (passage && !taken.has(passage.id)) {
        taken.set(passage.id, passage);
      }
    }
  }
  return falling([...taken.values()].slice(0, longest));
}

/** Scores of several lists cannot be compared: none is higher than the one before it. */
function falling(passages: Passage[]): Passage[] {
  let least = 1;
  return passages.map((passage) => {
    least = Math.min(least, passage.score);
    return { ...passage, score: least };
  });
}
