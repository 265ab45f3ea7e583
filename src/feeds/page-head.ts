// What a page says of itself in its markup, collected in one streaming pass and not yet judged: meta tags,
// structured data, and the elements that carry a time or an author's name.
import { Parser } from 'htmlparser2';
import { tidy } from './html-text.js';

export interface PageHead {
  /** Content of meta tags by lower-case property, name or itemprop; the first of each. */
  metas: Map<string, string>;
  /** Bodies of JSON-LD scripts, unparsed. */
  jsonLd: string[];
  /** The title element. */
  title: string;
  canonical?: string | undefined;
  language?: string | undefined;
  /** Of elements marked as the date of publication, else of time elements after the first h1, else of all. */
  times: string[];
  /** Texts of elements marked as the author. */
  authors: string[];
}

type Attributes = Record<string, string>;
/** Characters of a marked element's text that are read. */
const LONGEST_MARK = 200;
const MOST_MARKS = 20;
const AUTHOR_CLASS =
  /(^|[\s_-])(author-?name|byline-?name|byline|post-author|entry-author|article-author|author)($|[\s_])/i;
const PUBLISHED_CLASS =
  /(^|[\s_-])(published|(entry|post|article|story|publish|publication|published|pub)[_-]?(date|time|on))($|[\s_-])/i;

export function readHead(html: string): PageHead {
  const head: PageHead = { metas: new Map(), jsonLd: [], title: '', times: [], authors: [] };
  const marked: string[] = [];
  const later: string[] = [];
  const early: string[] = [];
  const open: ((text: string) => void)[] = [];
  const texts: string[] = [];
  let isAfterHeadline = false;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'meta') {
        readMeta(head, attributes);
      } else if (tag === 'link' && /^canonical$/i.test(attributes['rel'] ?? '')) {
        head.canonical ??= attributes['href'];
      } else if (tag === 'html') {
        head.language = attributes['lang'];
      }
      isAfterHeadline ||= tag === 'h1';
      open.push(
        receiver(tag, attributes, head, isPublished(attributes) ? marked : isAfterHeadline ? later : early),
      );
      texts.push('');
    },
    ontext(text) {
      const wanted = open.findLastIndex((receive) => receive !== ignore);
      if (wanted !== -1) {
        texts[wanted] += text;
      }
    },
    onclosetag() {
      open.pop()?.(texts.pop() ?? '');
    },
  });
  parser.end(html);
  head.times = [...marked, ...later, ...early].slice(0, MOST_MARKS);
  return head;
}

const ignore = () => {};

/** What to do with the text of an element, once it is closed. */
function receiver(
  tag: string,
  attributes: Attributes,
  head: PageHead,
  times: string[],
): (text: string) => void {
  if (tag === 'script') {
    return /ld\+json/i.test(attributes['type'] ?? '') ? (text) => head.jsonLd.push(text) : ignore;
  }
  if (tag === 'title') {
    return (text) => {
      head.title ||= tidy(text).replace(/\n/g, ' ');
    };
  }
  if (tag === 'time' || isPublished(attributes)) {
    const time = attributes['datetime'] || attributes['content'];
    return (text) => {
      times.push(time || tidy(text.slice(0, LONGEST_MARK)).replace(/\n/g, ' '));
    };
  }
  if (isAuthor(attributes) && head.authors.length < MOST_MARKS) {
    return (text) => {
      const name = tidy(text.slice(0, LONGEST_MARK)).replace(/\n/g, ' ');
      if (name) {
        head.authors.push(name);
      }
    };
  }
  return ignore;
}

function readMeta(head: PageHead, attributes: Attributes): void {
  const content = attributes['content']?.trim();
  for (const key of [attributes['property'], attributes['name'], attributes['itemprop']]) {
    const name = key?.toLowerCase();
    if (name && content && !head.metas.has(name)) {
      head.metas.set(name, content);
    }
  }
}

function isPublished({ class: classes = '', itemprop = '' }: Attributes): boolean {
  return /datePublished/i.test(itemprop) || PUBLISHED_CLASS.test(classes);
}

function isAuthor({ class: classes = '', itemprop = '', rel = '' }: Attributes): boolean {
  return /(^|\s)author($|\s)/i.test(`${rel} ${itemprop}`) || AUTHOR_CLASS.test(classes);
}
