import { expect, it } from 'vitest';
import { openTestStore } from '../helpers/bots.js';

const PLACE = { platform: 'room', tenant: 't1', channel: 'c1', thread: 'm1' };
const LEASE = { owner: 'one', now: '2023-12-19T10:00:00.000Z', until: '2023-12-19T10:00:20.000Z' };
const LATER = { owner: 'two', now: '2023-12-19T10:00:30.000Z', until: '2023-12-19T10:00:50.000Z' };
const HOLD = { owner: 'one', epoch: 1 };
const alive = () => false;

const aQuestion = (id: string, parts = {}) => ({
  ...PLACE,
  ...{ id, delivery: id, message: id, way: 'mention', user: 'ann', userKey: 'key of ann', text: `${id}?` },
  ...parts,
});

it('is claimed by one of many who are told at once', async () => {
  const { conversations } = await openTestStore();

  const claims = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      conversations.claim(aQuestion('q1'), { ...LEASE, owner: `owner ${i}` }, []),
    ),
  );

  expect(claims.map(({ kind }) => kind).sort()).toEqual([
    'known',
    'known',
    'known',
    'known',
    'known',
    'ours',
  ]);
});

it('takes up no second time a message that is told of under another delivery', async () => {
  const { conversations } = await openTestStore();
  await conversations.claim(aQuestion('q1', { message: 'm1' }), LEASE, []);

  const again = await conversations.claim(aQuestion('q2', { message: 'm1', text: 'other?' }), LEASE, []);

  expect(again).toEqual({ kind: 'known' });
});

it('counts what was asked in each scope, and what was refused in none', async () => {
  const { conversations } = await openTestStore();
  const budgets = [
    { scope: 'user' as const, most: 2, since: '2023-12-19T09:50:00.000Z' },
    { scope: 'channel' as const, most: 3, since: '2023-12-19T09:50:00.000Z' },
  ];
  const ask = (i: number, parts = {}) =>
    conversations.claim(aQuestion(`q${i}`, parts), { ...LEASE, now: `2023-12-19T10:00:0${i}.000Z` }, budgets);
  const ben = { user: 'ben', userKey: 'key of ben' };

  expect((await ask(0)).kind).toBe('ours');
  expect((await ask(1)).kind).toBe('ours');
  expect(await ask(2)).toMatchObject({ budget: { scope: 'user' }, oldest: '2023-12-19T10:00:00.000Z' });
  expect(await ask(2)).toEqual({ kind: 'known' });
  expect((await ask(3, ben)).kind).toBe('ours');
  expect(await ask(4, ben)).toMatchObject({
    budget: { scope: 'channel' },
    oldest: '2023-12-19T10:00:00.000Z',
  });
  expect((await ask(5, { ...ben, channel: 'c2' })).kind).toBe('ours');
});

it('refuses all that a former owner still writes', async () => {
  const { conversations } = await openTestStore();
  await conversations.claim(aQuestion('q1'), LEASE, []);
  await conversations.record('q1', HOLD, ['b1']);
  expect(
    await conversations.takeOver({ ...LATER, now: '2023-12-19T10:00:19.000Z' }, ['room'], 9, alive),
  ).toEqual([]);
  const [taken] = await conversations.takeOver(LATER, ['room'], 9, alive);

  expect(taken).toMatchObject({ id: 'q1', epoch: 2, tries: 1, posted: ['b1'], user: 'ann' });
  expect(await conversations.holds('q1', HOLD)).toBe(false);
  expect(await conversations.load('q1', HOLD)).toBeUndefined();
  expect(await conversations.record('q1', HOLD, ['b1', 'b2'])).toEqual({ kind: 'lost', posted: ['b1'] });
  expect(await conversations.settle('q1', HOLD, 'answered', LATER.now)).toBe(false);
  expect(await conversations.renew({ ...LATER, owner: 'one' })).toEqual([]);
  expect(await conversations.settle('q1', { owner: 'two', epoch: 2 }, 'answered', LATER.now)).toBe(true);
});

