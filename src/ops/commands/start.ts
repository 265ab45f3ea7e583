// `start`: the process that stays. Polls feeds when they are due and reads changing pages again, until Ctrl-C or
// SIGTERM; a second one ends it at once.
import { once } from 'node:events';
import { plain } from '../../bots/terminal/style.js';
import { everyMinute } from '../every-minute.js';
import { feedLine } from '../feed-line.js';
import type { WorkReport } from '../news.js';
import { createJobRunner } from '../run-jobs.js';
import { EXIT, type Session } from '../session.js';
import { aheadOf } from '../when.js';

export async function runStart(session: Session): Promise<number> {
  const settings = session.settings();
  const progress = session.progress();
  const style = session.errorStyle;
  const say = (mark: string, text: string) =>
    session.note(`${style.paint('dim', session.clock().toISOString().slice(11, 16))} ${mark} ${plain(text)}`);
  const app = await session.composition.openApp(settings, {
    download: true,
    onProgress: (name, state) => progress.update(name, state),
    onNotice: ({ message }) => say(style.paint('yellow', '!'), message),
    clock: session.clock,
  });
  progress.end();
  try {
    app.prepareAnswers();
    const jobs = await app.openJobs();
    const runner = createJobRunner({
      jobs,
      concurrency: settings.feeds.concurrency,
      signal: session.signal,
      onReport: (report) => tell(report, session, say),
      onFailure: (line) => say(style.paint('red', '✗'), line),
    });
    const followed = await app.feeds.list();
    session.note(
      followed.length > 0
        ? `Follows ${followed.length === 1 ? '1 feed' : `${followed.length} feeds`}; Ctrl-C ends. How they are: third-umpire feeds`
        : 'No feed is followed yet: third-umpire feeds add URL',
    );
    const notice = app.notice();
    if (notice) {
      session.note(style.paint('dim', notice));
    }
    const bots = await app.openBots({
      onServed: (url) => session.note(`The console is open at ${url}`),
    });
    await bots?.start();
    const stop = everyMinute(runner.tick);
    await runner.tick();
    await stopped(session.signal);
    session.note('Stopping; what was finished is kept. Once more ends it at once.');
    await Promise.all([bots?.stop(), stop()]);
    await runner.idle();
    await jobs.close();
    return EXIT.done;
  } finally {
    await app.close();
  }
}

function tell(report: WorkReport, session: Session, say: (mark: string, text: string) => void): void {
  const { errorStyle: style } = session;
  const ok = style.paint('green', '✓');
  if (report.kind === 'feed') {
    const next = report.nextPollAt ? ` · next ${aheadOf(report.nextPollAt, session.clock())}` : '';
    const { mark, text } = feedLine(report.feed, style);
    say(mark, `${text}${next}`);
  } else if (report.kind === 'page' && report.hasChanged) {
    say(ok, `${report.title}: its page has changed and was read again`);
  } else if (report.kind === 'retention' && report.removed > 0) {
    say(ok, `${report.removed} articles were older than the settings keep, and went`);
  }
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await once(signal, 'abort');
  }
}
