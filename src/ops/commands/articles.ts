// `articles`: what is stored of one, and takedowns. What a publisher or a person wants gone goes from store and
// indexes, and is not fetched again until somebody allows it.
import { plain } from '../../bots/terminal/style.js';
import { BotError } from '../../errors.js';
import { articleText } from '../article-text.js';
import { isConfirmed } from '../confirm.js';
import type { ArticleDesk, TakedownTarget } from '../news.js';
import { EXIT, type Session } from '../session.js';

interface ArticlesOptions {
  yes?: boolean;
  json?: boolean;
}

const ACTIONS = ['remove', 'blocked', 'allow', 'show'];

export async function runArticles(
  session: Session,
  options: ArticlesOptions,
  args: string[],
): Promise<number> {
  const [action = '', argument = ''] = args;
  if (!ACTIONS.includes(action)) {
    throw new BotError('usage', `articles ${action} is not known (allowed: ${ACTIONS.join(', ')})`);
  }
  if (action !== 'blocked' && !argument) {
    throw new BotError(
      'usage',
      `articles ${action} needs an article's address${action === 'show' ? '' : ' or a domain'}`,
    );
  }
  if (action === 'remove') {
    return remove(session, options, argument);
  }
  const news = await session.composition.openNews(session.settings(), { clock: session.givenClock });
  try {
    const run = action === 'blocked' ? listBlocked : action === 'allow' ? allow : show;
    await run(session, news.articles, options, argument);
    return EXIT.done;
  } finally {
    await news.close();
  }
}

async function remove(session: Session, options: ArticlesOptions, argument: string): Promise<number> {
  const progress = session.progress();
  const app = await session.composition.openApp(session.settings(), { clock: session.givenClock });
  try {
    const target = app.articles.target(argument);
    const count = await app.articles.countMatching(target);
    const question = `Remove ${numberOf(count)} (${nameOf(target)}) for good and never fetch it again?`;
    if (!options.yes && !(await isConfirmed(session, question))) {
      session.note('Nothing was removed.');
      return EXIT.done;
    }
    const removed = await app.articles.takeDown(target);
    if (removed > 0) {
      await app.erase({ signal: session.signal, onProgress: (name, state) => progress.update(name, state) });
      progress.end();
    }
    if (options.json) {
      await session.out(`${JSON.stringify({ ...target, removed, blocked: true }, null, 2)}\n`);
      return EXIT.done;
    }
    const mark = session.outStyle.paint('green', '✓');
    await session.out(`${mark} ${numberOf(removed)} removed; ${nameOf(target)} is not fetched again\n`);
    session.note(
      `Undo the block (its articles come back as far as its feeds still list them): third-umpire articles allow ${target.value}`,
    );
    const notice = app.notice();
    if (notice) {
      session.note(session.errorStyle.paint('dim', notice));
    }
    return EXIT.done;
  } finally {
    await app.close();
  }
}

async function listBlocked(session: Session, desk: ArticleDesk, options: ArticlesOptions): Promise<void> {
  const blocked = await desk.blocked();
  if (options.json) {
    await session.out(`${JSON.stringify({ blocked }, null, 2)}\n`);
    return;
  }
  for (const { articles, blockedAt, value } of blocked) {
    await session.out(
      `${value}  ${session.outStyle.paint('dim', `since ${blockedAt.slice(0, 10)}, ${numberOf(articles)} removed`)}\n`,
    );
  }
  session.note(
    blocked.length === 0 ? 'Nothing is blocked.' : 'To lift a block: third-umpire articles allow URL|DOMAIN',
  );
}

async function allow(
  session: Session,
  desk: ArticleDesk,
  options: ArticlesOptions,
  argument: string,
): Promise<void> {
  const target = desk.target(argument);
  if (!(await desk.allow(target))) {
    throw new BotError(
      'not_blocked',
      `${target.value} is not blocked; third-umpire articles blocked shows what is`,
    );
  }
  if (options.json) {
    await session.out(`${JSON.stringify({ ...target, blocked: false }, null, 2)}\n`);
    return;
  }
  await session.out(`${session.outStyle.paint('green', '✓')} ${nameOf(target)} may be fetched again\n`);
}

async function show(
  session: Session,
  desk: ArticleDesk,
  options: ArticlesOptions,
  url: string,
): Promise<void> {
  const article = await desk.show(url);
  if (!article) {
    throw new BotError(
      'unknown_article',
      `${url} is not stored; to read it: third-umpire ingest --url ${url}`,
    );
  }
  await session.out(
    options.json ? `${JSON.stringify(article, null, 2)}\n` : articleText(article, session.outStyle),
  );
}

function numberOf(articles: number): string {
  return articles === 1 ? '1 article' : `${articles} articles`;
}

function nameOf({ kind, value }: TakedownTarget): string {
  return plain(kind === 'domain' ? `all of ${value}` : value);
}
