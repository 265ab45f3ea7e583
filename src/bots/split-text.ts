// A long text in pieces that a platform takes: cut between paragraphs where that can be, else between lines, sentences,
// words; never inside a link, nor inside a code fence that fits. The sources stay together, at the end.

export interface SplitOptions {
  /** The most that a piece may measure. */
  limit: number;
  /** What a platform counts; adds up over parts. Absent = UTF-16 units, JavaScript's own length. */
  measure?: ((text: string) => number) | undefined;
}

export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** What is not cut: fences, links of Slack and of Markdown, addresses; then words and the white space between. */
const ATOMS =
  /(?<=^|\n)```[\s\S]*?(?:```|$)|<[^<>\s][^<>\n]*>|\[[^\]\n]*\]\([^)\s]*\)|https?:\/\/[^\s<>]+|[^\s<[`]+|\s+|[\s\S]/g;
/** Borders, the best first; a piece is filled at least so far (of the limit) before a better one is taken. */
const BORDERS: { is(space: string, before: string): boolean; from: number }[] = [
  { is: (space) => /\n\s*\n/.test(space), from: 0.25 },
  { is: (space) => space.includes('\n'), from: 0.4 },
  { is: (_, before) => /[.!?]["'”’)\]>]*$/.test(before), from: 0.5 },
  { is: () => true, from: 0 },
];

/** The pieces in order, none empty, without the white space that they were cut at. */
export function splitText(text: string, options: SplitOptions): string[] {
  const { limit } = options;
  const measure = options.measure ?? ((part: string) => part.length);
  const pieces: string[] = [];
  let rest = text.trim();
  while (measure(rest) > limit) {
    const head = fitting(rest, limit, measure);
    if (head === '') {
      const [first, after] = cutAtom(rest, limit, measure);
      pieces.push(first);
      rest = after;
      continue;
    }
    const cut = bestCut(head, rest, limit, measure);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** As `splitText`; the tail stands whole below the last piece, or alone, cut between its lines when it must be. */
export function splitWithTail(text: string, tail: string, options: SplitOptions): string[] {
  const measure = options.measure ?? ((part: string) => part.length);
  const pieces = splitText(text, options);
  const last = pieces.at(-1);
  const joined = last === undefined ? tail : `${last}\n\n${tail}`;
  return tail !== '' && measure(joined) <= options.limit
    ? [...pieces.slice(0, -1), joined]
    : [...pieces, ...splitText(tail, options)];
}

/** As many whole atoms from the start as fit. */
function fitting(text: string, limit: number, measure: (text: string) => number): string {
  let end = 0;
  let size = 0;
  for (const [atom] of text.matchAll(ATOMS)) {
    size += measure(atom);
    if (size > limit) {
      break;
    }
    end += atom.length;
  }
  return text.slice(0, end);
}

/** Where to cut: at the end of the head's last good border, or after its last atom. */
function bestCut(head: string, text: string, limit: number, measure: (text: string) => number): number {
  const atoms = [...text.matchAll(ATOMS)];
  for (const { from, is } of BORDERS) {
    for (const { 0: atom, index } of atoms.toReversed()) {
      const isBorder = /^\s/.test(atom) && is(atom, text.slice(Math.max(0, index - 4), index));
      if (isBorder && index > 0 && index <= head.length && measure(text.slice(0, index)) >= from * limit) {
        return index;
      }
    }
  }
  return head.length;
}

/** The first atom is larger than a piece: a fence goes on in a fence, anything else is cut between characters. */
function cutAtom(text: string, limit: number, measure: (text: string) => number): [string, string] {
  const [atom = ''] = text.match(ATOMS) ?? [];
  const fence = /^(```[^\n]*\n)([\s\S]*?)(?:```|$)/.exec(atom);
  if (fence) {
    const [, opening = '', code = ''] = fence;
    const room = limit - measure(opening) - measure('\n```');
    const [first = ''] = room > 0 ? linesWithin(code, room, measure) : [];
    if (first !== '') {
      const left = code.slice(first.length);
      const again = left.trim() === '' ? '' : `${opening}${left}\`\`\``;
      return [`${opening}${first.trimEnd()}\n\`\`\``, `${again}${text.slice(atom.length)}`.trimStart()];
    }
  }
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  let end = 0;
  for (let size = 0; end < characters.length; end += 1) {
    size += measure(characters[end] ?? '');
    if (size > limit && end > 0) {
      break;
    }
  }
  const first = characters.slice(0, end).join('');
  return [first, text.slice(first.length)];
}

function linesWithin(code: string, limit: number, measure: (text: string) => number): [string] {
  let kept = '';
  for (const line of code.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    if (measure(kept) + measure(line) > limit) {
      break;
    }
    kept += line;
  }
  return [kept];
}
