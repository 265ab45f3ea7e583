// What every platform promises of a digest: it is shown whole and once, whatever goes wrong on the way, and what it says
// can neither ring a bell nor lead anywhere but to its sources.
import { describe, expect, it, onTestFinished } from 'vitest';
import { pause, realTimers } from '#src/bots/timers.js';
import { nextDue } from '#src/digests/due.js';
import { createDigests } from '#src/digests/open-digests.js';
import type { DigestPlatform, DigestPost } from '#src/digests/platform.js';
import type { Digest } from '#src/digests/ports.js';
import { type ChannelPlace, subscriptionId } from '#src/digests/subscription.js';
import { createHold } from '#src/ops/hold.js';
import { openTestStore } from '../helpers/bots.js';
import { DIGEST_OPTIONS, SETTINGS } from '../helpers/digests.js';
import { aDigest, aLetter, anItem, aPost } from '../helpers/letters.js';
import { randomFrom } from '../helpers/random.js';
import { watchedLog } from '../helpers/watched-log.js';

/** What goes wrong with a post: it is done and nobody hears of it, it is not done, it is too much, or Slack is ill. */
export type PostFault = 'answer lost' | 'request lost' | 'too often' | 'server error';

export interface DigestUnderTest {
  platform: DigestPlatform;
  /** A channel that the bot is in. */
  place(name: string): ChannelPlace;
  /** What stands in the channel and in the threads below, in order. */
  seen(
    place: ChannelPlace,
  ): { id: string; text: string; links: string[]; isHidden(words: string): boolean }[];
  /** Somebody else writes so many messages. */
  chatter(place: ChannelPlace, count: number): void;
  /** The next posts fare so. */
  fault(fault: PostFault, times?: number): void;
  /** Chooses for each post from now on. */
  faults(choose: (() => PostFault | undefined) | undefined): void;
  liveMentions(): number;
  now(): Date;
  close(): Promise<void>;
}

const HOSTILE =
  '<!channel> @everyone @here <@U0000000001> <@123456789012345678> [click](https://evil.example/) ||spoilt|| ' +
  '<https://evil.example/|bank> **bold** `code` # head';

