// A loopback site of many small feeds and, on demand, four bad ones; feeds-storm.mjs starts it as a process of
// its own, so that it does not disturb what is measured. Prints its port.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

const ENTRIES = 20;
const bomb = gzipSync(Buffer.alloc(200_000_000));
const WORDS =
  'bowlers batters pitch over hour plan field captain crowd light rain cover catch slip single boundary session tea lunch stand'.split(
    ' ',
  );
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

let asked = { whole: 0, notModified: 0, pages: 0 };

const server = createServer(({ headers, url }, response) => {
  const [, kind, feed, entry] = url.split('/');
  if (bad[url]) {
    bad[url](response);
  } else if (kind === 'feed') {
    // Every second feed knows ETags; the others only change their build date.
    const etag = feed % 2 ? `"${feed}"` : undefined;
    const isKnown = etag && headers['if-none-match'] === etag;
    asked[isKnown ? 'notModified' : 'whole'] += 1;
    response.writeHead(isKnown ? 304 : 200, { 'content-type': 'application/xml', ...(etag ? { etag } : {}) });
    response.end(isKnown ? '' : feedOf(feed, headers.host));
  } else if (kind === 'asked') {
    response.end(JSON.stringify(asked));
    asked = { whole: 0, notModified: 0, pages: 0 };
  } else if (kind === 'page') {
    asked.pages += 1;
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
      `<description>${textOf(`${feed}-${i}`)}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Feed ${feed}</title><lastBuildDate>${new Date().toUTCString()}</lastBuildDate>${items.join('')}</channel></rss>`;
}

function pageOf(feed, entry) {
  const body = Array.from({ length: 6 }, (_, i) => `<p>${textOf(`${feed}-${entry}-${i}`)}</p>`).join('');
  return `<!doctype html><html><head><title>Report</title></head><body><article><h1>Feed ${feed} report ${entry}</h1>${body}</article></body></html>`;
}

/** Sixty words, other ones for every key: reports of one match share no runs of words. */
function textOf(key) {
  const bytes = createHash('sha512').update(key).digest();
  const words = [...bytes].map((byte, i) => (i % 10 === 9 ? `${byte}.` : WORDS[byte % WORDS.length]));
  return `Report ${key} says that ${words.join(' ')}.`;
}
