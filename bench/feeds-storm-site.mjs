// A loopback site of many small feeds and, on demand, four bad ones; feeds-storm.mjs starts it as a process of
// its own, so that it does not disturb what is measured. Prints its port.
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

const ENTRIES = 20;
const bomb = gzipSync(Buffer.alloc(200_000_000));
const paragraph =
  'The bowlers kept to their plan on a pitch that grew slower every hour, and the field followed them. ';
const bad = {
  '/bad/slow': (response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    const drip = setInterval(() => response.write(' '), 500);
    response.on('close', () => clearInterval(drip));
  },
  '/bad/endless': (response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    const more = () => {
      while (!response.destroyed && response.write('<a/>'.repeat(16_384))) {}
    };
    response.on('drain', more);
    more();
  },
  '/bad/bomb': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  },
  '/bad/loop': (response) => {
    response.writeHead(301, { location: '/bad/loop' }).end();
  },
};

const server = createServer(({ headers, url }, response) => {
  const [, kind, feed, entry] = url.split('/');
  if (bad[url]) {
    bad[url](response);
  } else if (kind === 'feed') {
    // Every second feed knows ETags; the others only change their build date.
    const etag = feed % 2 ? `"${feed}"` : undefined;
    const isKnown = etag && headers['if-none-match'] === etag;
    response.writeHead(isKnown ? 304 : 200, { 'content-type': 'application/xml', ...(etag ? { etag } : {}) });
    response.end(isKnown ? '' : feedOf(feed, headers.host));
  } else if (kind === 'page') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(feed, entry));
  } else {
    response.writeHead(404).end();
  }
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));

function feedOf(feed, host) {
  const items = Array.from(
    { length: ENTRIES },
    (_, i) =>
      `<item><title>Feed ${feed} report ${i}</title><link>http://${host}/page/${feed}/${i}</link>` +
      `<pubDate>Tue, 19 Dec 2023 ${String(i).padStart(2, '0')}:00:00 GMT</pubDate>` +
      `<description>${paragraph.repeat(4)} Number ${feed}-${i}.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Feed ${feed}</title><lastBuildDate>${new Date().toUTCString()}</lastBuildDate>${items.join('')}</channel></rss>`;
}

function pageOf(feed, entry) {
  const body = `<p>${paragraph.repeat(5)}</p>`.repeat(6);
  return `<!doctype html><html><head><title>Report</title></head><body><article><h1>Feed ${feed} report ${entry}</h1>${body}</article></body></html>`;
}