it('leaves to others what is renewed, of other platforms, or given back until later', async () => {
  const { conversations } = await openTestStore();
  await conversations.claim(aQuestion('renewed'), LEASE, []);
  await conversations.claim(aQuestion('foreign', { platform: 'other' }), LEASE, []);
  await conversations.claim(aQuestion('later'), { ...LEASE, owner: 'three' }, []);
  await conversations.postpone('later', { owner: 'three', epoch: 1 }, '2023-12-19T10:05:00.000Z');
  await conversations.renew({ ...LEASE, until: '2023-12-19T10:01:00.000Z' });

  expect(await conversations.takeOver(LATER, ['room'], 9, alive)).toEqual([]);
  const dead = await conversations.takeOver(LATER, ['room'], 9, (owner) => owner === 'one');
  expect(dead.map(({ id }) => id)).toEqual(['renewed']);
  const due = { ...LATER, now: '2023-12-19T10:05:00.000Z', until: '2023-12-19T10:06:00.000Z' };
  expect((await conversations.takeOver(due, ['room'], 9, alive)).map(({ id }) => id)).toContain('later');
});

it('forgets what is older, with answers and votes, and keeps what is still to be answered', async () => {
  const { conversations } = await openTestStore();
  const kept = { text: 'It is.', verdict: undefined, citations: [], passages: [], generator: 'scripted' };
  await conversations.claim(aQuestion('old'), LEASE, []);
  await conversations.settle('old', HOLD, 'answered', LEASE.now, kept);
  await conversations.putFeedback('old', 'k', 'down', LEASE.now);
  await conversations.claim(aQuestion('open'), LEASE, []);
  await conversations.mute(PLACE, LEASE.now);

  expect(await conversations.forgetBefore('2023-12-19T10:00:00.000Z')).toBe(0);
  expect(await conversations.forgetBefore('2023-12-20T00:00:00.000Z')).toBe(1);
  expect(await conversations.complaints()).toEqual([]);
  expect(await conversations.putFeedback('old', 'k', 'up', LEASE.now)).toBe(false);
  expect(await conversations.load('open', HOLD)).toMatchObject({ id: 'open' });
  expect(await conversations.thread(PLACE)).toEqual({ isOurs: true, isMuted: false });
});

it('forgets what waits for news with a question of theirs, whoever wanted to be told, and what is not sent of it', async () => {
  const { conversations, digests, watches } = await openTestStore();
  await conversations.claim(aQuestion('q1', { user: 'ann', userKey: 'key of ann' }), LEASE, []);
  const { thread, ...place } = PLACE;
  const watch = {
    ...place,
    userKey: 'key of bob',
    question: 'a question',
    earlier: [],
    since: LEASE.now,
    until: LEASE.until,
  };
  await watches.put({ ...watch, id: 'w1', thread }, { ofUser: 9, ofChannel: 9 }, LEASE.now);
  await watches.put({ ...watch, id: 'w2', thread: 'another' }, { ofUser: 9, ofChannel: 9 }, LEASE.now);
  await watches.tell('w1', { channel: place.channel, payload: 'a question', now: LEASE.now });

  expect(await conversations.forgetUser(['key of ann'])).toEqual({ questions: 1, others: 1 });

  expect((await watches.of(place)).map(({ id }) => id)).toEqual(['w2']);
  expect((await digests.counts()).filter(({ subscriptionId }) => subscriptionId === 'w1')).toEqual([]);
  expect((await conversations.tenants()).length).toBe(1);
});

it.each(['deleted', 'edited'])('waits no more for news on a question that was %s', async (how) => {
  const { conversations, watches } = await openTestStore();
  const question = aQuestion('q1', { user: 'ann', userKey: 'key of ann' });
  await conversations.claim(question, LEASE, []);
  const asked = await conversations.questionOf('q1');
  const { thread, ...place } = PLACE;
  const watch = {
    ...place,
    thread,
    userKey: 'key of bob',
    earlier: [],
    since: LEASE.now,
    until: '2999-01-01',
  };
  const most = { ofUser: 9, ofChannel: 9 };
  await watches.put({ ...watch, id: 'w1', question: asked?.text ?? '' }, most, LEASE.now);
  await watches.put({ ...watch, id: 'w2', question: 'another question' }, most, LEASE.now);

  if (how === 'deleted') {
    await conversations.remove(question, LEASE);
  } else {
    await conversations.reopen({ ...question, delivery: 'd2', text: 'Something else?' }, LEASE, []);
  }

  expect((await watches.list()).map(({ id }) => id)).toEqual(['w2']);
});

