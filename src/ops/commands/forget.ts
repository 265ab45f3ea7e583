// `forget USER`: takes away all that is kept of a person on Slack and Discord, by the id that the platform gives them.
import { EXIT, type Session } from '../session.js';

export async function runForget(session: Session, _: object, args: string[]): Promise<number> {
  const [user = ''] = args;
  const news = await session.composition.openNews(session.settings(), { clock: session.clock });
  try {
    const count = await news.forget(user);
    const what = count === 1 ? '1 question' : `${count} questions`;
    await session.out(`${what} with answers and feedback forgotten; what stands in chats stays there.\n`);
    return EXIT.done;
  } finally {
    await news.close();
  }
}
