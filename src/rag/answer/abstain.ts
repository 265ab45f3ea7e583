// What is said when the sources do not answer: what is missing, how much was searched, how new it is, and the
// nearest headlines. Never silence, never a guess.
import { type Answer, type Citation, type Passage, VERDICT_WORDS } from '../../domain.js';
import type { ChunkSource } from '../ports.js';

const NEAREST_HEADLINES = 3;

/** `missing` is what the passages do not tell, as a clause; absent = "answers this". */
export async function abstain(
  chunks: Pick<ChunkSource, 'countChunks' | 'newestArticle'>,
  retrieved: Passage[],
  missing?: string,
): Promise<Pick<Answer, 'text' | 'citations' | 'abstained' | 'verdict'>> {
  const [count, newest] = await Promise.all([chunks.countChunks(), chunks.newestArticle()]);
  const searched =
    count > 0
      ? `none of the ${count.toLocaleString('en-GB')} passages`
      : 'no articles are indexed yet ("third-umpire ingest" reads the feeds)';
  const until = newest ? ` (newest: ${newest.slice(0, 10)})` : '';
  const lack = missing ? ` says ${missing}.` : ' answers this.';
  const text = `${VERDICT_WORDS['not-enough']}: ${searched}${until}${count > 0 ? lack : '.'}`;
  return { text, citations: nearest(retrieved), abstained: true, verdict: 'not-enough' };
}

function nearest(passages: Passage[]): Citation[] {
  const byUrl = new Map(passages.filter(({ url }) => url).map((passage) => [passage.url, passage]));
  return [...byUrl.values()].slice(0, NEAREST_HEADLINES).map(({ publishedAt, publisher, title, url }, i) => {
    return { n: i + 1, url, title, publisher, publishedAt, quote: title };
  });
}
