// `extract`: readable text of one page, from an address or from stdin; or many pages as JSON lines.
import { z } from 'zod';
import { readStdin, serveJsonLines } from '../json-lines.js';
import { EXIT, type Session } from '../session.js';

interface ExtractOptions {
  url?: string;
  json?: boolean;
  jsonl?: boolean;
}

const requestSchema = z.object({
  id: z.union([z.string(), z.number()]),
  url: z.string().default(''),
  html_b64: z.string(),
});

export async function runExtract(session: Session, options: ExtractOptions): Promise<number> {
  const settings = session.settings();
  const extractor = await session.composition.openExtractor(settings);
  try {
    if (options.jsonl) {
      await serveJsonLines(session, requestSchema, async ({ id, url, html_b64 }) => {
        const started = performance.now();
        const cpu = process.cpuUsage();
        const page = await extractor.extract(Buffer.from(html_b64, 'base64'), url);
        const { user, system } = process.cpuUsage(cpu);
        const { text, title, author = null, publishedAt: date = null } = page;
        const ms = Math.round((performance.now() - started) * 100) / 100;
        return { id, text, title, author, date, ms, cpu_ms: (user + system) / 1000 };
      });
      return EXIT.done;
    }
    const isPiped = !process.stdin.isTTY && (!options.url || (await hasInput()));
    const source =
      options.url && !isPiped
        ? await extractor.fetchPage(options.url, session.signal)
        : { bytes: await readStdin(settings.feeds.maxPageMegabytes * 1_000_000), url: options.url ?? '' };
    const page = await extractor.extract(source.bytes, source.url);
    if (options.json) {
      await session.out(`${JSON.stringify(page, null, 2)}\n`);
      return EXIT.done;
    }
    if (page.text === '') {
      session.note(`${source.url || 'stdin'}: no article found on this page`);
      return EXIT.failed;
    }
    await session.out(`${page.title}\n\n${page.text}\n`);
    return EXIT.done;
  } finally {
    await extractor.close();
  }
}

async function hasInput(): Promise<boolean> {
  return process.stdin.readableLength > 0;
}
