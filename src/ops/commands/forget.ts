// `forget USER`: takes away all that is kept of a person on Slack and Discord, by the id that the platform gives them.
import { EXIT, type Session } from '../session.js';

export async function runForget(session: Session, _: object, args: string[]): Promise<number> {
  const [user = ''] = args;
  const news = await session.composition.openNews(session.settings(), { clock: session.givenClock });
  try {
    const { others, questions: count } = await news.forget(user);
    if (count + others === 0) {
      await session.out(
        `Nothing is kept under the id ${user} in this data folder (Slack: U0123ABC, Discord: 17 to 20 digits; ids are hashed with THIRD_UMPIRE_SECRET or DATA_DIR/secret, so it must be the bot's own).\n`,
      );
      return EXIT.failed;
    }
    const what = count === 1 ? '1 question' : `${count} questions`;
    await session.out(`${what} with answers and feedback forgotten; what stands in chats stays there.\n`);
    return EXIT.done;
  } finally {
    await news.close();
  }
}
