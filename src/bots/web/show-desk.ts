// The views beside the chat: feeds, stories, the digest, subscriptions, and how the program itself is.
import { Hono } from 'hono';
import { isBotError } from '../../errors.js';
import type { Log } from '../../log.js';
import { noticeOf } from '../replies.js';
import { failureOf } from './hear.js';
import type { ConsoleDesk, SubscriptionPlace } from './ports.js';
import { schemas } from './read-say.js';
import { userOf } from './user.js';

export function deskRoutes(desk: ConsoleDesk, log: Log): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    if (desk.isUnwelcome(userOf(context) ?? '')) {
      return context.json({ line: noticeOf('user_closed').text }, 403);
    }
    return next();
  });
  app.get('/feeds', async (context) => context.json(await desk.feeds()));
  app.get('/stories', async (context) => context.json(await desk.stories()));
  app.get('/subscriptions', async (context) => context.json(await desk.subscriptions()));
  app.get('/state', async (context) => context.json(await desk.state()));

  app.get('/digest', async (context) => {
    const { channel, platform, tenant } = context.req.query();
    const place: SubscriptionPlace | undefined =
      platform !== undefined && channel !== undefined
        ? { platform, tenant: tenant ?? '', channel }
        : undefined;
    try {
      return context.json(await desk.digest(place));
    } catch (error) {
      if (isBotError(error, 'usage')) {
        return context.json({ line: error.message }, 429);
      }
      throw error;
    }
  });

  app.post('/subscriptions', async (context) => {
    const { data } = schemas.subscription.safeParse(await context.req.json().catch(() => undefined));
    if (!data) {
      return context.json({ line: 'That is not something that I understand.' }, 400);
    }
    const { action, ...place } = data;
    try {
      return context.json(await desk.changeSubscription(place, action, userOf(context) ?? ''));
    } catch (error) {
      if (isBotError(error, 'unknown_subscription')) {
        return context.json({ line: 'That subscription is gone already.' }, 404);
      }
      throw error;
    }
  });
  app.onError((error, context) => failureOf(error, context, log));
  return app;
}
