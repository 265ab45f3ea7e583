// `feeds`: how the feeds are, and which ones are followed.
import { readFile, stat } from 'node:fs/promises';
import { plain } from '../../bots/terminal/style.js';
import type { Feed } from '../../domain.js';
import { BotError, isBotError } from '../../errors.js';
import { feedsTable } from '../feeds-table.js';
import { readStdin } from '../json-lines.js';
import type { FeedDesk } from '../news.js';
import { EXIT, type Session } from '../session.js';

interface FeedsOptions {
  json?: boolean;
  publisher?: string;
  pages?: Feed['pages'];
  skipPath?: string[];
}

type Run = (session: Session, desk: FeedDesk, options: FeedsOptions, argument: string) => Promise<void>;

/** What can be done, and what must stand behind it. */
const ACTIONS: Record<string, { needs?: string; run: Run }> = {
  list: { run: list },
  add: { needs: 'the address of a feed or of a site', run: add },
  remove: { needs: 'the address of a feed', run: remove },
  import: { needs: 'an OPML file, or - for stdin', run: importOpml },
  export: { run: exportOpml },
};

export async function runFeeds(session: Session, options: FeedsOptions, args: string[]): Promise<number> {
  const [name = 'list', argument = ''] = args;
  const action = ACTIONS[name];
  if (!action) {
    throw new BotError('usage', `feeds ${name} is not known (allowed: ${Object.keys(ACTIONS).join(', ')})`);
  }
  if (action.needs && !argument) {
    throw new BotError('usage', `feeds ${name} needs ${action.needs}`);
  }
  const news = await session.composition.openNews(session.settings(), { clock: session.givenClock });
  try {
    await action.run(session, news.feeds, options, argument);
    return EXIT.done;
  } finally {
    await news.close();
  }
}

async function list({ clock, out, outStyle }: Session, desk: FeedDesk, options: FeedsOptions): Promise<void> {
  const feeds = await desk.health();
  await out(options.json ? `${JSON.stringify({ feeds }, null, 2)}\n` : feedsTable(feeds, clock(), outStyle));
}

async function add(session: Session, desk: FeedDesk, options: FeedsOptions, address: string): Promise<void> {
  if (!URL.canParse(address)) {
    throw new BotError('usage', `"${address}" is not an address (allowed: http://… or https://…)`);
  }
  session.status('looking for the feed');
  const [found, ...others] = await desk.discover(address, session.signal);
  session.status('');
  if (!found) {
    return;
  }
  const { pages = 'follow', publisher, skipPath: skipPaths = [] } = options;
  const saysPages = Boolean(options.pages ?? publisher ?? options.skipPath);
  await desk.add([{ url: found.url, pages, publisher, skipPaths, saysPages }]);
  if (options.json) {
    await session.out(`${JSON.stringify({ added: found, others }, null, 2)}\n`);
    return;
  }
  const mark = session.outStyle.paint('green', '✓');
  await session.out(
    `${mark} ${plain(found.title || found.url)} is followed: ${found.url} (${found.entries === 1 ? '1 entry' : `${found.entries} entries`})\n`,
  );
  for (const other of others) {
    session.note(`  also there: ${plain(other.title)} ${other.url}`);
  }
  session.note(
    `Its articles come with the next poll (start or ingest). Undo: third-umpire feeds remove ${found.url}`,
  );
}

async function remove(session: Session, desk: FeedDesk, options: FeedsOptions, url: string): Promise<void> {
  const feed = await desk.remove(url);
  if (!feed) {
    throw new BotError('unknown_feed', `${url} is not followed; third-umpire feeds shows which are`);
  }
  if (options.json) {
    await session.out(`${JSON.stringify({ removed: feed }, null, 2)}\n`);
    return;
  }
  await session.out(
    `${session.outStyle.paint('green', '✓')} ${feed.url} is no longer followed; its articles stay\n`,
  );
  session.note(`Undo: third-umpire ${undoOf(feed)}`);
}

/** What brings the feed back as it was; the feeds file still says how a configured one was. */
function undoOf(feed: Feed & { isConfigured: boolean }): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const options = feed.isConfigured
    ? []
    : [
        feed.publisher === undefined ? [] : ['--publisher', quote(feed.publisher)],
        feed.pages === 'feed-only' ? ['--pages', 'feed-only'] : [],
        (feed.skipPaths ?? []).flatMap((path) => ['--skip-path', quote(path)]),
      ].flat();
  return ['feeds add', feed.url, ...options].join(' ');
}

async function importOpml(
  session: Session,
  desk: FeedDesk,
  options: FeedsOptions,
  file: string,
): Promise<void> {
  const limit = session.settings().feeds.maxFeedMegabytes * 1_000_000;
  const feeds = await desk.readOpml(file === '-' ? await readStdin(limit) : await readNamed(file, limit));
  const added = await desk.add(feeds);
  if (options.json) {
    await session.out(`${JSON.stringify({ added, known: feeds.length - added.length }, null, 2)}\n`);
    return;
  }
  const again = feeds.length - added.length;
  await session.out(
    `${session.outStyle.paint('green', '✓')} ${added.length === 1 ? '1 feed' : `${added.length} feeds`} added${again > 0 ? `, ${again} were followed before` : ''}\n`,
  );
}

async function exportOpml({ out }: Session, desk: FeedDesk): Promise<void> {
  await out(await desk.writeOpml(await desk.list()));
}

async function readNamed(file: string, limit: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > limit) {
      throw new BotError('too_large', `${file} is larger than ${limit / 1e6} MB, which no list of feeds is`);
    }
    return await readFile(file);
  } catch (error) {
    if (isBotError(error)) {
      throw error;
    }
    throw new BotError('file_missing', `${file} cannot be read; check the path`, { cause: error });
  }
}