it('forgets a person: questions, answers, feedback and whose the deliveries were, and nobody else', async () => {
  const { conversations } = await openTestStore();
  const answer = {
    text: 'Yes. [1]',
    verdict: undefined,
    citations: [],
    passages: [],
    generator: 'extractive',
  };
  for (const [id, who] of [
    ['q1', 'ann'],
    ['q2', 'bob'],
  ] as const) {
    await conversations.claim(aQuestion(id, { user: who, userKey: `key of ${who}` }), LEASE, []);
    await conversations.settle(id, HOLD, 'answered', LEASE.now, answer);
    await conversations.putFeedback(id, 'key of ann', 'down', LEASE.now);
  }

  expect(await conversations.tenants()).toEqual([{ platform: 'room', tenant: 't1' }]);
  expect(await conversations.forgetUser(['key of ann'])).toEqual({ questions: 1, others: 2 });

  expect(await conversations.complaints()).toEqual([]);
  expect(await conversations.putFeedback('q2', 'key of bob', 'down', LEASE.now)).toBe(true);
  expect((await conversations.complaints()).map(({ questionId }) => questionId)).toEqual(['q2']);
  expect(await conversations.claim(aQuestion('q1'), LEASE, [])).toEqual({ kind: 'known' });
  expect(await conversations.forgetUser(['key of ann'])).toEqual({ questions: 0, others: 0 });
});

it.each([
  { platform: 'discord', tenant: 'direct', channel: '77' },
  { platform: 'slack', tenant: 't1', channel: 'D1' },
])(
  'forgets with a person the digest of their direct messages on $platform, and no channel’s',
  async (direct) => {
    const { conversations, subscriptions } = await openTestStore();
    const room = { ...direct, tenant: 't1', channel: 'C1' };
    const other = { ...direct, channel: `${direct.channel}2` };
    for (const place of [direct, room]) {
      const id = `in ${place.channel}`;
      await conversations.claim(aQuestion(id, { ...place, user: 'ann', userKey: 'key of ann' }), LEASE, []);
    }
    await conversations.claim(aQuestion('q2', { ...other, user: 'bob', userKey: 'key of bob' }), LEASE, []);
    const next = { localDate: '2024-01-02', dueAt: '2024-01-02T07:00:00.000Z', plannedAt: LEASE.now };
    for (const place of [direct, room, other]) {
      await subscriptions.put(
        { ...place, id: `digest of ${place.channel}`, settings: {}, isPaused: false },
        next,
      );
    }

    expect(await conversations.forgetUser(['key of ann'])).toEqual({ questions: 2, others: 1 });

    expect((await subscriptions.list()).map(({ channel }) => channel).sort()).toEqual(
      [room.channel, other.channel].sort(),
    );
  },
);

it('forgets the digest of direct messages by its owner, who asked nothing, and keeps the owner through changes', async () => {
  const { conversations, subscriptions } = await openTestStore();
  const next = { localDate: '2024-01-02', dueAt: '2024-01-02T07:00:00.000Z', plannedAt: LEASE.now };
  const digest = { platform: 'slack', tenant: '', settings: {}, isPaused: false };
  await subscriptions.put({ ...digest, id: 's1', channel: 'D1', ownerKey: 'key of ann' }, next);
  await subscriptions.put({ ...digest, id: 's2', channel: 'D2', ownerKey: 'key of bob' }, next);
  // In the terminal nobody is known.
  await subscriptions.put({ ...digest, id: 's1', channel: 'D1', isPaused: true }, next);

  expect(await conversations.tenants()).toEqual([{ platform: 'slack', tenant: '' }]);
  expect(await conversations.forgetUser(['key of ann'])).toEqual({ questions: 0, others: 1 });
  expect((await subscriptions.list()).map(({ channel }) => channel)).toEqual(['D2']);
});

