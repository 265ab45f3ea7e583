// The sample news: YAML files, one a publisher, checked when they are read. Only plain text may stand in them;
// how it is marked up is the site's business.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseYaml } from '../config-file.js';
import { BotError } from '../errors.js';

const line = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .regex(/^\P{Cc}*$/u, 'one line of text without control characters');
const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words, digits and hyphens');

const articleSchema = z.strictObject({
  slug,
  title: line.max(200),
  author: line.max(100).optional(),
  publishedAt: z.iso.datetime(),
  paragraphs: z.array(line).min(1).max(40),
  list: z.array(line).max(60).default([]),
  /** Rows of cells; the first row is the heading. */
  table: z
    .array(z.array(line).min(1).max(10))
    .max(60)
    .default([])
    .refine((rows) => rows.every(({ length }) => length === rows[0]?.length), 'rows of equal length'),
});

const publisherSchema = z.strictObject({
  title: line.max(100),
  slug,
  /** `full`: the feed carries whole articles; `summary`: first paragraphs, the page has the rest. */
  feed: z.enum(['full', 'summary']),
  articles: z
    .array(articleSchema)
    .min(1)
    .max(500)
    .refine(
      (articles) => new Set(articles.map((article) => article.slug)).size === articles.length,
      'articles with slugs of their own',
    ),
});

export type SampleArticle = z.infer<typeof articleSchema>;
export type SamplePublisher = z.infer<typeof publisherSchema>;

/**
 * The publishers of a folder's .yaml files in the order of the file names, articles newest first. Errors:
 * `sample_news_missing` (no such folder, no file, one publisher twice), `config_invalid` with file and line.
 */
export function loadSampleNews(folder: string): SamplePublisher[] {
  const publishers = yamlFiles(folder).map((file) =>
    newestFirst(parseYaml([{ file, text: readFileSync(file, 'utf8') }], publisherSchema)),
  );
  if (new Set(publishers.map((publisher) => publisher.slug)).size < Math.max(publishers.length, 1)) {
    throw new BotError(
      'sample_news_missing',
      `${folder} must hold .yaml files of sample news, each with a slug of its own`,
    );
  }
  return publishers;
}

function yamlFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    return names.sort().map((name) => path.join(folder, name));
  } catch (error) {
    throw new BotError('sample_news_missing', `${folder} cannot be read; it should hold the sample news`, {
      cause: error,
    });
  }
}

function newestFirst(publisher: SamplePublisher): SamplePublisher {
  const time = ({ publishedAt }: SampleArticle) => Date.parse(publishedAt);
  return { ...publisher, articles: publisher.articles.toSorted((a, b) => time(b) - time(a)) };
}
