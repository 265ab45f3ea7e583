// What people can do with digests on every platform: switch them on and off, say what they follow, see one now, and
// read what was hidden; each in private, and only where they may.
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBotDigests } from '#src/bot-digests.js';
import { type Change, createRecordedDesk } from '#src/bots/changes.js';
import { createOpenDesk } from '#src/bots/closed-channels.js';
import type { DigestDesk } from '#src/bots/digest-desk.js';
import { forgetPerson } from '#src/bots/forget.js';
import { createIdHash } from '#src/bots/id-hash.js';
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import type { DigestPlatform } from '#src/digests/platform.js';
import type { Digest, DigestOrder } from '#src/digests/ports.js';
import { type ChannelPlace, type DigestSettings, subscriptionId } from '#src/digests/subscription.js';
import type { Store } from '#src/store/open-store.js';
import { openTestStore } from '../helpers/bots.js';
import { aDigest, aLetter, anItem, aPost } from '../helpers/letters.js';
import { until } from '../helpers/processes.js';

/** In a channel, in direct messages, or somebody in a channel who may not manage the server. */
export type Who = 'manager' | 'direct' | 'guest';

export interface CommandsUnderTest {
  platform: DigestPlatform;
  /** Whether a platform knows who may manage a channel. */
  hasManagers: boolean;
  place(who: Who): ChannelPlace;
  /** Their id. */
  user(who: Who): string;
  /** `digest` settings by option, or an action by name; `follow` and `unfollow` names. Comes back when it is answered. */
  set(who: Who, settings: Record<string, string>): Promise<void>;
  act(who: Who, action: 'show' | 'pause' | 'resume' | 'remove' | 'preview'): Promise<void>;
  follow(who: Who, names: string, isFollowed?: boolean): Promise<void>;
  /** Presses a button of what was said last to them alone, or of the digest in the channel. */
  press(who: Who, label: string): Promise<void>;
  /** All that was said to them alone, the latest last. */
  told(who: Who): string[];
  close(): Promise<void>;
}

const OPEN = {
  channels: { allow: [] as string[], deny: [] as string[] },
  users: { allow: [] as string[], deny: [] as string[] },
};

const hashId = createIdHash('a secret of tests');

