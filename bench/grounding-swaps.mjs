// Right sentences of pair files with one number, date or name replaced by another of its kind that stands in the same
// passage: changes that presence alone cannot tell. Used for fitting and for measuring the grounding check.
import { SLOTS } from '#src/rag/ground/belonging/slots.js';

/** Wrong twins of a right pair; `read` reads a text's facts. */
export function swapsOf(pair, read) {
  const said = read(pair.sentence);
  const told = read(pair.passage);
  const swaps = [];
  const add = (kind, claim, rival) =>
    swaps.push({
      ...pair,
      id: `${pair.id}~${swaps.length}`,
      supported: false,
      hard: true,
      changed: kind,
      sentence:
        `${textOf(said.tokens, 0, claim.start)} ${textOf(told.tokens, rival.start, rival.next)}${glue(said, claim)}${textOf(said.tokens, claim.next)}`.trim(),
    });
  for (const { factsIn, isRival, isSame, kind } of SLOTS) {
    const own = factsIn(said);
    const all = kind === 'name' ? said.names : own;
    for (const claim of own.filter(({ start }) => !said.tokens[start].isFirst)) {
      const seen = new Set();
      for (const rival of factsIn(told)) {
        const text = textOf(told.tokens, rival.start, rival.next).toLowerCase();
        const isOther = !isSame(rival, claim) && !all.some((fact) => isSame(rival, fact));
        if (isOther && isRival(rival, claim, told, said) && !seen.has(text)) {
          seen.add(text);
          add(kind, claim, rival);
        }
      }
    }
  }
  return swaps;
}

function textOf(tokens, from, to = tokens.length) {
  return tokens
    .slice(from, to)
    .map(({ isGlued, text }, i) => (isGlued || i === 0 ? text : ` ${text}`))
    .join('');
}

function glue({ tokens }, { next }) {
  return tokens[next]?.isGlued ? '' : ' ';
}
