// `search`: what retrieval finds, without an answer; for people who tune and for people who wonder.
import { ageOf } from '../../bots/sources.js';
import { plain } from '../../bots/terminal/style.js';
import type { Passage } from '../../domain.js';
import { BotError } from '../../errors.js';
import { EXIT, type Session } from '../session.js';

const LONGEST_PREVIEW = 200;

export async function runSearch(
  session: Session,
  options: { k: string; json?: boolean },
  args: string[],
): Promise<number> {
  const text = args.join(' ');
  const limit = Number(options.k);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new BotError('usage', `-k ${options.k} is not a number of passages (allowed: 1 to 100)`);
  }
  if (text.trim() === '') {
    throw new BotError(
      'usage',
      'The text to search for is empty; for example: third-umpire search "Lyon 500 wickets"',
    );
  }
  const settings = session.settings();
  const app = await session.composition.openApp({
    ...settings,
    retrieval: { ...settings.retrieval, limit, candidates: Math.max(limit, settings.retrieval.candidates) },
  });
  try {
    const started = performance.now();
    const passages = await app.search(text);
    const latencyMs = Math.round(performance.now() - started);
    if (options.json) {
      await session.out(`${JSON.stringify({ query: text, passages, latency_ms: latencyMs }, null, 2)}\n`);
    } else {
      await session.out(passages.map((passage, i) => row(passage, i + 1, session)).join(''));
      const notice = app.notice();
      const found = `${passages.length} passages in ${latencyMs} ms${notice ? ` · ${notice}` : ''}`;
      session.note(session.errorStyle.paint('dim', found));
    }
    return EXIT.done;
  } finally {
    await app.close();
  }
}

function row(passage: Passage, n: number, { outStyle: style, clock }: Session): string {
  const { publisher, publishedAt, score, text, title, url } = passage;
  const about = `${score.toFixed(3)} · ${publisher} · ${ageOf(publishedAt, clock())}`;
  const preview = plain(text).replace(/\s+/g, ' ').slice(0, LONGEST_PREVIEW);
  const headline = style.paint('bold', plain(title));
  return `${style.paint('cyan', `${n}.`)} ${headline}  ${style.paint('dim', plain(about))}\n   ${preview}\n   ${style.paint('dim', url)}\n`;
}
