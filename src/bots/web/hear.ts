// What people do on the page, told to the core: each request comes back when it is safe on disk.
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { BotError, isBotError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Bot } from '../ports.js';
import { noticeOf } from '../replies.js';
import { goneOf, messageOf, PLATFORM, pressOf, schemas } from './read-say.js';
import { userOf } from './user.js';

export interface HearDeps {
  /** Undefined = nobody is heard now. */
  bot(): Bot | undefined;
  log: Log;
}

/** Routes below /api that change something; a failure gives `line`, a sentence for people. */
export function hearRoutes({ bot, log }: HearDeps): Hono {
  const app = new Hono();

  /** Errors: `restarting` while nobody is heard. */
  function listening(): Bot {
    const heard = bot();
    if (!heard) {
      throw new BotError('restarting', 'the console does not listen now');
    }
    return heard;
  }

  function hear<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    act: (bot: Bot, told: z.infer<Schema>, user: string) => Promise<object | undefined>,
  ): void {
    app.post(path, async (context) => {
      const { data, error } = schema.safeParse(await context.req.json().catch(() => undefined));
      if (error) {
        return context.json({ line: 'That is not something that I understand.' }, 400);
      }
      const user = userOf(context);
      return user === undefined
        ? context.json({ line: 'Load the page anew, please.' }, 401)
        : context.json((await act(listening(), data, user)) ?? {});
    });
  }

  hear('/say', schemas.say, async (to, said, user) => {
    const message = messageOf(said, user);
    await (said.edit === undefined ? to.onMessage(message) : to.onEdited(message));
    return { thread: message.thread };
  });
  hear('/remove', schemas.gone, async (to, gone, user) => void (await to.onDeleted(goneOf(gone, user))));
  hear('/stop', schemas.press, async (to, press, user) => void (await to.onStop(pressOf(press, user))));
  hear('/choose', schemas.choice, async (to, { choice, ...press }, user) => {
    await to.onChoice(pressOf(press, user), choice);
    return undefined;
  });
  hear('/vote', schemas.feedback, async (to, { kind, ...press }, user) => ({
    line: (await to.onFeedback(pressOf(press, user), kind)) ?? 'That answer is not kept any more.',
  }));
  hear('/tell-me', schemas.press, async (to, press, user) => ({
    line: await to.onTellMe(pressOf(press, user)),
  }));
  app.post('/forget', async (context) => {
    const user = userOf(context);
    return context.json({ line: user ? await listening().onForget({ platform: PLATFORM, user }) : '' });
  });
  app.onError((error, context) => failureOf(error, context, log));
  return app;
}

/** As a sentence for people; anything unexpected goes to the log. */
export function failureOf(error: Error, context: Context, log: Log): Response {
  const code = isBotError(error) ? error.code : 'unexpected';
  if (!isBotError(error) && !context.req.raw.signal.aborted) {
    log.error({ err: error, path: context.req.path }, 'the console could not answer');
  }
  return context.json({ line: noticeOf(code).text }, code === 'restarting' ? 503 : 500);
}
