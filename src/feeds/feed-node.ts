// One element of a mended feed as the XML parser gives it: attributes (`$`), children in order (`$$`, text
// among them) and its name (`#name`, with the prefix "f:" that mend-xml.ts gives it).
import { htmlToText, isBlock, tidy } from './html-text.js';

export interface Node {
  $?: Record<string, string>;
  $$?: Node[];
  _?: string;
  '#name'?: string;
}

export function attribute(node: Node | undefined, name: string): string | undefined {
  return node?.$?.[name];
}

/** Children of that name, in order. */
export function children(node: Node | undefined, name: string): Node[] {
  return (node?.$$ ?? []).filter((child) => child['#name'] === `f:${name}`);
}

/** The characters inside, child elements as their text with line breaks around blocks. */
export function textOf(node: Node | undefined): string {
  if (!node?.$$) {
    return node?._ ?? '';
  }
  return node.$$.map((child) => {
    const name = child['#name'] ?? '';
    const text = textOf(child);
    return isBlock(name.slice(2)) ? `\n${text}\n` : text;
  }).join('');
}

/** Plain words of a title, summary or content, whatever way it is marked up. */
export function wordsOf(node: Node | undefined): string {
  const type = attribute(node, 'type')?.toLowerCase() ?? '';
  const text = isBase64(node, type) ? Buffer.from(textOf(node), 'base64').toString('utf8') : textOf(node);
  const isPlain = type === 'text' || type === 'text/plain' || (type === 'xhtml' && hasElements(node));
  return isPlain ? tidy(text) : htmlToText(text);
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

/** Atom 0.3 says so; in Atom 1.0 every media type that is neither text nor XML is base64 (RFC 4287, 4.1.3.3). */
function isBase64(node: Node | undefined, type: string): boolean {
  const isBinary = type.includes('/') && !/^text\/|xml$|html/.test(type);
  return attribute(node, 'mode') === 'base64' || isBinary;
}

function hasElements(node: Node | undefined): boolean {
  return (node?.$$ ?? []).some((child) => child['#name'] !== '__text__');
}
