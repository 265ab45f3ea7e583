// What a chunk speaks of under another name: a report on "the Windies" is found by West Indies, one from the
// Wanderers by Johannesburg. Only the words that it lacks are added, so that nothing counts twice.
import type { Chunk } from '../../domain.js';
import type { FindNames } from './names.js';
import { searchTerms, stems } from './terms.js';

/** Words for the lexical index beside the chunk's own; '' = none. */
export function alsoCalled({ header, text }: Chunk, findNames: FindNames): string {
  const own = new Set(stems(`${header} ${text}`));
  const also = new Set<string>();
  for (const { isSupported, kind, name, others, place } of findNames(text)) {
    // A word of several names in a report is most often explained beside it.
    if (others || !isSupported || kind === 'side' || kind === 'word') {
      continue;
    }
    for (const word of searchTerms(`${name} ${place ?? ''}`)) {
      if (!stems(word).every((stem) => own.has(stem))) {
        also.add(word);
      }
    }
  }
  return [...also].join(' ');
}
