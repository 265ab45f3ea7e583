// What every platform's bot promises to people, whatever the platform. Each platform hands in how people write and
// press there and what they see, and must pass all of it.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Bots, BotsOptions } from '#src/bots/open-bots.js';
import type { BotPlatform } from '#src/bots/ports.js';
import { realTimers } from '#src/bots/timers.js';
import { createDigests, type Digests } from '#src/digests/open-digests.js';
import type { DigestPlatform } from '#src/digests/platform.js';
import { type ChannelPlace, subscriptionId } from '#src/digests/subscription.js';
import { askAgain, type WatchingDeps } from '#src/digests/watch.js';
import { createHold } from '#src/ops/hold.js';
import type { Store } from '#src/store/open-store.js';
import { openTestStore, testBots } from '../helpers/bots.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { DIGEST_OPTIONS, SETTINGS } from '../helpers/digests.js';
import { aDigest, anItem } from '../helpers/letters.js';
import { until } from '../helpers/processes.js';
import { type AskScript, answerTo, createGate, newsBy, scriptedAsk } from '../helpers/scripted-ask.js';
import { watchedLog } from '../helpers/watched-log.js';
import type { PlatformUnderTest, Said } from './platform-under-test.js';

const NEVER = new AbortController().signal;

/** Asks again whatever waits for news. */
function watchingOf({ core, platform, store }: World): WatchingDeps {
  const clock = () => new Date();
  const hold = createHold({ claims: store.claims, owner: 'one', clock, every: () => () => {} });
  const isCurrent = async () => true;
  return {
    store: store.watches,
    seekNews: newsBy(core.ask),
    platforms: [platform],
    hold,
    isCurrent,
    clock,
    log: watchedLog(),
  };
}

/** Posts digests, and news for questions that waited. */
function postingOf({ store }: World, platform: DigestPlatform): Digests {
  const clock = () => new Date();
  return createDigests(
    {
      ...{ store: store.digests, platforms: [platform], clock, timers: realTimers, log: watchedLog() },
      compose: async ({ from, to }) => ({ ...aDigest([anItem(1), anItem(2)]), from, to }),
      hold: createHold({ claims: store.claims, owner: 'one', clock, every: () => () => {} }),
      ...{ owner: 'one', isGone: () => false },
    },
    DIGEST_OPTIONS,
  );
}

interface World extends PlatformUnderTest {
  platform: BotPlatform;
  store: Store;
  core: ReturnType<typeof scriptedAsk>;
  bots: Bots;
  /** Another process on the same store and platform, as after a restart; the first one's owner counts as dead. */
  restart(script?: AskScript): Promise<Bots>;
  cut(): void;
  texts(said: Said): Promise<string[]>;
  /** Until exactly these texts stand in the thread. */
  shows(said: Said, ...texts: (string | RegExp)[]): Promise<void>;
}

const FULL = (text: string) => `${answerTo(text)} And no more than that. [1]`;

