// The sample news as a web site on loopback, for a demo without internet: real feeds and real pages over real
// HTTP, so that the demo takes the same way through the program as the news of the world does.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Feed } from '../domain.js';
import { BotError } from '../errors.js';
import { renderFeed } from './sample-feed.js';
import { loadSampleNews, type SamplePublisher } from './sample-news.js';
import { renderArticle, renderFront, renderHome, renderMissing } from './sample-pages.js';

export interface SampleSite {
  /** Address of the front page, without a slash at its end; its host is 127.0.0.1. */
  url: string;
  /** One per publisher. */
  feeds: Feed[];
  /** Publication time of the newest article: "now" should be a little later. */
  newest: string;
  /** Stops listening and drops open connections; may be called twice. */
  close(): Promise<void>;
}

interface Page {
  body: Buffer;
  contentType: string;
  etag: string;
}

const HTML = 'text/html; charset=utf-8';

/**
 * Serves the sample news of a folder on 127.0.0.1. `port` 0 takes a free one; article addresses hold the port,
 * so a fixed one keeps them the same from start to start. Errors: `sample_news_missing`, `config_invalid`,
 * `port_taken`.
 */
export async function startSampleSite(options: { folder: string; port: number }): Promise<SampleSite> {
  const publishers = loadSampleNews(options.folder);
  let pages = new Map<string, Page>();
  let missing = createPage('', HTML);
  const server = createServer((request, response) => {
    const page = pages.get((request.url ?? '/').split('?', 1)[0] ?? '/');
    send(request, response, page ? { page, status: 200 } : { page: missing, status: 404 });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, options.port)));
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  pages = renderPages(publishers, url);
  missing = createPage(renderMissing(url), HTML);

  return {
    url,
    feeds: publishers.map(({ slug, title }) => ({
      url: `${url}/${slug}/feed.xml`,
      publisher: title,
      pages: 'follow',
    })),
    newest: newestOf(publishers),
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function renderPages(publishers: SamplePublisher[], site: string): Map<string, Page> {
  const pages = new Map<string, Page>([
    ['/', createPage(renderFront(publishers, site), HTML)],
    ['/robots.txt', createPage('User-agent: *\nAllow: /\n', 'text/plain; charset=utf-8')],
  ]);
  for (const publisher of publishers) {
    const home = `/${publisher.slug}/`;
    pages.set(home, createPage(renderHome(publisher, site), HTML));
    pages.set(
      `${home}feed.xml`,
      createPage(renderFeed(publisher, site), 'application/rss+xml; charset=utf-8'),
    );
    for (const article of publisher.articles) {
      pages.set(`${home}${article.slug}`, createPage(renderArticle(publisher, article, site), HTML));
    }
  }
  return pages;
}

function createPage(text: string, contentType: string): Page {
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
  return { body: Buffer.from(text), contentType, etag };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { page, status }: { page: Page; status: number },
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  if (status === 200 && isKnown(request.headers['if-none-match'], page.etag)) {
    response.writeHead(304, { etag: page.etag }).end();
    return;
  }
  response.writeHead(status, {
    'content-type': page.contentType,
    'content-length': page.body.length,
    'cache-control': 'no-cache',
    // Pages hold no script; this says so to the browser.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    ...(status === 200 ? { etag: page.etag } : {}),
  });
  // Node leaves the body out when the request is a HEAD.
  response.end(page.body);
}

/** RFC 9110 section 13.1.2: a list of entity tags, weak ones included, or "*". */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function newestOf(publishers: SamplePublisher[]): string {
  const times = publishers.flatMap(({ articles }) =>
    articles.map(({ publishedAt }) => Date.parse(publishedAt)),
  );
  return new Date(Math.max(...times)).toISOString();
}

function listenError(error: NodeJS.ErrnoException, port: number): BotError {
  const reason = error.code === 'EADDRINUSE' ? 'is taken; choose another or 0 for any' : 'cannot be used';
  return new BotError('port_taken', `port ${port} on 127.0.0.1 ${reason}`, { cause: error });
}
