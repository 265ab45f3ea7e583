// The grounding check with the names of config/cricket.yaml, and texts to check against.
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadCricketNames } from '#src/cricket.js';
import type { Source } from '#src/rag/generate/generate.js';
import { createGroundingCheck } from '#src/rag/ground/check.js';
import { createNameReader } from '#src/rag/ground/names.js';
import { aPassage } from './builders.js';

const NOW = '2023-12-19T15:05:00Z';

/** Claims of a sentence that the source does not bear out. */
export function createChecker(now = NOW) {
  return createGroundingCheck(createNameReader(loadCricketNames()), () => new Date(now));
}

/** A cited passage; written on Tuesday, 19 December 2023 unless told. */
export function aSource(text: string, parts: Parameters<typeof aPassage>[0] = {}): Source {
  return { passage: aPassage({ text, title: '', publisher: '', ...parts }), context: text };
}

interface SampleArticle {
  title: string;
  publishedAt: Date | string;
  paragraphs: string[];
}

/** The articles of the demo, by title. */
export function sampleArticles(): Map<string, Source> {
  const folder = 'config/sample-news';
  const feeds = readdirSync(folder).map((file) => parse(readFileSync(`${folder}/${file}`, 'utf8')));
  return new Map(
    feeds.flatMap(({ articles, title: publisher }: { title: string; articles: SampleArticle[] }) =>
      articles.map(({ paragraphs, publishedAt, title }) => {
        const text = paragraphs.map((paragraph) => paragraph.replace(/\s+/g, ' ').trim()).join('\n');
        const written = new Date(publishedAt).toISOString();
        return [title, aSource(text, { title, publisher, publishedAt: written })] as const;
      }),
    ),
  );
}
