// Structured data of a page (schema.org in JSON-LD): the article's own words on headline, date, author and
// publisher. Publishers nest it, list it and break its JSON; a field that does not fit is left out alone.
import { z } from 'zod';
import { htmlToText } from './html-text.js';

export interface StructuredData {
  headline?: string | undefined;
  /** As written. */
  datePublished?: string | undefined;
  /** As written. */
  dateModified?: string | undefined;
  /** As written: a name or a tag. */
  inLanguage?: string | undefined;
  author?: string | undefined;
  publisher?: string | undefined;
  /** The article's text, where the page carries it there, too. */
  text?: string | undefined;
  /** False when the page says that one has to pay for the article. */
  isFree: boolean;
}

const ARTICLE = /article|posting|report|review|recipe|howto/i;
const PAGE = /page|video|podcast|event|product/i;
const DEEPEST = 6;
/** Things that are looked at: a page may list all reviews of a shop. */
const MOST_THINGS = 500;
/** Characters of a value that are read, and of an article's text. */
const LONGEST_VALUE = 1000;
const LONGEST_TEXT = 200_000;

const words = z
  .string()
  .transform((text) => htmlToText(text.slice(0, LONGEST_VALUE)).replace(/\n/g, ' ') || undefined);
const name = z.union([z.string(), z.object({ name: z.string() }).transform((thing) => thing.name)]);
const names = z
  .union([name, z.array(name.catch('')).transform((list) => list.filter(Boolean).join(', '))])
  .pipe(words);
const optional = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined);
const thingSchema = z.object({
  '@type': z.union([z.string(), z.array(z.string()).transform((list) => list.join(' '))]).catch(''),
  headline: optional(words),
  datePublished: optional(words),
  dateCreated: optional(words),
  dateModified: optional(words),
  uploadDate: optional(words),
  inLanguage: optional(names),
  author: optional(names),
  publisher: optional(names),
  articleBody: optional(z.string().transform((text) => htmlToText(text.slice(0, LONGEST_TEXT)))),
  isAccessibleForFree: optional(
    z.union([z.boolean(), z.string().transform((text) => !/^false$/i.test(text))]),
  ),
});

/** The article's data; what only the page around it says fills its gaps. */
export function readStructuredData(scripts: string[]): StructuredData {
  const things = scripts
    .flatMap((script) => nested(parseLeniently(script)))
    .slice(0, MOST_THINGS)
    .map((thing) => thingSchema.safeParse(thing))
    .flatMap((parsed) => (parsed.success ? [parsed.data] : []));
  const ofType = (type: RegExp) => things.filter((thing) => type.test(thing['@type']));
  const [article, page] = [ofType(ARTICLE)[0], ofType(PAGE)[0]];
  return {
    headline: article?.headline,
    datePublished: article?.datePublished ?? page?.datePublished ?? article?.dateCreated ?? page?.uploadDate,
    dateModified: article?.dateModified ?? page?.dateModified,
    inLanguage: article?.inLanguage ?? page?.inLanguage,
    author: article?.author ?? page?.author,
    publisher: article?.publisher ?? page?.publisher,
    text: article?.articleBody,
    isFree: (article?.isAccessibleForFree ?? page?.isAccessibleForFree) !== false,
  };
}

/** All things of a document: in arrays, in @graph, and as main entity of a page. */
function nested(value: unknown, depth = 0): unknown[] {
  if (value === null || typeof value !== 'object' || depth > DEEPEST) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((inner) => nested(inner, depth + 1));
  }
  const inner = Object.entries(value).filter(([key]) => /^(@graph|mainEntity|hasPart)$/.test(key));
  return [value, ...inner.flatMap(([, thing]) => nested(thing, depth + 1))];
}

/** Comments around the JSON, raw line breaks in strings and commas before a bracket are common mistakes. */
function parseLeniently(script: string): unknown {
  const json = script
    .trim()
    .replace(/^(<!--|\/?\/?<!\[CDATA\[|\/\*)+/, '')
    .replace(/(-->|\/?\/?\]\]>|\*\/|;){1,4}$/, '')
    .replace(/\p{Cc}+/gu, ' ');
  for (const text of [json, json.replace(/,\s*([\]}])/g, '$1')]) {
    try {
      return JSON.parse(text);
    } catch {
      // The next form may parse.
    }
  }
  return undefined;
}
