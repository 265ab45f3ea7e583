// `feedback export`: the answers that people marked as wrong, as questions for `eval`.
import { BotError } from '../../errors.js';
import { complaintCases } from '../eval/complaint-cases.js';
import { EXIT, type Session } from '../session.js';

interface FeedbackOptions {
  since?: string;
}

/** Error: `usage`. */
export async function runFeedback(
  session: Session,
  { since }: FeedbackOptions,
  args: string[],
): Promise<number> {
  const [action] = args;
  if (action !== 'export') {
    throw new BotError('usage', `feedback ${action}: there is no such action (allowed: export)`);
  }
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new BotError('usage', `--since ${since} is not a time (allowed: ISO 8601, for example 2023-12-19)`);
  }
  const from = since === undefined ? undefined : new Date(since).toISOString();
  const news = await session.composition.openNews(session.settings(), { clock: session.givenClock });
  try {
    const cases = complaintCases(await news.complaints(from));
    await session.out(cases ?? '');
    if (cases === undefined) {
      session.note(`Nobody marked an answer as wrong${since === undefined ? '' : ` since ${since}`}.`);
    }
    return EXIT.done;
  } finally {
    await news.close();
  }
}