it('lets nobody take away what another one asked, where the platform does not see to that', async () => {
  const { conversations } = await openTestStore();
  await conversations.claim(aQuestion('q1'), LEASE, []);
  const message = { ...PLACE, message: 'q1' };

  expect(await conversations.remove({ ...message, userKey: 'key of bob' }, LATER)).toBeUndefined();
  expect(await conversations.remove({ ...message, userKey: 'key of ann' }, LATER)).toMatchObject({
    id: 'q1',
  });
});

it('gives what waits to one process that has a slot, unless it has begun, or follows another of its thread', async () => {
  const { conversations } = await openTestStore();
  const threads = { begun: 't1', waiting: 't2', follows: 't2', foreign: 't3' };
  for (const [i, [id, thread]] of Object.entries(threads).entries()) {
    const lease = { ...LEASE, now: `2023-12-19T10:00:0${i}.000Z` };
    const platform = id === 'foreign' ? 'other' : 'room';
    await conversations.claim(aQuestion(id, { thread, platform }), lease, []);
    await conversations.waits(id, HOLD);
  }
  expect(await conversations.begins('begun', HOLD, LEASE.now)).toBe('here');
  expect(await conversations.takeWaiting(LEASE, ['room'], 9)).toEqual([]);
  // A platform that begins hears people before it is begun.
  expect(await conversations.takeWaiting({ ...LEASE, owner: 'three' }, [], 9)).toEqual([]);
  expect(await conversations.takeOver(LEASE, [], 9, () => true)).toEqual([]);

  const other = { ...LEASE, owner: 'two' };
  const [taken, ...more] = await conversations.takeWaiting(other, ['room'], 9);

  expect(more).toEqual([]);
  expect(taken).toMatchObject({ id: 'waiting', epoch: 2, tries: 0 });
  expect(await conversations.begins('waiting', HOLD, LEASE.now)).toBe('lost');
  await conversations.waits('waiting', HOLD);
  expect(await conversations.takeWaiting({ ...LEASE, owner: 'three' }, ['room'], 9)).toEqual([]);
  await conversations.settle('waiting', { owner: 'two', epoch: 2 }, 'answered', LEASE.now);
  expect((await conversations.takeWaiting(other, ['room'], 9)).map(({ id }) => id)).toEqual(['follows']);
});

it('begins a question when those before it in its thread have ended, or their process has', async () => {
  const { conversations } = await openTestStore();
  const second = { owner: 'two', epoch: 1 };
  const third = { owner: 'three', epoch: 1 };
  const soon = { ...LEASE, now: '2023-12-19T10:00:01.000Z' };
  await conversations.claim(aQuestion('q1'), LEASE, []);
  // Told in the same moment; and one of another thread.
  await conversations.claim(aQuestion('q2'), { ...LEASE, owner: 'two' }, []);
  await conversations.claim(aQuestion('q3'), { ...soon, owner: 'three' }, []);
  await conversations.claim(aQuestion('q4', { thread: 'm2' }), { ...soon, owner: 'three' }, []);
  const begins = (id: string, hold: typeof HOLD, now = soon.now) => conversations.begins(id, hold, now);

  expect(await begins('q4', third)).toBe('here');
  expect(await begins('q2', second)).toBe('later');
  expect(await begins('q1', HOLD)).toBe('here');
  // Its lease has run out, and so has that of the one before.
  expect(await begins('q3', third, LATER.now)).toBe('here');

  // What could not be shown is given back for minutes.
  await conversations.postpone('q1', HOLD, LATER.until);
  expect(await begins('q2', second)).toBe('here');
  expect(await begins('q3', third)).toBe('later');
  await conversations.settle('q2', second, 'answered', soon.now);
  expect(await begins('q3', third)).toBe('here');
  expect(await begins('q2', second)).toBe('lost');
});
