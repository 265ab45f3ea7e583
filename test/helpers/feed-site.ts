// A small site on loopback: one feed, and a page behind each entry.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A feed of so many entries without text at /feed.xml; `onPage` runs when the n-th page from then on is asked for. */
export async function serveFeed(
  entries: number,
): Promise<{ url: string; onPage(n: number, run: () => void): void }> {
  let pages = 0;
  let due: { n: number; run: () => void } | undefined;
  const server: Server = createServer((request, response) => {
    const n = /^\/page\/(\d+)$/.exec(request.url ?? '')?.[1];
    if (n) {
      pages += 1;
      if (due && pages === due.n) {
        due.run();
      }
      response.setHeader('content-type', 'text/html').end(pageOf(Number(n)));
      return;
    }
    response
      .setHeader('content-type', 'application/rss+xml')
      .end(feedOf(`http://${request.headers.host}`, entries));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onPage(wanted, run) {
      pages = 0;
      due = { n: wanted, run };
    },
  };
}

function feedOf(base: string, entries: number): string {
  const items = Array.from({ length: entries }, (_, n) => {
    return `<item><title>Report ${n}</title><link>${base}/page/${n}</link><pubDate>Mon, 18 Dec 2023 10:00:00 GMT</pubDate></item>`;
  });
  return `<rss version="2.0"><channel><title>Local reports</title>${items.join('')}</channel></rss>`;
}

function pageOf(n: number): string {
  const paragraph = (i: number) =>
    `<p>On day ${i} of match ${n} the home side made ${100 + i * n} runs before tea, and the visitors answered with a long stand for the ${i}th wicket in front of a large crowd.</p>`;
  return `<html><head><title>Report ${n}</title></head><body><article><h1>Report ${n}</h1>${Array.from({ length: 12 }, (_, i) => paragraph(i)).join('')}</article></body></html>`;
}
