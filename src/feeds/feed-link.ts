// Which of an element's links leads to the page: RSS's text, or Atom's "alternate" (the one without a rel,
// too); never "self", "enclosure" or "replies".
import { attribute, type Node, resolveUrl, textOf } from './feed-node.js';

export function linkOf(links: Node[], base: string | undefined): string | undefined {
  const candidates = links.map((node) => {
    const address = attribute(node, 'href') ?? textOf(node);
    return {
      isAlternate: (attribute(node, 'rel') ?? 'alternate').toLowerCase() === 'alternate',
      isHtml: /html/.test(attribute(node, 'type') ?? 'text/html'),
      url: resolveUrl(address, attribute(node, 'xml:base') ?? base),
    };
  });
  const usable = candidates.filter(({ isAlternate, url }) => isAlternate && url);
  return (usable.find(({ isHtml }) => isHtml) ?? usable[0])?.url;
}
