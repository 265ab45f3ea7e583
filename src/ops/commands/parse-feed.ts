// `parse-feed`: the entries of one feed on stdin; or many feeds as JSON lines.
import { z } from 'zod';
import { plain } from '../../bots/terminal/style.js';
import type { FeedDocument } from '../../domain.js';
import { readStdin, serveJsonLines } from '../json-lines.js';
import { EXIT, type Session } from '../session.js';

interface ParseFeedOptions {
  contentType?: string;
  baseUrl?: string;
  json?: boolean;
  jsonl?: boolean;
}

const requestSchema = z.object({
  id: z.union([z.string(), z.number()]),
  body_b64: z.string(),
  content_type: z.string().nullish(),
  base_url: z.string().nullish(),
});

export async function runParseFeed(session: Session, options: ParseFeedOptions): Promise<number> {
  const { parseFeed } = session.composition;
  if (options.jsonl) {
    await serveJsonLines(session, requestSchema, async ({ id, body_b64, content_type, base_url }) => {
      const started = process.cpuUsage();
      const feed = await parseFeed(Buffer.from(body_b64, 'base64'), {
        ...(content_type ? { contentType: content_type } : {}),
        ...(base_url ? { baseUrl: base_url } : {}),
      });
      const { user, system } = process.cpuUsage(started);
      return { id, ...asJson(feed), cpu_ms: (user + system) / 1000 };
    });
    return EXIT.done;
  }
  const bytes = await readStdin(session.settings().feeds.maxFeedMegabytes * 1_000_000);
  const feed = await parseFeed(bytes, options);
  if (options.json) {
    await session.out(`${JSON.stringify(asJson(feed), null, 2)}\n`);
    return EXIT.done;
  }
  await session.out(`${session.outStyle.paint('bold', plain(feed.title))}\n`);
  if (feed.beyondLimit) {
    session.note(`Only the first ${feed.entries.length} entries are read; ${feed.beyondLimit} more are not.`);
  }
  for (const entry of feed.entries) {
    const date = entry.publishedAt?.slice(0, 16).replace('T', ' ') ?? 'no date         ';
    await session.out(`${session.outStyle.paint('dim', date)}  ${plain(entry.title)}\n`);
  }
  return EXIT.done;
}

/** The feed in the shape of the command-line contract. */
function asJson(feed: FeedDocument): object {
  return {
    title: feed.title,
    link: feed.link ?? null,
    items: feed.entries.map(({ title, url, guid, publishedAt, author, text }) => {
      return {
        title,
        link: url ?? null,
        guid: guid ?? null,
        date: publishedAt ?? null,
        author: author ?? null,
        text,
      };
    }),
  };
}
