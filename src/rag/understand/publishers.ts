// Publishers named in a question ("as The Guardian reported"): their articles are preferred. Names come from
// the index itself; "Business Line | Sport" is also found by "Business Line", a section's name alone by nothing.
import type { ChunkSource } from '../ports.js';

/** Words that name a section of any publisher. */
const SECTIONS = new Set(
  'news sport sports cricket football rugby tennis business world health travel life style lifestyle entertainment arts technology science home latest india'.split(
    ' ',
  ),
);
const PARTS = /\s+[|:–-]\s+|\s*\|\s*|:\s+/;
const SHORTEST = 3;

/** The publishers of the index that a text names. */
export type FindPublishers = (text: string) => Promise<string[]>;

/** Reads the publishers again only when the index has changed. */
export function createPublisherFinder(
  chunks: Pick<ChunkSource, 'latestRevision' | 'publishers'>,
): FindPublishers {
  let known: { revision: number; publishers: string[] } | undefined;
  return async (text) => {
    const revision = await chunks.latestRevision();
    if (known?.revision !== revision) {
      known = { revision, publishers: await chunks.publishers() };
    }
    return findPublishers(text, known.publishers);
  };
}

/** The publishers that a text names, in the order of `publishers`. */
export function findPublishers(text: string, publishers: string[]): string[] {
  const said = text.toLowerCase();
  return publishers.filter((publisher) =>
    // Most are not there at all: patterns are made only for the few that may be.
    spellings(publisher).some((name) => said.includes(name.toLowerCase()) && isNamed(text, name)),
  );
}

function spellings(publisher: string): string[] {
  return [publisher, ...publisher.split(PARTS)]
    .map((name) => name.replace(/^the(\s+|$)/i, '').trim())
    .filter((name) => name.length >= SHORTEST && !SECTIONS.has(name.toLowerCase()));
}

/** As it is written; in any case when the question says whose report it means. */
function isNamed(text: string, name: string): boolean {
  const whole = (before: string) =>
    `${before}(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`;
  return (
    new RegExp(whole(''), 'u').test(text) ||
    new RegExp(whole('\\b(?:according to|reported by|says|by|from) (?:the )?'), 'iu').test(text)
  );
}
