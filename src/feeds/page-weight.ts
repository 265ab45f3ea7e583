// How much prose each box holds. Prose is what an article is made of: long lines, or shorter ones that end
// like a sentence, and not mostly links; menus, cards and buttons have none.
import { type Box, isBox, type Line } from './page-boxes.js';

/** Characters from which a line counts as prose however it ends; from which it does when it ends a sentence. */
const LONG_LINE = 80;
const SHORT_SENTENCE = 30;

export interface Weight {
  /** All characters; those inside links. */
  characters: number;
  linked: number;
  /** Characters of prose; a short sentence counts half. */
  prose: number;
  /** h1 elements inside. */
  headlines: number;
}

export type Weights = Map<Box, Weight>;

/** The weight of a box and of all boxes inside it. */
export function weigh(box: Box, weights: Weights = new Map()): Weights {
  const weight: Weight = { characters: 0, linked: 0, prose: 0, headlines: box.tag === 'h1' ? 1 : 0 };
  for (const part of box.parts) {
    if (isBox(part)) {
      const inner = weigh(part, weights).get(part);
      weight.characters += inner?.characters ?? 0;
      weight.linked += inner?.linked ?? 0;
      weight.prose += inner?.prose ?? 0;
      weight.headlines += inner?.headlines ?? 0;
    } else {
      weight.characters += part.text.length;
      weight.linked += part.linked;
      weight.prose += isHeading(box) ? 0 : proseIn(part);
    }
  }
  return weights.set(box, weight);
}

/** Characters of prose in one line. */
export function proseIn({ text, linked }: Line): number {
  const plain = text.length - linked;
  if (plain >= LONG_LINE && plain > linked) {
    return plain;
  }
  return plain >= SHORT_SENTENCE && /[.!?:;"”]$/.test(text) ? plain / 2 : 0;
}

export function isHeading(box: Box): boolean {
  return /^h[1-6]$/.test(box.tag);
}
