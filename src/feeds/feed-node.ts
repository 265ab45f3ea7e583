// One element of a feed as the XML parser gives it: a string, or an object with attributes (`$`) and its
// children in order (`$$`). Names carry the prefix "f:" (parse.ts says why).
import { htmlToText, isBlock, tidy } from './html-text.js';

export type Node =
  | string
  | {
      $?: Record<string, string>;
      $$?: (Node & object)[];
      _?: string;
      '#name'?: string;
      [child: string]: unknown;
    };

export function attribute(node: Node | undefined, name: string): string | undefined {
  return typeof node === 'object' ? node.$?.[name] : undefined;
}

/** Children of that name, in order. */
export function children(node: Node | undefined, name: string): Node[] {
  const found = typeof node === 'object' ? node[`f:${name}`] : undefined;
  return Array.isArray(found) ? (found as Node[]) : [];
}

/** The characters inside, child elements as their text with line breaks around blocks. */
export function textOf(node: Node | undefined): string {
  if (node === undefined || typeof node === 'string') {
    return node ?? '';
  }
  if (!node.$$) {
    return node._ ?? '';
  }
  return node.$$.map((child) => {
    const name = typeof child === 'object' ? String(child['#name'] ?? '').replace(/^f:/, '') : '';
    const text = name === '__text__' && typeof child === 'object' ? (child._ ?? '') : textOf(child);
    return isBlock(name) ? `\n${text}\n` : text;
  }).join('');
}

/** Plain words of a title, summary or content, whatever way it is marked up. */
export function wordsOf(node: Node | undefined): string {
  const type = attribute(node, 'type')?.toLowerCase();
  const text = decodeMode(textOf(node), attribute(node, 'mode'));
  const isPlain = type === 'text' || type === 'text/plain' || (type === 'xhtml' && hasElements(node));
  return isPlain ? tidy(text) : htmlToText(text);
}

/** The `xml:base` in force inside a node. */
export function baseOf(node: Node | undefined, outer: string | undefined): string | undefined {
  const base = attribute(node, 'xml:base');
  return base ? (resolveUrl(base, outer) ?? outer) : outer;
}

/** An absolute http(s) address; undefined when there is none. */
export function resolveUrl(address: string | undefined, base: string | undefined): string | undefined {
  const plain = address?.trim();
  if (!plain || !URL.canParse(plain, base)) {
    return undefined;
  }
  const url = new URL(plain, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}

function hasElements(node: Node | undefined): boolean {
  return typeof node === 'object' && (node.$$ ?? []).some((child) => child['#name'] !== '__text__');
}

/** Atom 0.3 could carry text as base64. */
function decodeMode(text: string, mode: string | undefined): string {
  return mode === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;
}
