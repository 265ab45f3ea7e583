// Which of an element's links leads to the page: Atom's "alternate" (the one without a rel, too), or RSS's
// text; never "self", "enclosure" or "replies".
import { attribute, baseOf, type Node, resolveUrl, textOf } from './feed-node.js';

export function linkOf(links: Node[], base: string | undefined): string | undefined {
  const candidates = links.map((node) => {
    const rel = (attribute(node, 'rel') ?? 'alternate').toLowerCase();
    const type = attribute(node, 'type') ?? 'text/html';
    const url = resolveUrl(attribute(node, 'href') ?? textOf(node), baseOf(node, base));
    return { isAlternate: rel === 'alternate', isHtml: /html/.test(type), url };
  });
  const usable = candidates.filter(({ isAlternate, url }) => isAlternate && url);
  return (usable.find(({ isHtml }) => isHtml) ?? usable[0])?.url;
}
