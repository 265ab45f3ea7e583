// `start`: the process that stays. Polls feeds when they are due and reads changing pages again, until Ctrl-C or
// SIGTERM; a second one ends it at once.
import { once } from 'node:events';
import { plain } from '../../bots/terminal/style.js';
import type { App } from '../app.js';
import { everyMinute } from '../every-minute.js';
import { feedLine } from '../feed-line.js';
import { createLifeCycle, type LifeCycle } from '../life-cycle.js';
import type { WorkReport } from '../news.js';
import { createJobRunner } from '../run-jobs.js';
import { EXIT, type Session } from '../session.js';
import { aheadOf } from '../when.js';

/** Beyond `bots.graceSeconds`: apologies, and what platforms take to end. */
const BOTS_END_MS = 8000;
/** Feeds and pages under way are aborted and give their claims back. */
const JOBS_END_MS = 3000;
/** Something that still holds the process after all has ended does not hold it longer. */
const LINGER_MS = 1000;

export async function runStart(session: Session): Promise<number> {
  const life = createLifeCycle(session.signal);
  try {
    await begin(session, life);
    await stopped(session.signal);
    session.note('Stopping; what was finished is kept. Once more ends it at once.');
    return EXIT.done;
  } catch (error) {
    if (!session.signal.aborted) {
      throw error;
    }
    // Told to stop while it started.
    return EXIT.done;
  } finally {
    for (const problem of await life.end()) {
      session.note(`${session.errorStyle.paint('red', '✗')} ${plain(problem)}`);
    }
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
}

/** Opens all parts; each one needs those before it. */
async function begin(session: Session, life: LifeCycle): Promise<void> {
  const settings = session.settings();
  const progress = session.progress();
  const style = session.errorStyle;
  const say = (mark: string, text: string) =>
    session.note(`${style.paint('dim', session.clock().toISOString().slice(11, 16))} ${mark} ${plain(text)}`);
  const openApp = () =>
    session.composition.openApp(settings, {
      download: true,
      onProgress: (name, state) => progress.update(name, state),
      onNotice: ({ message }) => say(style.paint('yellow', '!'), message),
      clock: session.givenClock,
      isMeasured: true,
    });
  const openHealth = () => session.composition.openHealth(settings);
  const health = await life.begin('health', openHealth, (opened) => opened?.close());
  if (health?.problem) {
    say(style.paint('yellow', '!'), `no health and no metrics: ${health.problem}`);
  }
  const app = await life.begin('the store', openApp, (opened) => opened.close());
  progress.end();
  app.prepareAnswers();
  const jobs = await life.begin('the feeds', app.openJobs, (opened) => opened.close());
  const runner = createJobRunner({
    jobs,
    concurrency: settings.feeds.concurrency,
    signal: session.signal,
    onReport(report) {
      health?.count(report);
      tell(report, session, say);
    },
    onFailure: (line) => say(style.paint('red', '✗'), line),
  });
  await tellFollowed(session, app);
  const beginRounds = async () => {
    const stop = everyMinute(async () => {
      // A model that did not open is tried again.
      app.prepareAnswers();
      await runner.tick();
    });
    const endNews = jobs.onNews(() => void runner.tick());
    await runner.tick();
    return async () => {
      endNews();
      await stop();
    };
  };
  const endRounds = async (stop: () => Promise<void>) => {
    await stop();
    await runner.idle();
  };
  await life.begin('the rounds', beginRounds, endRounds, JOBS_END_MS);
  const endBots = settings.bots.graceSeconds * 1000 + BOTS_END_MS;
  const openBots = () => app.openBots({ onServed: (url) => session.note(`The console is open at ${url}`) });
  const bots = await life.begin('the bots', openBots, (opened) => opened?.stop(), endBots);
  await bots?.start();
  for (const { name, problem } of bots?.platforms() ?? []) {
    if (problem) {
      say(style.paint('red', '✗'), `${name} is left out: ${problem}`);
    }
  }
  health?.isRunning(app, bots);
  session.signal.addEventListener('abort', () => health?.isStopping());
}

async function tellFollowed(session: Session, app: App): Promise<void> {
  const followed = await app.feeds.list();
  session.note(
    followed.length > 0
      ? `Follows ${followed.length === 1 ? '1 feed' : `${followed.length} feeds`}; Ctrl-C ends. How they are: third-umpire feeds`
      : 'No feed is followed yet: third-umpire feeds add URL',
  );
  const notice = app.notice();
  if (notice) {
    session.note(session.errorStyle.paint('dim', notice));
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
