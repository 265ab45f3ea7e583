// How an answer comes to stand in Slack, whatever goes wrong between: all of it, once, in order, with its sources last.
import { expect, it } from 'vitest';
import { createVirtualClock } from '../../fakes/clock.js';
import type { Fault } from '../../fakes/slack/faults.js';
import { answerText, buttonsOf, visibleText } from '../../fakes/slack/read-message.js';
import { type FakeMessage, threadOf } from '../../fakes/slack/state.js';
import { startSlack, until } from '../../helpers/slack.js';
import { aCitation, anAnswer, aTurn, slackAdapter } from '../../helpers/slack-bot.js';

const SENTENCES = ['Kolkata won by 4 runs. [1]', ' Russell took 3 for 20. [2]', ' Rain fell at 22:10. [1]'];

async function asked(options: Parameters<typeof startSlack>[0] = {}) {
  const slack = await startSlack(options);
  const channel = slack.team.channel('cricket');
  const question = await slack.people.say(slack.team.user('asha'), channel, 'Who won?');
  const answers = () =>
    threadOf(channel, question.ts).filter(({ botId, ephemeralFor }) => botId && !ephemeralFor);
  return { slack, channel, question, answers };
}

const wholeText = (messages: FakeMessage[]) => messages.map(answerText).filter(Boolean).join('');

/** Says all sentences, each when a call was made for the one before. */
async function answer(
  { slack, channel, question }: Awaited<ReturnType<typeof asked>>,
  sentences: string[],
  turn = aTurn(slack, channel, question),
  options = {},
) {
  const reply = slackAdapter(slack, options).open(turn);
  const citations = [aCitation(1), aCitation(2)];
  citations.forEach(reply.citation);
  for (const sentence of sentences) {
    const before = slack.calls.length;
    reply.text(sentence);
    await until(() => slack.calls.length > before);
  }
  await reply.finish(anAnswer({ text: sentences.join(''), citations, asOf: '2023-12-19T13:05:00.000Z' }));
  return turn;
}

it('streams from the first sentence on and puts sources, facts and buttons below', async () => {
  const clock = createVirtualClock();
  const scene = await asked({ clock });

  const turn = await answer(scene, SENTENCES);

  const [message, ...others] = scene.answers();
  expect(others).toEqual([]);
  expect(message?.stream?.isOpen).toBe(false);
  expect(wholeText(scene.answers())).toBe(SENTENCES.join(''));
  expect(message && visibleText(message)).toContain(
    'Sources\n[1] Report 1 · The Example · 2 h ago\n[2] Report 2 · The Example · 2 h ago',
  );
  expect(message && visibleText(message)).toContain('as of 2023-12-19 13:05 UTC (2 h ago)');
  expect(message && buttonsOf(message).map(({ action_id }) => action_id)).toEqual([
    'feedback',
    'wrong-source',
    'stop',
  ]);
  expect(turn.recorded).toEqual([[message?.ts]]);
});

it('links each number to its article', async () => {
  const scene = await asked();

  await answer(scene, SENTENCES);

  const one = '[[1]](https://news.example/report-1)';
  const two = '[[2]](https://news.example/report-2)';
  expect(scene.answers()[0]?.markdown).toBe(
    `Kolkata won by 4 runs. ${one} Russell took 3 for 20. ${two} Rain fell at 22:10. ${one}`,
  );
});

const FAULTS: Fault[] = [
  { error: 'ratelimited', retryAfter: 1 },
  { status: 500 },
  { error: 'internal_error' },
  { cut: 'before' },
  { cut: 'after' },
  { hang: 'before' },
  { hang: 'after' },
  { closesStreams: true },
];
/** What hangs is given up soon; nothing else is. */
const patience = ({ hang }: Fault) => (hang ? { callTimeoutMs: 300 } : {});
const STREAM_METHODS = ['chat.startStream', 'chat.appendStream', 'chat.stopStream'];
const POST_METHODS = ['chat.postMessage', 'chat.update'];
const crossed = (methods: string[]) =>
  methods.flatMap((method) => FAULTS.map((fault) => ({ method, fault })));

it.each(crossed(STREAM_METHODS))(
  'shows all of it once when $method fares so: $fault',
  async ({ fault, method }) => {
    const scene = await asked();
    scene.slack.faults.next(method, fault);

    const turn = await answer(scene, SENTENCES, undefined, patience(fault));

    expect(scene.slack.faults.count()).toBe(1);
    expect(wholeText(scene.answers())).toBe(SENTENCES.join(''));
    expect(scene.answers().filter((message) => visibleText(message).includes('Sources'))).toHaveLength(1);
    expect(scene.answers().map(({ ts }) => ts)).toEqual(turn.recorded.at(-1));
    expect(scene.answers().some(({ stream }) => stream?.isOpen)).toBe(false);
  },
);

