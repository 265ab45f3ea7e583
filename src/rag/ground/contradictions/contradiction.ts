// What sources contradict though every word of it stands in them. Each finder looks for one way of twisting a
// report: a figure moved to another event, a result turned round, a role given to somebody else.
import type { ReadText } from '../check.js';
import type { Span } from '../pieces.js';

/** A source, read; `body` is the first token after its title, `end` the first of its publisher. */
export type SourceText = ReadText & { body: number; end: number };

/** The parts of the sentence that the sources contradict; [] = none surely. */
export type FindContradicted = (said: ReadText, texts: SourceText[]) => Span[];