export function itKeepsTheBotContract(name: string, open: () => Promise<PlatformUnderTest>): void {
  async function world(script: AskScript = {}, options: Partial<BotsOptions> = {}): Promise<World> {
    const people = await open();
    onTestFinished(() => people.close());
    const store = await openTestStore();
    const core = scriptedAsk(script);
    const { cut, platform } = people.connect();
    const bots = testBots({ platforms: [platform], ask: core.ask, store, options });
    await bots.start();
    let isCut = false;
    onTestFinished(() => (isCut ? undefined : bots.stop()));
    const texts = async (said: Said) => (await people.seen(said)).map(({ text }) => text);
    return {
      ...people,
      platform,
      store,
      core,
      bots,
      cut() {
        isCut = true;
        cut();
      },
      async restart(again = {}) {
        const next = people.connect();
        const second = testBots({
          platforms: [next.platform],
          ask: scriptedAsk(again).ask,
          store,
          owner: 'two',
          isGone: (owner) => owner === 'one',
          options,
        });
        await second.start();
        onTestFinished(() => second.stop());
        return second;
      },
      texts,
      async shows(said, ...expected) {
        const fits = (found: string[]) =>
          found.length === expected.length &&
          expected.every((one, i) =>
            typeof one === 'string' ? found[i]?.includes(one) : one.test(found[i] ?? ''),
          );
        await until(`${expected.join(' | ')} is shown`, async () => fits(await texts(said))).catch(async () =>
          expect(await texts(said)).toEqual(expected),
        );
      },
    };
  }

  /** What is said next proves that what was said before was left unanswered. */
  async function quiet(at: World, said: Said, count: number): Promise<void> {
    const probe = await at.say({ text: 'Who won the probe?' });
    await at.shows(probe, FULL('Who won the probe?'));
    expect(await at.texts(said)).toHaveLength(count);
  }

  describe(`${name} keeps the contract of bots:`, () => {
    it('answers a mention in its thread, with the source linked', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the final?' });

      await at.shows(said, FULL('Who won the final?'));
      const [answer] = await at.seen(said);
      expect(answer?.links).toContain('https://news.example/Who%20won%20the%20final%3F');
      expect(answer?.onlyFor).toBeUndefined();
    });

    it('answers direct messages and commands', async () => {
      const at = await world();
      const direct = await at.say({ text: 'Lyon wickets', how: 'direct' });
      const command = await at.say({ text: 'Starc price', how: 'command' });

      await at.shows(direct, FULL('Lyon wickets'));
      await at.shows(command, FULL('Starc price'));
    });

    it('answers once what is delivered three times', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the final?', deliveries: 3 });

      await at.shows(said, FULL('Who won the final?'));
      await quiet(at, said, 1);
      expect(at.core.asked.filter(({ text }) => text === 'Who won the final?')).toHaveLength(1);
    });

    it('answers once what two processes are told at the same time', async () => {
      const at = await world();
      const { platform } = at.connect();
      const second = testBots({ platforms: [platform], ask: at.core.ask, store: at.store, owner: 'two' });
      await second.start();
      onTestFinished(() => second.stop());

      const said = await Promise.all(
        Array.from({ length: 10 }, (_, i) => at.say({ text: `Who won final ${i}?`, deliveries: 3 })),
      );
      for (const [i, one] of said.entries()) {
        await at.shows(one, FULL(`Who won final ${i}?`));
      }
      expect(at.core.asked).toHaveLength(10);
    });

    it('says what it does while it works', async () => {
      const gate = createGate();
      const at = await world({ before: () => gate.passed });
      const said = await at.say({ text: 'Who won the final?' });

      await until('a status is shown', async () => (await at.status(said)).includes('reading 1 article'));
      gate.open();
      await at.shows(said, FULL('Who won the final?'));
      await until('the status is gone', async () => (await at.status(said)) === '');
    });

    it('shows the first sentence before the last one is written', async () => {
      const gate = createGate();
      const at = await world({ before: (_, piece) => (piece === 1 ? gate.passed : undefined) });
      const said = await at.say({ text: 'Who won the final?' });

      await at.shows(said, answerTo('Who won the final?'));
      gate.open();
      await at.shows(said, FULL('Who won the final?'));
    });

    it('answers a question in its own thread without a mention, and knows what was asked before', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the final?' });
      await at.shows(said, FULL('Who won the final?'));
      await at.say({ text: 'Who took most wickets?', how: 'plain', under: said, user: 'ben' });

      await at.shows(said, FULL('Who won the final?'), FULL('Who took most wickets?'));
      expect(at.core.asked.at(-1)?.earlier).toEqual(['Who won the final?']);
    });

    it('is silent where nothing is asked of it', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the final?' });
      await at.shows(said, FULL('Who won the final?'));
      const foreign = await at.say({ text: 'Who won the toss?', how: 'plain' });
      const inForeign = await at.say({ text: 'Who won the toss?', how: 'plain', under: foreign });
      await at.say({ text: 'Who won the toss?', how: 'plain', under: said, to: 'cat' });
      await at.say({ text: 'Who won the toss?', how: 'plain', under: said, byBot: true });
      await at.say({ text: 'Who won the toss?', how: 'mention', byBot: true });
      await at.say({ text: 'thanks!', how: 'plain', under: said });
      await at.say({ text: 'are you coming to the pub tonight?', how: 'plain', under: said });
      await at.say({ text: 'That was some innings.', how: 'plain', under: said });

      await quiet(at, said, 1);
      expect(await at.texts(inForeign)).toEqual([]);
      expect(at.core.asked).toHaveLength(2);
    });

    it('answers the questions of a thread one after the other', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the final?' });
      const texts = ['Who took most wickets?', 'Who made most runs?', 'Where was it played?'];
      for (const text of texts) {
        await at.say({ text, under: said });
      }

      await at.shows(said, FULL('Who won the final?'), ...texts.map(FULL));
      expect(at.core.most()).toBe(1);
      expect(at.core.asked.at(-1)?.earlier).toHaveLength(3);
    });

    it('says nothing twice when two people ask the same in one thread', async () => {
      const gate = createGate();
      const at = await world({ before: ({ text }) => (text.includes('probe') ? undefined : gate.passed) });
      const said = await at.say({ text: 'Who won the final?' });
      await at.say({ text: 'Who won the final?', under: said, user: 'ben' });
      gate.open();

      await at.shows(said, FULL('Who won the final?'));
      await quiet(at, said, 1);
    });

    it('stops at the word, keeps quiet in that thread, and is woken by a mention', async () => {
      const gate = createGate();
      const at = await world({
        before: ({ text }, piece) => (text.includes('final') && piece === 1 ? gate.passed : undefined),
      });
      const said = await at.say({ text: 'Who won the final?' });
      await at.shows(said, answerTo('Who won the final?'));
      await at.say({ text: 'stop', how: 'plain', under: said, deliveries: 3 });

      await at.shows(said, /^This is known of: Who won the final\? \[1\][\s\S]*Stopped\./);
      await at.say({ text: 'Who took most wickets?', how: 'plain', under: said });
      await quiet(at, said, 1);
      await at.say({ text: 'Who took most wickets?', under: said });
      await at.shows(said, 'Stopped.', FULL('Who took most wickets?'));
      await at.say({ text: 'Who made most runs?', how: 'plain', under: said });
      await at.shows(said, 'Stopped.', FULL('Who took most wickets?'), FULL('Who made most runs?'));
    });

    it('stops at the button', async () => {
      const at = await world({
        before: ({ text }, piece) =>
          text.includes('final') && piece === 1 ? new Promise(() => {}) : undefined,
      });
      const said = await at.say({ text: 'Who won the final?' });
      await at.shows(said, answerTo('Who won the final?'));
      await at.pressStop(said);

      await at.shows(said, /Stopped\./);
      await at.say({ text: 'Who took most wickets?', how: 'plain', under: said });
      await quiet(at, said, 1);
    });

    it('answers an edited question anew in place', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the fnial?' });
      await at.shows(said, FULL('Who won the fnial?'));
      const [before] = await at.seen(said);
      await at.edit(said, 'Who won the final?', 3);

      await at.shows(said, FULL('Who won the final?'));
      expect((await at.seen(said)).map(({ id }) => id)).toEqual([before?.id]);
      await at.edit(said, 'Who won the final?');
      await quiet(at, said, 1);
      expect(at.core.asked.filter(({ text }) => text.includes('final'))).toHaveLength(1);
    });

    it('answers only the new text of a question that is edited while it is answered', async () => {
      const gate = createGate();
      const at = await world({
        before: ({ text }, piece) => (text.includes('fnial') && piece === 1 ? gate.passed : undefined),
      });
      const said = await at.say({ text: 'Who won the fnial?' });
      await at.shows(said, answerTo('Who won the fnial?'));
      await at.edit(said, 'Who won the final?');

      await at.shows(said, FULL('Who won the final?'));
      gate.open();
      await quiet(at, said, 1);
      expect((await at.texts(said))[0]).not.toContain('fnial');
    });

    it('takes the answer of a deleted question away, and forgets what was asked', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the final?' });
      await at.shows(said, FULL('Who won the final?'));
      const second = await at.say({ text: 'Who made most runs?', under: said });
      await at.shows(said, FULL('Who won the final?'), FULL('Who made most runs?'));
      await at.remove(second);

      await at.shows(said, FULL('Who won the final?'));
      await at.say({ text: 'Where was it played?', under: said });
      await at.shows(said, FULL('Who won the final?'), FULL('Where was it played?'));
      expect(at.core.asked.at(-1)?.earlier).toEqual(['Who won the final?']);
    });

    it('leaves nothing of a question that is deleted while it is answered', async () => {
      const gate = createGate();
      const at = await world({
        before: ({ text }, piece) => (text.includes('final') && piece === 1 ? gate.passed : undefined),
      });
      const said = await at.say({ text: 'Who won the final?' });
      await at.shows(said, answerTo('Who won the final?'));
      await at.remove(said);

      await at.shows(said);
      gate.open();
      await quiet(at, said, 0);
    });

    it('keeps what people say of an answer with the answer and its sources, the last word of each', async () => {
      const at = await world();
      const said = await at.say({ text: 'Who won the final?' });
      await at.shows(said, FULL('Who won the final?'));
      await until('it can be voted on', async () => {
        await at.pressFeedback(said, 'up', 'ann');
        await at.pressFeedback(said, 'down', 'ann');
        await at.pressFeedback(said, 'wrong-source', 'ben');
        return (await at.store.conversations.complaints()).length > 0;
      });

      expect(await at.store.conversations.complaints()).toMatchObject([
        { text: 'Who won the final?', kinds: ['down', 'wrong-source'], answer: FULL('Who won the final?') },
      ]);
    });

    it('asks back with choices, and answers the one that is pressed, once', async () => {
      const at = await world({
        choices: ({ text }) => (text === 'Who won?' ? ['India men', 'India women'] : undefined),
      });
      const said = await at.say({ text: 'Who won?' });
      await until('choices are shown', async () => (await at.seen(said))[0]?.choices.length === 2);
      await at.pressChoice(said, 'India women');
      await at.pressChoice(said, 'India women');

      await at.shows(said, 'Which one do you mean?', FULL('India women'));
      await quiet(at, said, 2);
      expect(at.core.asked.find(({ text }) => text === 'India women')?.earlier).toEqual(['Who won?']);
    });

    it('ends a failure in words for people, and leaves what was shown', async () => {
      const at = await world({
        fails: ({ text }, piece) =>
          text.includes('final') && piece === 1
            ? 'model_crashed'
            : text.includes('toss')
              ? 'store_damaged'
              : undefined,
      });
      const said = await at.say({ text: 'Who won the final?' });
      const other = await at.say({ text: 'Who won the toss?' });

      await at.shows(
        said,
        /^This is known of: Who won the final\? \[1\][\s\S]*restarted while it was writing/,
      );
      await at.shows(other, /store of articles/);
      for (const text of [...(await at.texts(said)), ...(await at.texts(other))]) {
        expect(text).not.toMatch(/internal words|_|\/some\/file/);
      }
    });

    it('ends an answer that takes too long', async () => {
      const at = await world({ before: () => new Promise(() => {}) }, { answerSeconds: 0.2 });
      const said = await at.say({ text: 'Who won the final?' });

      await at.shows(said, /took longer than 0.2 seconds/);
    });

    it('tells those who wait their place, and those for whom there is no room that it is busy', async () => {
      const gate = createGate();
      const at = await world({ before: () => gate.passed }, { concurrent: 1, waiting: 2 });
      const said: Said[] = [];
      for (const user of ['ann', 'ben', 'cat'] as const) {
        said.push(await at.say({ text: `What does ${user} ask?`, user }));
      }
      const [, second, third] = said as [Said, Said, Said];
      await until('the place is told', async () =>
        (await at.status(third)).includes('Two questions before yours'),
      );
      expect(await at.status(second)).toContain('One question before yours');
      const refused = await at.say({ text: 'Who is late?' });
      await at.shows(refused, /Busy: 2 questions are waiting/);
      gate.open();
      for (const [i, user] of ['ann', 'ben', 'cat'].entries()) {
        await at.shows(said[i] as Said, FULL(`What does ${user} ask?`));
      }
    });

    it('tells once who asks too much, privately, and when to ask again', async () => {
      const at = await world({}, { limits: { minutes: 10, user: 1, channel: 0, workspace: 0, all: 0 } });
      const said = await at.say({ text: 'Who won the final?', user: 'ann' });
      await at.shows(said, FULL('Who won the final?'));
      const more = await at.say({ text: 'Who won the toss?', user: 'ann', deliveries: 3 });
      await at.shows(more, /1 question in 10 minutes.*Ask again in 10 min/);
      const [notice] = await at.seen(more);
      expect(notice?.onlyFor).toBe('ann');
      const third = await at.say({ text: 'Who won the match?', user: 'ann' });
      const other = await at.say({ text: 'Who won the series?', user: 'ben' });
      await at.shows(other, FULL('Who won the series?'));
      expect(await at.texts(third)).toEqual([]);
    });

    it('completes after a kill what was being answered, in the messages that are there', async () => {
      const at = await world({
        before: ({ text }, piece) =>
          text.includes('final') && piece === 1 ? new Promise(() => {}) : undefined,
      });
      const started = await at.say({ text: 'Who won the final?' });
      await at.shows(started, answerTo('Who won the final?'));
      const [before] = await at.seen(started);
      at.cut();
      await at.restart();

      await at.shows(started, FULL('Who won the final?'));
      expect((await at.seen(started)).map(({ id }) => id)).toEqual([before?.id]);
    });

    it('answers after a kill what was waiting and what had shown nothing yet', async () => {
      const at = await world({ before: () => new Promise(() => {}) }, { concurrent: 1 });
      const first = await at.say({ text: 'Who won the final?' });
      const waiting = await at.say({ text: 'Who won the toss?' });
      at.cut();
      await at.restart();
      await at.shows(waiting, FULL('Who won the toss?'));
      await at.shows(first, FULL('Who won the final?'));
    });

    it('finishes what is under way when it is stopped, apologises for the rest, and hears nobody', async () => {
      const gate = createGate();
      const at = await world(
        { before: ({ text }) => (text.includes('final') ? gate.passed : new Promise(() => {})) },
        { graceSeconds: 0.5 },
      );
      const quick = await at.say({ text: 'Who won the final?' });
      const slow = await at.say({ text: 'Who won the toss?' });
      const stopped = at.bots.stop();
      gate.open();
      await stopped;

      await at.shows(quick, FULL('Who won the final?'));
      await at.shows(slow, /being restarted/);
    });

    it('tells a thread once when there is news for a question that it could not answer', async () => {
      const at = await world({ abstains: ({ articles }) => !articles?.includes('a-news') });
      const { digests } = at.platform;
      if (!digests) {
        return;
      }
      const said = await at.say({ text: 'Who will captain Mumbai?' });
      await at.shows(said, /Not enough evidence/);
      await at.pressTellMe(said);
      const watching = watchingOf(at);
      const [place] = [at.channel?.() as ChannelPlace];
      await until('it waits', async () => (await at.store.watches.of(place)).length === 1);
      await at.store.articles.put(anArticle({ id: 'a-old', publishedAt: '2020-01-01T00:00:00.000Z' }), [
        aChunk({ id: 'c-old', articleId: 'a-old' }),
      ]);
      expect(await askAgain(watching, NEVER)).toBe(0);
      const publishedAt = new Date(Date.now() + 1000).toISOString();
      const news = anArticle({ id: 'a-news', canonicalUrl: 'https://news.example/n', publishedAt });
      await at.store.articles.put(news, [aChunk({ id: 'c-news', articleId: 'a-news' })]);
      const told = await Promise.all([askAgain(watching, NEVER), askAgain(watching, NEVER)]);
      expect(told.reduce((sum, one) => sum + one)).toBe(1);
      expect(await askAgain(watching, NEVER)).toBe(0);
      const posting = postingOf(at, digests);
      for (let round = 0; round < 3; round += 1) {
        await posting.tick();
        await posting.idle();
      }

      await at.shows(
        said,
        /Not enough evidence/,
        /There is news for the question: Who will captain Mumbai\?/,
      );
      expect((await at.texts(said))[1]).toContain(answerTo('Who will captain Mumbai?'));
      await at.pressTellMe(said);
      expect(await at.store.watches.of(place)).toEqual([]);
    });

    it('answers below a digest from its own stories first, and else from all', async () => {
      const at = await world({
        abstains: ({ articles, text }) => articles !== undefined && text.includes('toss'),
      });
      const { digests } = at.platform;
      if (!digests || !at.channel || !at.digest) {
        return;
      }
      const place = at.channel();
      const id = subscriptionId(place);
      const now = new Date();
      const subscription = { id, ...place, settings: SETTINGS, isPaused: false };
      const minute = new Date(now.getTime() - 60_000).toISOString();
      await at.store.subscriptions.put(subscription, {
        localDate: minute.slice(0, 10),
        dueAt: minute,
        plannedAt: minute,
      });
      const posting = postingOf(at, digests);
      await posting.tick();
      await posting.idle();
      const [row] = await at.store.digests.digestsOf(id, 1);
      expect(row?.state).toBe('posted');
      const root = await at.digest(row?.message ?? '');

      const plain = await at.say({ text: 'Who won the final?', how: 'plain', under: root });
      await until('it is answered', async () =>
        (await at.texts(plain)).some((text) => text.includes(FULL('Who won the final?'))),
      );
      await at.say({ text: 'Who won the toss?', how: 'plain', under: root });
      await until('it is answered', async () =>
        (await at.texts(plain)).some((text) => text.includes(FULL('Who won the toss?'))),
      );

      expect(at.core.asked.map(({ articles, text }) => [text, articles])).toEqual([
        ['Who won the final?', ['article-1', 'article-2']],
        ['Who won the toss?', ['article-1', 'article-2']],
        ['Who won the toss?', undefined],
      ]);
    });

    it('rings no bell and makes no link that is not a source', async () => {
      const evil = [
        '<!channel> <!here> <@U123> @everyone @here',
        '<https://evil.example|https://bank.example>',
        '[click](https://evil.example) https://evil.example',
      ];
      const at = await world({ says: () => evil });
      for (const text of evil) {
        const said = await at.say({ text: `Who is ${text}?` });
        await until(
          'it is answered',
          async () => (await at.texts(said)).join('').length > evil.join('').length / 2,
        );
        for (const { links } of await at.seen(said)) {
          expect(links.filter((link) => !link.startsWith('https://news.example/'))).toEqual([]);
        }
      }
      expect(await at.liveMentions()).toBe(0);
    });
  });
}
