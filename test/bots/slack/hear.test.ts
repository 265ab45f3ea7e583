// What people do in Slack, as the core hears of it: every way to ask, edits, deletions, buttons.
import { expect, it } from 'vitest';
import { createVirtualClock } from '../../fakes/clock.js';
import { visibleText } from '../../fakes/slack/read-message.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import { startSlack, until } from '../../helpers/slack.js';
import { anAnswer, aTurn, slackAdapter, startAdapter } from '../../helpers/slack-bot.js';

async function scene(
  options: Parameters<typeof startSlack>[0] = {},
  over: Parameters<typeof recordingBot>[0] = {},
) {
  const slack = await startSlack({ echoes: false, ...options });
  const bot = recordingBot(over);
  const feeds = [{ name: 'The Example', isWell: false, fact: 'fails since yesterday' }];
  const platform = await startAdapter(slack, bot, { feeds });
  const channel = slack.team.channel('cricket');
  const asha = slack.team.user('asha');
  return { slack, bot, platform, channel, asha, people: slack.people };
}

it('hears a mention, which comes as a message and as a mention, once', async () => {
  const { asha, bot, channel, people, slack } = await scene();

  const { ts } = await people.mention(asha, channel, 'Who won &amp; why? <https://a.example|the report>');

  expect(bot.heard).toHaveLength(1);
  expect(bot.heard[0]).toEqual([
    'message',
    {
      platform: 'slack',
      tenant: slack.team.id,
      channel: channel.id,
      thread: ts,
      deliveryId: `${channel.id}:${ts}`,
      message: ts,
      user: asha,
      text: 'Who won & why? the report',
      way: 'mention',
      isFromBot: false,
      isToSomeoneElse: false,
    },
  ]);
});

it('hears what is said in threads, to somebody else, directly, and by bots', async () => {
  const { asha, bot, channel, people, slack } = await scene();
  const other = slack.team.user('bo');

  await people.say(asha, channel, 'And who lost?', '1700000000.000001');
  await people.say(asha, channel, `<@${other}> what do you think?`);
  await people.say(asha, slack.team.direct(asha), 'Who won?');
  await people.mention(asha, slack.team.direct(asha), 'Who won?');

  expect(bot.heard.map(([, told]) => told)).toMatchObject([
    { way: 'seen', thread: '1700000000.000001', isToSomeoneElse: false },
    { way: 'seen', isToSomeoneElse: true, text: '@somebody what do you think?' },
    { way: 'direct', text: 'Who won?' },
    { way: 'direct', text: 'Who won?' },
  ]);
});

it('hears edits and deletions, and not that a link was unfurled', async () => {
  const { asha, bot, channel, people } = await scene();
  const message = await people.mention(asha, channel, 'Who won?');

  await people.edit(channel, message, message.text);
  await people.edit(channel, message, `${message.text} And where?`);
  await people.remove(channel, message);

  expect(bot.heard.slice(1)).toMatchObject([
    ['edited', { message: message.ts, text: 'Who won? And where?' }],
    ['deleted', { message: message.ts, channel: channel.id }],
  ]);
});

it('does not acknowledge what the core could not take, so that it comes again', async () => {
  const clock = createVirtualClock();
  let tries = 0;
  const { asha, channel, people, slack } = await scene(
    { clock },
    {
      async onMessage() {
        tries += 1;
        if (tries === 1) {
          throw new Error('the disk is full');
        }
      },
    },
  );

  const saying = people.say(asha, channel, 'Who won?');
  await until(() => tries === 1);
  clock.advance(3_000);
  await saying;
  clock.advance(1);
  await until(() => tries === 2 && slack.sockets.ackTimes.length === 1);

  expect(slack.deliverer.late).toEqual([{ type: 'events_api', attempt: 0 }]);
});

it('posts the question of a command and asks it in the thread of that', async () => {
  const { asha, bot, channel, people, slack } = await scene();

  const answer = await people.command(asha, channel, '/cricket', 'Who won <!channel>?');

  expect(answer).toMatchObject({ isAcknowledged: true });
  const [line] = channel.messages.values();
  expect(line && visibleText(line)).toBe('asha asks: Who won @channel?');
  expect(bot.heard).toMatchObject([
    ['message', { way: 'command', thread: line?.ts, text: 'Who won @channel?' }],
  ]);
  expect(slack.violations).toEqual([]);
});

it('answers help and feeds to the asker alone', async () => {
  const { asha, channel, people } = await scene();

  const help = await people.command(asha, channel, '/cricket', '');
  const feeds = await people.command(asha, channel, '/cricket', 'feeds');

  expect(help).toMatchObject({ payload: { response_type: 'ephemeral', text: 'How to ask' } });
  expect(JSON.stringify(feeds)).toContain('The Example · fails since yesterday');
  expect(channel.messages.size).toBe(0);
});

it('says how to invite it where it may not post', async () => {
  const { asha, bot, people, slack } = await scene();
  const elsewhere = slack.team.channel('elsewhere', 'channel', false);

  const answer = await people.command(asha, elsewhere, '/cricket', 'Who won?');

  expect(JSON.stringify(answer)).toContain(
    "I can't post in #elsewhere yet: invite me with /invite @third-umpire.",
  );
  expect(bot.heard).toEqual([]);
});