export function itKeepsTheDigestContract(name: string, open: () => Promise<DigestUnderTest>): void {
  async function world() {
    const at = await open();
    onTestFinished(() => at.close());
    const { platform } = at;
    const place = at.place('news');
    const signal = () => AbortSignal.timeout(20_000);
    const postOf = (digest: Digest, over = {}, n = 1, where = place): DigestPost => {
      const letter = aLetter(where, digest, over);
      return aPost(letter, platform.render(letter), new Date(at.now().getTime() - 1000), n);
    };
    const text = (where = place) =>
      at
        .seen(where)
        .map((one) => one.text)
        .join('\n');
    return { ...at, placeOf: at.place, place, signal, postOf, text };
  }
  const stories = (count: number, length = 40) =>
    aDigest(
      Array.from({ length: count }, (_, i) =>
        anItem(i + 1, { text: `Story ${i + 1}! ${'so it went '.repeat(length / 11)}[${i + 1}]` }),
      ),
    );

  describe(`${name} keeps the contract of digests:`, () => {
    it('posts a story that breaks, and hides its result where results are hidden', async () => {
      const { now, platform, place, seen, signal, text } = await world();
      const item = anItem(1, { withoutResult: 'Result: Harbour v Ridge [1]', morePublishers: 2 });
      const breaking = { post: 'b'.repeat(16), publishers: 4 };
      const post = async (spoilers: 'show' | 'hide', n: number) => {
        const letter = aLetter(place, aDigest([item]), { spoilers }, breaking);
        const payload = platform.render(letter);
        await platform.post(aPost(letter, payload, new Date(now().getTime() - 1000), n), signal());
      };

      await post('show', 1);
      expect(text()).toContain('Breaking');
      expect(text()).toContain('Story 1 tells of a match. [1] +2 publishers');
      expect(text()).not.toContain('1. Story');
      expect(text()).toContain('4 publishers within the hour');
      await post('hide', 2);
      const [, hidden] = seen(place);
      expect(hidden?.text).toContain('Result: Harbour v Ridge [1]');
      expect(hidden?.text.includes('Story 1 tells') && !hidden.isHidden('Story 1 tells')).toBe(false);
    });

    it('posts a digest with its stories, sources and facts, and finds it again', async () => {
      const { platform, postOf, seen, signal, place, text } = await world();
      const digest = aDigest([anItem(1, { morePublishers: 6 }), anItem(2, { isUpdate: true })], {
        fixtures: [{ text: 'South Africa v India, 2nd ODI, 11:00 UTC [1]' }],
        stories: 4,
      } as Partial<Digest>);
      const post = postOf(digest);

      expect(await platform.find(post, signal())).toEqual({ kind: 'absent' });
      const outcome = await platform.post(post, signal());

      expect(text()).toContain('Cricket, Tuesday 19 December');
      expect(text()).toContain('1. Story 1 tells of a match. [1] +6 publishers');
      expect(text()).toContain('2. New since the last digest: Story 2 tells of a match. [2]');
      expect(text()).toContain('Matches: South Africa v India, 2nd ODI, 11:00 UTC [1]');
      expect(text()).toContain('4 stories · also: 2 more · since yesterday 08:00');
      const [message] = seen(place);
      expect(new Set(message?.links)).toEqual(
        new Set(['https://news.example/report-1', 'https://news.example/report-2']),
      );
      expect(outcome).toEqual({ kind: 'posted', message: message?.id });
      expect(await platform.find(post, signal())).toEqual({ kind: 'found', message: message?.id });
    });

    it('says a quiet day in one line', async () => {
      const { platform, postOf, signal, text } = await world();

      await platform.post(postOf(aDigest([])), signal());

      expect(text()).toContain('A quiet day: nothing new since yesterday 08:00.');
    });

    it('lets nothing of a text ring a bell or be a link', async () => {
      const { liveMentions, place, platform, postOf, seen, signal, text } = await world();
      const digest = aDigest([anItem(1, { text: `${HOSTILE} [1] [7]`, withoutResult: HOSTILE })]);

      await platform.post(postOf(digest), signal());
      await platform.post(postOf(digest, { spoilers: 'hide' }, 2), signal());

      expect(liveMentions()).toBe(0);
      expect(new Set(seen(place).flatMap(({ links }) => links)).size).toBe(1);
      expect(text()).toContain('@');
    });

    it('hides results until they are asked for', async () => {
      const { place, platform, postOf, seen, signal, text } = await world();
      const item = anItem(1, {
        text: 'India won by 78 runs. [1]',
        withoutResult: 'Result: South Africa v India',
      });

      await platform.post(postOf(aDigest([item, anItem(2)]), { spoilers: 'hide' }), signal());

      expect(text()).toContain('1. Result: South Africa v India');
      expect(text()).toContain('2. Story 2 tells of a match. [2]');
      expect(seen(place).every((message) => message.isHidden('78 runs'))).toBe(true);
    });

    it('finds a digest whose answer was lost, and none where the post was', async () => {
      const { fault, place, platform, postOf, seen, signal } = await world();
      const [one, two] = [postOf(stories(1)), postOf(stories(1), {}, 2)];
      fault('answer lost');
      expect((await platform.post(one, signal())).kind).toBe('unknown');
      fault('request lost');
      expect((await platform.post(two, signal())).kind).toBe('unknown');

      expect(await platform.find(one, signal())).toMatchObject({ kind: 'found' });
      expect(await platform.find(two, signal())).toEqual({ kind: 'absent' });
      expect(seen(place)).toHaveLength(1);
    });

    it('finds it behind hundreds of other messages and other digests', async () => {
      const { chatter, place, platform, postOf, signal } = await world();
      chatter(place, 150);
      const posts = [1, 2, 3].map((n) => postOf(stories(1), {}, n));
      const outcomes = [];
      for (const post of posts) {
        outcomes.push(await platform.post(post, signal()));
      }
      chatter(place, 450);

      for (const [i, post] of posts.entries()) {
        expect(await platform.find(post, signal())).toEqual({ ...outcomes[i], kind: 'found' });
      }
      expect(await platform.find(postOf(stories(1), {}, 4), signal())).toEqual({ kind: 'absent' });
    });

    it('says how long to wait when it is too much, and then takes it', async () => {
      const { fault, place, platform, postOf, seen, signal } = await world();
      const post = postOf(stories(1));
      fault('too often');

      const outcome = await platform.post(post, signal());

      expect(outcome.kind).toBe('limited');
      expect(outcome.kind === 'limited' && outcome.retryAfterMs).toBeGreaterThan(500);
      expect(seen(place)).toEqual([]);
    });

    it('refuses a channel that is not there', async () => {
      const { platform, postOf, place, signal } = await world();
      const gone = { ...place, channel: platform.name === 'slack' ? 'C404404404' : '404404404404404404' };

      const post = postOf(stories(1), {}, 1, gone);

      expect((await platform.post(post, signal())).kind).toBe('refused');
      expect(['never', 'later']).toContain((await platform.find(post, signal())).kind);
    });

    it('goes on in further messages when one does not hold it, each story once', async () => {
      const { platform, postOf, signal, text } = await world();

      await platform.post(postOf(stories(30, 900)), signal());

      expect([...text().matchAll(/(?:^|\n)\d+\. Story (\d+)!/g)].map(([, n]) => Number(n))).toEqual(
        Array.from({ length: 30 }, (_, i) => i + 1),
      );
      expect([...text().matchAll(/30 stories · since/g)]).toHaveLength(1);
    });

    it.each(['answer lost', 'request lost', 'server error', 'too often'] as const)(
      'completes a digest of several messages when the second fares badly: %s',
      async (fault) => {
        const { faults, platform, postOf, signal, text } = await world();
        const post = postOf(stories(30, 900));
        let posts = 0;
        faults(() => {
          posts += 1;
          return posts === 2 ? fault : undefined;
        });

        expect((await platform.post(post, signal())).kind).toBe('unknown');
        faults(undefined);
        let found = await platform.find(post, signal());
        if (found.kind === 'later') {
          await pause(realTimers, 1100);
          found = await platform.find(post, signal());
        }

        expect(found.kind).toBe('found');
        for (let n = 1; n <= 30; n += 1) {
          expect(text().split(`Story ${n}!`)).toHaveLength(2);
        }
      },
    );

    it('shows each of many digests exactly once through a storm of faults', {
      timeout: 120_000,
    }, async () => {
      const at = await world();
      const store = await openTestStore();
      const random = randomFrom(11);
      let now = at.now().getTime() - 10_000;
      const clock = () => new Date(now);
      const settings = { ...SETTINGS, time: new Date(now + 60_000).toISOString().slice(11, 16) };
      const places = Array.from({ length: 40 }, (_, i) => at.placeOf(`club-${i}`));
      for (const one of places) {
        const subscription = { id: subscriptionId(one), ...one, settings, isPaused: false };
        await store.subscriptions.put(subscription, {
          ...nextDue(settings, clock()),
          plannedAt: clock().toISOString(),
        });
      }
      at.faults(
        () =>
          (['answer lost', 'request lost', 'server error', 'too often'] as const)[Math.floor(random() * 8)],
      );
      const digests = createDigests(
        {
          store: store.digests,
          compose: async ({ from, to }) => ({ ...stories(3), from, to }),
          platforms: [{ ...at.platform, rate: { ...at.platform.rate, perSecond: 1000 } }],
          hold: createHold({ claims: store.claims, owner: 'one', clock, every: () => () => {} }),
          clock,
          timers: { after: (ms, run) => realTimers.after(ms / 200, run) },
          log: watchedLog(),
          owner: 'one',
          isGone: () => false,
        },
        DIGEST_OPTIONS,
      );
      const open = async () => (await store.digests.counts()).filter(({ state }) => state !== 'posted');
      // Well within the six hours in which a digest may still be posted.
      for (let minute = 0; minute < 200 && (minute < 5 || (await open()).length > 0); minute += 1) {
        now += 60_000;
        await digests.tick();
        await digests.idle();
        // A platform that is to be left alone for a second is so by the machine's time.
        await pause(realTimers, minute < 20 ? 20 : 100);
      }
      await digests.stop();

      expect(await open()).toEqual([]);
      expect(places.map((one) => at.seen(one).length)).toEqual(places.map(() => 1));
    });
  });
}