it.each(crossed(POST_METHODS))(
  'without streams, too, when $method fares so: $fault',
  async ({ fault, method }) => {
    const scene = await asked();
    scene.slack.faults.next('chat.startStream', { error: 'channel_type_not_supported' });
    scene.slack.faults.next(method, fault);

    await answer(scene, SENTENCES.slice(0, 1), undefined, patience(fault));

    expect(wholeText(scene.answers())).toBe(SENTENCES[0]);
    expect(scene.answers()).toHaveLength(1);
  },
);

it('begins another message before a stream is too full, at a paragraph, with the sources last', async () => {
  const scene = await asked({ hasRateLimits: false });
  const paragraphs = Array.from({ length: 12 }, (_, n) => `${n} ${'word '.repeat(150)}end. [1]\n\n`);

  await answer(scene, paragraphs);

  const answers = scene.answers();
  expect(answers.length).toBeGreaterThan(2);
  expect(answers.map(answerText).join('')).toBe(paragraphs.join(''));
  expect(answers.slice(0, -1).every((message) => /end\. \[1\]\s*$/.test(answerText(message)))).toBe(true);
  expect(answers.map((message) => visibleText(message).includes('Sources'))).toEqual(
    answers.map((_, n) => n === answers.length - 1),
  );
});

it('begins another message before a stream is too old', async () => {
  const clock = createVirtualClock();
  const scene = await asked({ clock });
  const { channel, question, slack } = scene;
  const reply = slackAdapter(slack).open(aTurn(slack, channel, question));

  reply.text('First.');
  await until(() => scene.answers().length === 1);
  clock.advance(4 * 60_000 + 1_000);
  reply.text(' Second.');
  await until(() => scene.answers().length === 2);
  await reply.finish(anAnswer({ text: 'First. Second.' }));

  expect(scene.answers().map(answerText)).toEqual(['First.', ' Second.']);
});

it('writes over what an earlier try posted, and takes away what is left of it', async () => {
  const scene = await asked();
  const { channel, question, slack } = scene;
  const first = await answer(scene, ['An answer of long ago. [1]']);
  const posted = first.recorded.at(-1) ?? [];
  const rest = await slack.people.say(slack.team.botUser, channel, 'second half', question.ts);
  Object.assign(rest, { botId: slack.team.botId });

  const turn = aTurn(slack, channel, question, { attempt: 2, posted: [...posted, rest.ts] });
  await answer(scene, ['A new answer. [2]'], turn);

  expect(scene.answers().map(answerText)).toEqual(['A new answer. [2]']);
  expect(turn.recorded.at(-1)).toEqual(posted);
});

it.each([
  ['a stream, which has no mark yet', undefined],
  ['a post, by its mark', { error: 'channel_type_not_supported' }],
])('finds what a process that died had begun: %s', async (_, fault) => {
  const scene = await asked();
  const { channel, question, slack } = scene;
  if (fault) {
    slack.faults.next('chat.startStream', fault);
  }
  slackAdapter(slack)
    .open(aTurn(slack, channel, question))
    .text('Kolkata won');
  await until(() => scene.answers().length === 1);

  await answer(scene, SENTENCES, aTurn(slack, channel, question, { attempt: 2 }));

  expect(scene.answers()).toHaveLength(1);
  expect(wholeText(scene.answers())).toBe(SENTENCES.join(''));
});

it('gives up where Slack will never take it', async () => {
  const scene = await asked();
  scene.channel.members.delete(scene.slack.team.botUser);

  await expect(answer(scene, SENTENCES)).rejects.toMatchObject({ code: 'undeliverable' });
});

it("shows nothing when the question is somebody else's by now", async () => {
  const scene = await asked();
  const { channel, question, slack } = scene;
  const lost = new AbortController();
  lost.abort(new Error('lost'));

  const reply = slackAdapter(slack).open(aTurn(slack, channel, question, { signal: lost.signal }));
  reply.text('Kolkata won.');

  await expect(reply.finish(anAnswer({ text: 'Kolkata won.' }))).rejects.toThrow('lost');
  expect(scene.answers()).toEqual([]);
});

it('puts a failure below what is shown, and a private one before the asker alone', async () => {
  const scene = await asked();
  const { channel, question, slack } = scene;
  const reply = slackAdapter(slack).open(aTurn(slack, channel, question));
  reply.text('Kolkata won.');
  await until(() => scene.answers().length === 1);
  await reply.fail({ code: 'stopped', text: 'Stopped.', citations: [], isPrivate: false });

  const other = slackAdapter(slack).open(aTurn(slack, channel, question));
  await other.fail({ code: 'limit_user', text: 'You asked 9 questions.', citations: [], isPrivate: true });

  const [shown] = scene.answers();
  const hidden = [...channel.messages.values()].at(-1);
  expect(shown && visibleText(shown)).toBe('Kolkata won.\nStopped.');
  expect(hidden?.ephemeralFor).toBe(question.user);
});
