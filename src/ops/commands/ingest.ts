// `ingest`: one pass over feeds or pages, then the indexes. A feed or page that fails is one line; the
// others go on, and the exit code says whether anything was read at all.
import { BotError, describeError } from '../../errors.js';
import type { App, FeedReport, OnNamedProgress } from '../app.js';
import { EXIT, type Session } from '../session.js';

interface IngestOptions {
  feeds?: string;
  feed?: string[];
  url?: string[];
  json?: boolean;
}

export async function runIngest(session: Session, options: IngestOptions): Promise<number> {
  const settings = session.settings();
  const feeds = (options.feed ?? []).map((url) => ({ url, pages: 'follow' as const }));
  const wanted =
    feeds.length > 0 || options.url ? feeds : session.composition.configuredFeeds(settings, options.feeds);
  for (const url of [...feeds.map((feed) => feed.url), ...(options.url ?? [])]) {
    if (!URL.canParse(url)) {
      throw new BotError('usage', `"${url}" is not an address (allowed: http://… or https://…)`);
    }
  }
  const progress = session.progress();
  const onProgress: OnNamedProgress = (name, state) => progress.update(name, state);
  const app = await session.composition.openApp(settings, {
    download: true,
    onProgress,
    clock: session.clock,
  });
  try {
    const work = { signal: session.signal, onProgress };
    const reports = await app.ingestFeeds(wanted, work);
    reports.push(...(await app.ingestPages(options.url ?? [], work)));
    await app.catchUp(work);
    progress.end();
    await report(session, app, reports, options.json ?? false);
    return reports.length > 0 && reports.every((feed) => feed.error) ? EXIT.failed : EXIT.done;
  } finally {
    await app.close();
  }
}

async function report(session: Session, app: App, reports: FeedReport[], json: boolean): Promise<void> {
  const counts = await app.counts();
  const notice = app.notice();
  if (json) {
    await session.out(`${JSON.stringify({ feeds: reports, ...counts, notice: notice ?? null }, null, 2)}\n`);
    return;
  }
  for (const feed of reports) {
    await session.out(`${lineOf(feed, session)}\n`);
  }
  const newest = counts.newest ? `, newest ${counts.newest.slice(0, 16).replace('T', ' ')} UTC` : '';
  await session.out(`${counts.articles} articles in ${counts.chunks} passages${newest}\n`);
  if (notice) {
    session.note(session.errorStyle.paint('dim', notice));
  }
}

function lineOf(feed: FeedReport, { outStyle: style }: Session): string {
  if (feed.error) {
    const reason = describeError(feed.error);
    return `${style.paint('red', '✗')} ${reason.includes(feed.feedUrl) ? reason : `${feed.feedUrl}: ${reason}`}`;
  }
  const parts = [
    `${feed.entries} entries`,
    `${feed.new} new`,
    feed.changed > 0 ? `${feed.changed} changed` : '',
    feed.skipped > 0 ? `${feed.skipped} without text` : '',
    feed.failed > 0 ? `${feed.failed} failed` : '',
  ];
  return `${style.paint('green', '✓')} ${feed.title || feed.feedUrl}: ${parts.filter(Boolean).join(', ')}`;
}