it('tells whoever used the shortcut in a closed channel by another way', async () => {
  const { asha, bot, channel, people, platform, slack } = await scene();
  const message = await people.say(asha, channel, 'Kolkata won by 4 runs, I hear.');
  channel.members.delete(slack.team.botUser);

  await people.shortcut(asha, channel, message, 'what_do_the_sources_say');
  const [, told] = bot.heard.at(-1) ?? [];
  const asked = told as { message: string; text: string; thread: string; way: string };
  const turn = aTurn(slack, channel, message, { message: asked.message, way: 'shortcut' });
  const finishing = platform.open(turn).finish(anAnswer({ text: 'So it was.' }));

  await expect(finishing).rejects.toMatchObject({ code: 'undeliverable' });
  expect(asked).toMatchObject({
    way: 'shortcut',
    thread: message.ts,
    text: 'Kolkata won by 4 runs, I hear.',
  });
  const told_ = [...channel.messages.values()].at(-1);
  expect(told_).toMatchObject({ ephemeralFor: asha, text: expect.stringContaining('/invite @third-umpire') });
});

it('hears every button under an answer', async () => {
  const { asha, bot, channel, people, platform, slack } = await scene(
    {},
    { onFeedback: async () => 'Noted.' },
  );
  const question = await people.mention(asha, channel, 'Who won?');
  const turn = aTurn(slack, channel, question);
  await platform.open(turn).finish(anAnswer({ text: 'India.' }));
  await platform
    .open({ ...turn, questionId: 'q2' })
    .finish(anAnswer({ text: 'Which?', choices: ['India men', 'India women'] }));
  const [answer, choice] = [...channel.messages.values()].slice(1);
  if (!answer || !choice) {
    throw new Error('nothing was posted');
  }

  for (const button of ['Good answer', 'Bad answer', 'Wrong source', 'Stop']) {
    await people.press(asha, channel, answer, button);
  }
  await people.press(asha, channel, choice, 'India women');
  await until(() => [...channel.messages.values()].filter(({ text }) => text === 'Noted.').length === 3);

  const press = { tenant: slack.team.id, channel: channel.id, thread: question.ts, user: asha };
  expect(bot.heard.slice(1)).toMatchObject([
    ['stop', { ...press, questionId: turn.questionId }],
    ['choice', { ...press, questionId: 'q2', more: 'India women' }],
  ]);
});

it('shows how to ask and how the feeds do on the Home tab', async () => {
  const { asha, people, slack } = await scene();

  await people.openHome(asha);
  await until(() => slack.team.homes.has(asha));

  expect(JSON.stringify(slack.team.homes.get(asha))).toContain('The Example · fails since yesterday');
});

it('suggests questions in the assistant pane and calls its thread by the first', async () => {
  const { asha, bot, people, slack } = await scene();

  const { channel, threadTs } = await people.openPane(asha);
  await until(() => channel.panes.get(threadTs)?.prompts.length === 4);
  await people.say(asha, channel, 'Who won last night?', threadTs);
  await until(() => channel.panes.get(threadTs)?.title === 'Who won last night?');

  expect(bot.heard).toMatchObject([['message', { way: 'direct', thread: threadTs }]]);
  expect(slack.violations).toEqual([]);
});

it('shows and wipes what it is doing', async () => {
  const { asha, channel, people, slack } = await scene();
  const question = await people.mention(asha, channel, 'Who won?');
  const reply = slackAdapter(slack).open(aTurn(slack, channel, question));
  const status = () => channel.statuses.get(question.ts)?.text;

  reply.status('reading 6 articles');
  await until(() => status() === 'is reading 6 articles…');
  reply.status('Two questions before yours, about 20 s');
  await until(() => status() === 'Two questions before yours, about 20 s');
  reply.text('India won.');

  await until(() => status() === undefined);
});

it('takes its messages away, gone or not, and says a line in a thread', async () => {
  const { asha, channel, people, platform, slack } = await scene();
  const question = await people.mention(asha, channel, 'Who won?');
  await platform.open(aTurn(slack, channel, question)).finish(anAnswer({ text: 'India.' }));
  const place = { platform: 'slack', tenant: slack.team.id, channel: channel.id, thread: question.ts };
  const posted = [...channel.messages.keys()].slice(1);

  await platform.remove(place, [...posted, '1700000000.000009']);
  const notice = { code: 'muted', text: 'I stay quiet.', citations: [], isPrivate: true };
  await platform.tell({ ...place, user: asha }, notice);

  const left = [...channel.messages.values()].slice(1);
  expect(left).toMatchObject([{ ephemeralFor: asha, text: 'I stay quiet.' }]);
});

it('forgets whoever says so, and tells nobody else', async () => {
  const { asha, bot, channel, people } = await scene();

  const told = await people.command(asha, channel, '/cricket', 'forget');

  expect(bot.heard).toEqual([['forget', { platform: 'slack', user: asha }]]);
  expect(told).toMatchObject({ payload: { response_type: 'ephemeral', text: 'Forgotten.' } });
  expect(channel.messages.size).toBe(0);
});
