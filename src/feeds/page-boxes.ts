// A page as a tree of boxes (block elements) with lines in them: what a reader could see, without tags,
// scripts and hidden parts. Everything that decides what is article and what is furniture works on this
// tree; building it takes a few milliseconds, where a DOM takes tens.
import { Parser } from 'htmlparser2';

/** One run of inline text. */
export interface Line {
  text: string;
  /** Characters of it that stand inside links. */
  linked: number;
}

/** A block element. */
export interface Box {
  tag: string;
  /** Its class, id, role and label: how the page's author calls it. */
  names: string;
  parts: (Box | Line)[];
  parent?: Box | undefined;
}

const BLOCKS = new Set(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(
  'audio button canvas datalist dialog iframe input map math noscript object option script select style svg template textarea title video'.split(
    ' ',
  ),
);
/** Scorecards made of other elements say by role what they are. */
const TAG_OF_ROLE: Record<string, string> = {
  cell: 'td',
  columnheader: 'td',
  gridcell: 'td',
  listitem: 'li',
  row: 'tr',
  rowheader: 'td',
};
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden/i;
const HIDDEN_CLASS = /(^|\s)(sr-only|screen-reader-text|visually-?hidden)(\s|$)/i;
/** Characters of a box's names that are kept. */
const LONGEST_NAMES = 500;
/** Lines of preformatted text that are kept as lines. */
const MOST_PREFORMATTED = 10_000;
/** React sends parts of a page as hidden elements with such an id and moves them into place. */
const STREAMED = /^S:[0-9a-f]+$/;

/** The visible page; the box returned stands for the whole document. */
export function readBoxes(html: string): Box {
  const page: Box = { tag: '', names: '', parts: [] };
  const open: { isSilent: boolean; isLink: boolean; isBlock: boolean }[] = [];
  let box = page;
  let line: Line | undefined;
  let silent = 0;
  let links = 0;
  let preformatted = 0;
  let preformattedLines = 0;
  const endLine = () => {
    const text = line?.text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim();
    if (line && text) {
      box.parts.push({ text, linked: Math.min(line.linked, text.length) });
    }
    line = undefined;
  };
  const addText = (text: string) => {
    line ??= { text: '', linked: 0 };
    line.text += text;
    line.linked += links > 0 ? text.trim().length : 0;
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      const tag = TAG_OF_ROLE[attributes['role'] ?? ''] ?? name;
      const isSilent = SILENT.has(tag) || isHidden(tag, attributes);
      const isVisible = silent === 0 && !isSilent;
      const isBlock = isVisible && BLOCKS.has(tag);
      const isLink = isVisible && tag === 'a';
      open.push({ isSilent, isLink, isBlock });
      silent += isSilent ? 1 : 0;
      links += isLink ? 1 : 0;
      preformatted += name === 'pre' ? 1 : 0;
      if (isBlock || (isVisible && tag === 'br')) {
        endLine();
      }
      if (isBlock) {
        const inner: Box = { tag, names: namesOf(attributes), parts: [], parent: box };
        box.parts.push(inner);
        box = inner;
      }
    },
    ontext(text) {
      if (silent > 0) {
        return;
      }
      const isBroken = preformatted > 0 && preformattedLines < MOST_PREFORMATTED;
      const [first = '', ...more] = isBroken ? text.split('\n', MOST_PREFORMATTED) : [text];
      preformattedLines += more.length;
      addText(first);
      for (const next of more) {
        endLine();
        addText(next);
      }
    },
    onclosetag(name) {
      const element = open.pop();
      silent -= element?.isSilent ? 1 : 0;
      links -= element?.isLink ? 1 : 0;
      preformatted -= name === 'pre' ? 1 : 0;
      if (element?.isBlock) {
        endLine();
        box = box.parent ?? page;
      }
    },
  });
  parser.end(html);
  endLine();
  return page;
}

export function isBox(part: Box | Line): part is Box {
  return 'parts' in part;
}

function isHidden(tag: string, { hidden, id = '', style, ...rest }: Record<string, string>): boolean {
  return (
    tag !== 'html' &&
    tag !== 'body' &&
    ((hidden !== undefined && hidden !== 'until-found' && !STREAMED.test(id)) ||
      rest['aria-hidden'] === 'true' ||
      (style !== undefined && HIDDEN_STYLE.test(style)) ||
      HIDDEN_CLASS.test(rest['class'] ?? ''))
  );
}

function namesOf({ class: classes, id, role, 'aria-label': label }: Record<string, string>): string {
  return [classes, id, role, label].filter(Boolean).join(' ').slice(0, LONGEST_NAMES);
}
