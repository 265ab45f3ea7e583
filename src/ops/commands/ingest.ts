// `ingest`: one pass over feeds or pages, then the indexes, and what is too old goes. A feed or page that fails is
// one line; the others go on, and the exit code says whether anything was read at all.
import { plain } from '../../bots/terminal/style.js';
import type { Feed } from '../../domain.js';
import { BotError } from '../../errors.js';
import type { App, FeedReport, OnNamedProgress } from '../app.js';
import { feedLine } from '../feed-line.js';
import { EXIT, type Session } from '../session.js';

interface IngestOptions {
  feeds?: string;
  feed?: string[];
  url?: string[];
  json?: boolean;
}

export async function runIngest(session: Session, options: IngestOptions): Promise<number> {
  const settings = session.settings();
  const given = givenFeeds(session, options);
  for (const url of [...(options.feed ?? []), ...(options.url ?? [])]) {
    if (!URL.canParse(url)) {
      throw new BotError('usage', `"${url}" is not an address (allowed: http://… or https://…)`);
    }
  }
  const notices: string[] = [];
  const progress = session.progress();
  const onProgress: OnNamedProgress = (name, state) => progress.update(name, state);
  const app = await session.composition.openApp(settings, {
    download: true,
    onProgress,
    onNotice: ({ message }) => notices.push(message),
    clock: session.givenClock,
  });
  try {
    const work = { signal: session.signal, onProgress };
    const feeds = given ?? (await app.feeds.list());
    const reports = await app.ingestFeeds(feeds, work);
    reports.push(...(await app.ingestPages(options.url ?? [], work)));
    const again = await app.rereadPages(
      feeds.map(({ url }) => url),
      work,
    );
    const removed = await app.expire(session.signal);
    await app.catchUp(work);
    progress.end();
    await report(session, app, { reports, again, removed, notices }, options.json ?? false);
    return reports.length > 0 && reports.every((feed) => feed.error) ? EXIT.failed : EXIT.done;
  } finally {
    await app.close();
  }
}

/** Undefined = all that are followed. */
function givenFeeds(session: Session, { feed, feeds, url }: IngestOptions): Feed[] | undefined {
  if (feed || url) {
    return (feed ?? []).map((address) => ({ url: address, pages: 'follow' as const }));
  }
  return feeds ? session.composition.configuredFeeds(session.settings(), feeds) : undefined;
}

interface Outcome {
  reports: FeedReport[];
  again: { read: number; changed: number };
  /** Articles that were too old. */
  removed: number;
  notices: string[];
}

async function report(session: Session, app: App, outcome: Outcome, json: boolean): Promise<void> {
  const { again, notices, removed, reports } = outcome;
  const { errorStyle, outStyle: style } = session;
  const counts = await app.counts();
  const notice = app.notice();
  if (json) {
    const result = { feeds: reports, pages_read_again: again, removed, notices, ...counts };
    await session.out(`${JSON.stringify({ ...result, notice: notice ?? null }, null, 2)}\n`);
    return;
  }
  for (const feed of reports) {
    const { mark, text } = feedLine(feed, style);
    await session.out(`${mark} ${plain(text)}\n`);
  }
  if (again.read > 0) {
    await session.out(`${again.read} young pages read again, ${again.changed} had changed\n`);
  }
  if (removed > 0) {
    await session.out(`${removed} articles were older than the settings keep, and went\n`);
  }
  const newest = counts.newest ? `, newest ${counts.newest.slice(0, 16).replace('T', ' ')} UTC` : '';
  await session.out(`${counts.articles} articles in ${counts.chunks} passages${newest}\n`);
  for (const line of notices) {
    session.note(`${errorStyle.paint('yellow', '!')} ${plain(line)}`);
  }
  if (notice) {
    session.note(errorStyle.paint('dim', notice));
  }
}