export function itKeepsTheDigestCommands(
  name: string,
  open: (desk: DigestDesk) => Promise<CommandsUnderTest>,
): void {
  /** `access` = as the settings have it; `changes` = what the log of changes is told. */
  async function world(access = OPEN) {
    const changes: Change[] = [];
    const store = await openTestStore();
    const orders: DigestOrder[] = [];
    const compose = async (order: DigestOrder): Promise<Digest> => {
      orders.push(order);
      return { ...aDigest([anItem(1), anItem(2)]), from: order.from, to: order.to };
    };
    const clock = () => new Date();
    const names = loadCricketNames();
    const desk = createRecordedDesk(
      createOpenDesk(
        createBotDigests({ store, clock, newsClock: clock, names, compose, hashId }, loadSettings({})),
        access,
      ),
      async (change) => void changes.push(change),
    );
    const at = await open(desk);
    onTestFinished(() => at.close());
    const last = (who: Who) => at.told(who).at(-1) ?? '';
    const settings = async (who: Who) =>
      (await store.subscriptions.at<DigestSettings>(at.place(who)))?.settings;
    return { ...at, store, orders, last, settings, desk, changes, access };
  }

  async function isPaused(store: Store, place: ChannelPlace): Promise<boolean | undefined> {
    return (await store.subscriptions.at(place))?.isPaused;
  }

  describe(`${name} keeps the contract of commands about digests:`, () => {
    it.each(['manager', 'direct'] as const)(
      'switches a digest on, changes it and shows it: %s',
      async (who) => {
        const { act, last, set, settings } = await world();

        await act(who, 'show');
        expect(last(who)).toContain('gets no digest yet');
        await set(who, { time: '8:30', zone: 'London', days: 'mon-fri', length: '5' });
        expect(await settings(who)).toMatchObject({
          time: '08:30',
          zone: 'Europe/London',
          days: [1, 2, 3, 4, 5],
          length: 5,
        });
        await set(who, { results: 'hide', quiet: 'silent', time: '7pm' });
        expect(await settings(who)).toMatchObject({
          time: '19:00',
          zone: 'Europe/London',
          length: 5,
          spoilers: 'hide',
          quiet: 'silent',
        });
        await act(who, 'show');
        expect(last(who)).toContain(
          'A digest at 19:00, Europe/London, Mon to Fri: up to 5 stories, results hidden, silent on quiet days.',
        );
        expect(last(who)).toContain('Follows all cricket.');
        expect(last(who)).toContain('Next: ');
      },
    );

    it('takes the digest of direct messages away with a person who never asked anything, and no channel’s', async () => {
      const { place, set, store, user } = await world();
      await set('direct', { time: '07:00' });
      await set('manager', { time: '07:00' });

      const forgotten = await forgetPerson(store.conversations, hashId, user('direct'));

      expect(forgotten).toEqual({ questions: 0, others: 1 });
      expect(await store.subscriptions.at(place('direct'))).toBeUndefined();
      expect(await store.subscriptions.at(place('manager'))).toBeDefined();
    });

    it('switches breaking stories on and off', async () => {
      const { last, set, settings } = await world();

      await set('manager', { breaking: 'on' });
      expect(await settings('manager')).toMatchObject({ breaking: 3, time: '08:00' });
      expect(last('manager')).toContain('Breaking stories at once, up to 3 a day.');
      await set('manager', { breaking: '5' });
      expect((await settings('manager'))?.breaking).toBe(5);
      await set('manager', { breaking: '11' });
      expect(last('manager')).toMatch(/1 to 10/);
      await set('manager', { breaking: 'off' });
      expect((await settings('manager'))?.breaking).toBe(0);
      expect(last('manager')).not.toContain('Breaking');
    });

    it('follows and unfollows by any name of the game', async () => {
      const { follow, last, settings } = await world();

      await follow('manager', 'india, IPL, women');
      expect((await settings('manager'))?.following).toEqual({
        ...{ teams: ['India'], leagues: ['Indian Premier League'], formats: [], sides: ['women'] },
      });
      await follow('manager', 'Windies');
      await follow('manager', 'India', false);
      expect((await settings('manager'))?.following.teams).toEqual(['West Indies']);
      expect(last('manager')).toContain('Follows West Indies, Indian Premier League; women.');
    });

    it('says what it does not know and changes nothing', async () => {
      const { follow, last, set, settings } = await world();

      await follow('manager', 'Indai');
      expect(last('manager')).toMatch(/"Indai" is no team.*nearest: India/);
      await set('manager', { time: '25:00' });
      expect(last('manager')).toMatch(/no time of day/);
      await set('manager', { zone: 'Europe/Lodnon' });
      expect(last('manager')).toMatch(/no time zone.*Europe\/London/);
      expect(await settings('manager')).toBeUndefined();
    });

    it('pauses, resumes and removes by command and by button', async () => {
      const { act, last, place, press, set, settings, store } = await world();
      await set('manager', { time: '08:00' });

      await act('manager', 'pause');
      expect(await isPaused(store, place('manager'))).toBe(true);
      expect(last('manager')).toContain('Paused.');
      await press('manager', 'Resume');
      await until('it is resumed', async () => (await isPaused(store, place('manager'))) === false);
      await press('manager', 'Remove');
      await until('it is removed', async () => (await settings('manager')) === undefined);
      await act('manager', 'resume');
      expect(last('manager')).toContain('gets no digest yet');
    });

    it('shows one now to whoever asks for it, and posts none', async () => {
      const { act, follow, last, orders, place, set, store } = await world();
      await set('manager', { length: '7' });
      await follow('manager', 'India');

      await act('manager', 'preview');
      await until('it is shown', async () => last('manager').includes('Story 2 tells of a match.'));

      expect(orders).toMatchObject([{ length: 7, following: { teams: ['India'] }, told: [] }]);
      expect(await store.digests.digestsOf(subscriptionId(place('manager')), 5)).toEqual([]);
    });

    it('lets only those who may manage a server change its channels', async () => {
      const { act, follow, hasManagers, last, set, settings } = await world();
      if (!hasManagers) {
        return;
      }

      await set('guest', { time: '09:00' });
      expect(last('guest')).toContain('may manage the server');
      await follow('guest', 'India');
      await act('guest', 'remove');
      await act('guest', 'preview');
      expect(last('guest')).toContain('may manage the server');
      expect(await settings('guest')).toBeUndefined();
    });

    it('does nothing for those whom the bot does not serve', async () => {
      const access = structuredClone(OPEN);
      const { act, changes, follow, last, set, settings, told, user } = await world(access);
      await set('manager', { time: '09:00' });
      access.users.deny.push(user('manager'));

      for (const [what, done] of Object.entries({
        set: () => set('manager', { time: '10:00' }),
        follow: () => follow('manager', 'India'),
        show: () => act('manager', 'show'),
        pause: () => act('manager', 'pause'),
        remove: () => act('manager', 'remove'),
      })) {
        await done();
        expect(last('manager'), what).toContain('switched off for you');
      }
      await act('manager', 'preview');
      // Slack may show "writing it" after the refusal, which comes another way.
      const refusals = () => told('manager').filter((line) => line.includes('switched off for you')).length;
      await until('the preview is refused', async () => refusals() === 6);
      expect(await settings('manager')).toMatchObject({ time: '09:00', following: { teams: [] } });
      expect(changes).toHaveLength(1);
    });

    it('tells the log who changed what', async () => {
      const { act, changes, follow, place, set, user } = await world();

      await set('manager', { time: '09:00' });
      await follow('manager', 'India');
      await act('manager', 'show');
      await act('manager', 'remove');
      await set('direct', { time: '07:00' });

      const { channel, platform, tenant } = place('manager');
      const by = { platform, tenant, user: user('manager'), subject: channel };
      expect(changes).toMatchObject([
        { ...by, action: 'digest added', details: expect.stringContaining('time 09:00') },
        { ...by, action: 'digest changed', details: 'follows India' },
        { ...by, action: 'digest removed' },
        { user: user('direct'), action: 'digest added', subject: 'direct messages' },
      ]);
    });

    it('lists questions that wait for news, and takes them out', async () => {
      const { act, last, place, press, store } = await world();
      const question = 'Who will captain Mumbai in 2025?';
      const waiting = { id: 'abcdef0123456789', ...place('manager'), thread: '1', userKey: 'u', question };
      const since = new Date().toISOString();
      const until14 = new Date(Date.now() + 14 * 86_400_000).toISOString();
      await store.watches.put(
        { ...waiting, earlier: [], since, until: until14 },
        { ofUser: 10, ofChannel: 10 },
        since,
      );

      await act('manager', 'show');
      expect(last('manager')).toMatch(/Waits for news until \d+ \w+: Who will captain Mumbai in 2025\?/);
      await press('manager', `Stop waiting: ${question}`);
      await until('it does not wait', async () => (await store.watches.of(place('manager'))).length === 0);
    });

    it('shows under a digest what the channel gets', async () => {
      const { last, place, platform, press, set } = await world();
      await set('manager', { time: '10:15' });
      const letter = aLetter(place('manager'), aDigest([anItem(1)]));
      await platform.post(aPost(letter, platform.render(letter), new Date()), AbortSignal.timeout(9_000));

      await press('manager', 'Change what I follow');
      await until('it is shown', async () => last('manager').includes('A digest at 10:15'));
    });
  });
}
