// What the page reads of threads: all that stands there, then each change as it comes (server-sent events), and a look
// inside one answer.
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '../../domain.js';
import type { Timers } from '../timers.js';
import type { Live } from './live.js';
import type { ConsoleDesk, WebPosts } from './ports.js';
import { insideView, postView } from './post-view.js';
import { userOf } from './user.js';
import type { ThreadEvent } from './views.js';

export interface ShowThreadsDeps {
  posts: WebPosts;
  live: Live;
  desk: Pick<ConsoleDesk, 'passages'>;
  newsClock: Clock;
  timers: Timers;
}

/** Older ones are not shown. */
const MOST_POSTS = 100;
/** Proxies cut a stream that is silent for a minute. */
const BEAT_MS = 20_000;
/** Before a page that lost the stream asks for it again; while there are too many. */
const AGAIN_MS = 1000;
const AGAIN_BUSY_MS = 30_000;

export function threadRoutes({ desk, live, newsClock, posts, timers }: ShowThreadsDeps): Hono {
  const app = new Hono();

  const standing = async (thread: string): Promise<ThreadEvent[]> =>
    (await posts.inThread(thread, MOST_POSTS)).map((post) => ({
      type: 'post',
      post: postView(post, newsClock()),
    }));

  app.get('/threads/:thread', async (context) => {
    const thread = context.req.param('thread');
    const events = [...(await standing(thread)), ...live.standing(thread, userOf(context) ?? '')];
    return context.json({ events });
  });

  app.get('/threads/:thread/events', (context) => {
    const thread = context.req.param('thread');
    return streamSSE(context, async (stream) => {
      const write = (event: ThreadEvent) =>
        void stream.writeSSE({ event: event.type, data: JSON.stringify(event) }).catch(() => {});
      // Before anything is waited for: one who left by then is not told again.
      const left = new Promise<void>((resolve) => stream.onAbort(resolve));
      const waiting: ThreadEvent[] = [];
      let tell = (event: ThreadEvent) => void waiting.push(event);
      // Heard before the posts are read: so nothing falls between.
      const end = live.watch({ thread, user: userOf(context) ?? '', tell: (event) => tell(event) });
      await stream.writeSSE({ event: 'hello', data: '{}', retry: end ? AGAIN_MS : AGAIN_BUSY_MS });
      const endBeat = timers.every(BEAT_MS, () => void stream.write(': \n\n').catch(() => {}));
      try {
        for (const event of [...(await standing(thread)), ...waiting]) {
          write(event);
        }
        tell = write;
        await (end ? left : undefined);
      } finally {
        end?.();
        endBeat();
      }
    });
  });

  app.get('/posts/:id/inside', async (context) => {
    const post = await posts.get(context.req.param('id'));
    if (!post) {
      return context.json({ line: 'That answer is not kept any more.' }, 404);
    }
    const ids = post.answer?.retrieved.map(({ id }) => id) ?? [];
    const texts = new Map((await desk.passages(ids)).map(({ id, text }) => [id, text]));
    return context.json(insideView(post, texts, newsClock()));
  });
  return app;
}
