// The console as the contract of bots wants a platform: people's browsers ask its server what the page would ask.
import type { FeedbackKind } from '#src/bots/ports.js';
import type { WebPosts } from '#src/bots/web/ports.js';
import { CHANNEL, PLATFORM } from '#src/bots/web/read-say.js';
import type { PostView, ThreadEvent } from '#src/bots/web/views.js';
import { openTestStore } from '../../helpers/bots.js';
import { until } from '../../helpers/processes.js';
import { aBrowser, type WebUnderTest, webAdapter } from '../../helpers/web-bot.js';
import type { PlatformUnderTest, Said, Saying, Seen } from '../platform-under-test.js';

const NAMES = ['ann', 'ben', 'cat'] as const;
type Name = (typeof NAMES)[number];
const WAYS = { mention: 'mention', direct: 'direct', command: 'command', plain: 'seen' } as const;

export async function webUnderTest(): Promise<PlatformUnderTest> {
  const { webPosts } = await openTestStore();
  const browsers = Object.fromEntries(NAMES.map((name) => [name, aBrowser(name)])) as Record<
    Name,
    ReturnType<typeof aBrowser>
  >;
  const connections: (WebUnderTest & { isCut: boolean })[] = [];
  const said = new Map<string, { user: Name; body: Record<string, unknown> }>();
  let count = 0;
  let turn = 0;

  const alive = () =>
    connections.flatMap(({ isCut, url }) => {
      const at = url();
      return isCut || at === undefined ? [] : [at];
    });

  /** Over the connections by turns, each at the same time. */
  async function send(user: Name, path: string, body: object, times = 1): Promise<void> {
    await Promise.all(
      Array.from({ length: times }, async () => {
        turn += 1;
        const urls = alive();
        const url = urls[turn % urls.length] ?? '';
        const { status } = await browsers[user].post(url, path, body);
        // It is being stopped.
        return status === 503;
      }),
    );
  }

  async function say({
    byBot,
    deliveries,
    how = 'mention',
    text,
    to,
    under,
    user = 'ann',
  }: Saying): Promise<Said> {
    count += 1;
    const id = `message-${count}`;
    const body = {
      ...{ id, way: WAYS[how], text: to ? `@${to} ${text}` : text },
      ...(under ? { thread: under.thread } : {}),
    };
    said.set(id, { user, body });
    if (byBot) {
      // A program is no page of ours.
      const [url] = alive();
      const headers = { 'content-type': 'application/json' };
      await fetch(`${url}/api/say`, { method: 'POST', headers, body: JSON.stringify(body) });
    } else {
      await send(user, '/say', body, deliveries);
    }
    return { id, thread: under?.thread ?? id };
  }

  const eventsOf = async (thread: string, user: Name): Promise<ThreadEvent[]> =>
    (await Promise.all(alive().map((url) => browsers[user].thread(url, thread)))).flat();

  async function posts(which: Said): Promise<PostView[]> {
    const [url] = alive();
    const events = url ? await browsers.ann.thread(url, which.thread) : await standing(which);
    return events.flatMap((event) =>
      event.type === 'post' && textOf(event.post) !== '' ? [event.post] : [],
    );
  }

  /** When nobody serves any more, as the next one would show it. */
  async function standing({ thread }: Said): Promise<ThreadEvent[]> {
    const { postView } = await import('#src/bots/web/post-view.js');
    const kept = await (webPosts as WebPosts).inThread(thread, 100);
    return kept.map((post) => ({ type: 'post', post: postView(post, new Date()) }));
  }

  /** Of the last post, or of the one that offers a choice. */
  async function questionOf(which: Said, choice?: string): Promise<{ thread: string; question: string }> {
    const offering = (await posts(which)).filter(
      ({ choices, questionId }) => questionId !== '' && (choice === undefined || choices.includes(choice)),
    );
    return { thread: which.thread, question: offering.at(-1)?.questionId ?? 'unknown' };
  }

  /** Notices with those who see them. */
  async function notices({ thread }: Said): Promise<Seen[]> {
    const seen = new Map<string, Seen & { by: Name[] }>();
    for (const user of NAMES) {
      for (const event of await eventsOf(thread, user)) {
        if (event.type === 'notice') {
          const links = event.sources.flatMap(({ href }) => href ?? []);
          const known = seen.get(event.id) ?? { id: event.id, text: event.text, links, choices: [], by: [] };
          seen.set(event.id, { ...known, by: [...known.by, user] });
        }
      }
    }
    return [...seen.values()].map(({ by, ...notice }) => ({
      ...notice,
      onlyFor: by.length === 1 ? by[0] : undefined,
    }));
  }

  return {
    connect() {
      const connection = { isCut: false };
      const dies = <Arguments extends unknown[], Result>(call: (...given: Arguments) => Promise<Result>) => {
        return async (...given: Arguments): Promise<Result> =>
          connection.isCut ? new Promise<Result>(() => {}) : call(...given);
      };
      const adapter = webAdapter({
        put: dies((post) => webPosts.put(post)),
        get: dies((id) => webPosts.get(id)),
        answering: dies((id) => webPosts.answering(id)),
        inThread: dies((thread, most) => webPosts.inThread(thread, most)),
        remove: dies((ids) => webPosts.remove(ids)),
      });
      const made = Object.assign(connection, adapter);
      connections.push(made);
      const { stop } = adapter.platform;
      return {
        platform: Object.assign(adapter.platform, {
          async stop() {
            made.isCut = true;
            await stop();
          },
        }),
        cut() {
          made.isCut = true;
        },
      };
    },
    say,
    async edit(which, text, deliveries) {
      count += 1;
      const { body, user } = said.get(which.id) ?? { body: {}, user: 'ann' as const };
      await send(user, '/say', { ...body, text, edit: `edit-no-${count}` }, deliveries);
    },
    remove: (which) => send(said.get(which.id)?.user ?? 'ann', '/remove', { id: which.id }),
    pressStop: async (which) => send('ann', '/stop', await questionOf(which)),
    pressFeedback: async (which, kind: FeedbackKind, user = 'ann') =>
      send(user, '/vote', { ...(await questionOf(which)), kind }),
    pressChoice: async (which, choice) =>
      send('ann', '/choose', { ...(await questionOf(which, choice)), choice }),
    async pressTellMe(which) {
      await until('it is offered', async () => (await posts(which)).some(({ canTellMe }) => canTellMe));
      await send('ann', '/tell-me', await questionOf(which));
    },
    channel: () => ({ platform: PLATFORM, tenant: '', channel: CHANNEL }),
    digest: async (message) => ({ id: message, thread: message }),
    async seen(which) {
      const shown = (await posts(which)).map(
        (post): Seen => ({
          id: post.id,
          text: textOf(post),
          links: post.sources.flatMap(({ href }) => href ?? []),
          choices: post.choices,
        }),
      );
      return [...shown, ...(await notices(which))];
    },
    async status(which) {
      const status = (await eventsOf(which.thread, 'ann')).find((event) => event.type === 'status');
      return status?.type === 'status' ? status.text : '';
    },
    // There are no bells: text of the page is text.
    liveMentions: async () => 0,
    async close() {
      for (const { isCut, platform } of connections) {
        await (isCut ? platform.stop() : undefined);
      }
    },
  };
}

/** All that is read of a post, without its question. */
function textOf({ lead, notice, pieces }: PostView): string {
  return [lead, pieces.map(({ text }) => text).join(''), notice].filter(Boolean).join('\n');
}
