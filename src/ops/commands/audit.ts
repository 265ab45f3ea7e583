// `audit`: what was changed by hand, by whom and when, the latest last.
import { plain } from '../../bots/terminal/style.js';
import { BotError } from '../../errors.js';
import type { AuditLine } from '../audit-desk.js';
import { EXIT, type Session } from '../session.js';

interface AuditOptions {
  since?: string;
  user?: string;
  most?: string;
  json?: boolean;
}

const MOST = 1000;
/** A hash is long, and its beginning tells people apart. */
const ACTOR_CHARACTERS = 12;

/** Error: `usage`. */
export async function runAudit(session: Session, options: AuditOptions): Promise<number> {
  const { since, user } = options;
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new BotError('usage', `--since ${since} is not a time (allowed: ISO 8601, for example 2023-12-19)`);
  }
  const most = Number(options.most ?? 50);
  if (!Number.isInteger(most) || most < 1 || most > MOST) {
    throw new BotError('usage', `-n ${options.most} is not allowed (1 to ${MOST})`);
  }
  const news = await session.composition.openNews(session.settings(), { clock: session.givenClock });
  try {
    const entries = await news.audit.list({
      ...{ user, most },
      since: since === undefined ? undefined : new Date(since).toISOString(),
    });
    if (options.json) {
      await session.out(`${JSON.stringify({ audit: entries }, null, 2)}\n`);
      return EXIT.done;
    }
    for (const entry of entries) {
      await session.out(`${lineOf(entry, session)}\n`);
    }
    if (entries.length === 0) {
      session.note('Nothing was changed by hand.');
    }
    return EXIT.done;
  } finally {
    await news.close();
  }
}

function lineOf(
  { action, actor, at, details, subject, tenant, via }: AuditLine,
  { outStyle }: Session,
): string {
  const who = [via, tenant, actor.slice(0, ACTOR_CHARACTERS) || 'nobody named'].filter(Boolean).join('/');
  const what = [action, plain(subject)].filter(Boolean).join(' ');
  const more = details ? outStyle.paint('dim', ` · ${plain(details)}`) : '';
  return `${outStyle.paint('dim', at.slice(0, 16).replace('T', ' '))}  ${plain(who)}  ${what}${more}`;
}
