// The Home tab lists the digests of one's own channels, and nobody can reach another's by a button of it.
import { expect, it, onTestFinished } from 'vitest';
import { createBotDigests } from '#src/bot-digests.js';
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { buttonsOf, visibleText } from '../../fakes/slack/read-message.js';
import type { JsonObject } from '../../fakes/slack/state.js';
import { openTestStore } from '../../helpers/bots.js';
import { aDigest, aLetter, anItem, aPost } from '../../helpers/letters.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import { startSlack, until } from '../../helpers/slack.js';
import { slackAdapter } from '../../helpers/slack-bot.js';

async function home() {
  const slack = await startSlack();
  const { people, team } = slack;
  const store = await openTestStore();
  const clock = () => new Date();
  const compose = async () => aDigest([anItem(1)]);
  const deps = { store, clock, newsClock: clock, names: loadCricketNames(), compose };
  const desk = createBotDigests(deps, loadSettings({}));
  const letters = new Map<string, ReturnType<typeof aLetter>>();
  const digests = { ...desk, posted: async (_place: unknown, date: string) => letters.get(date) };
  const platform = slackAdapter(slack, { digests });
  await platform.start(recordingBot());
  onTestFinished(() => platform.pause());
  await until(() => slack.sockets.count() > 0);
  const asha = team.user('asha');
  const [cricket, secret] = [team.channel('cricket'), team.channel('secret')];
  cricket.members.add(asha);
  for (const { id: channel } of [cricket, secret]) {
    await desk.set({ platform: 'slack', tenant: team.id, channel }, { time: '08:00' });
  }
  const blocks = () => (team.homes.get(asha)?.['blocks'] ?? []) as JsonObject[];
  const find = ({ id: channel }: { id: string }) =>
    desk.find({ platform: 'slack', tenant: team.id, channel });
  await people.openHome(asha);
  await until(() => blocks().length > 0);
  return { asha, blocks, cricket, desk, find, letters, people, platform, secret, slack, team };
}

it('lists the digests of their own channels, which are paused, seen and removed there', async () => {
  const { asha, blocks, cricket, find, people, team } = await home();
  const shown = () => JSON.stringify(blocks());
  expect(shown()).toContain('#cricket');
  expect(shown()).not.toContain('#secret');

  await people.pressHome(asha, 'Pause');
  await until(() => shown().includes('paused'));
  expect((await find(cricket))?.isPaused).toBe(true);
  await people.pressHome(asha, 'Send me one now');
  const direct = () => [...team.direct(asha).messages.values()].map(visibleText).join();
  await until(() => direct().includes('Story 1 tells of a match.'));
  await people.pressHome(asha, 'Remove');
  await until(() => shown().includes('None of your channels'));
  expect(await find(cricket)).toBeUndefined();
});

it('does nothing about a channel that they are not in', async () => {
  const { asha, blocks, find, people, secret, team } = await home();
  const forged = JSON.parse(
    JSON.stringify(blocks()).replaceAll(/\\"c\\":\\"[A-Z0-9]+/g, `\\"c\\":\\"${secret.id}`),
  );
  team.homes.set(asha, { type: 'home', blocks: forged });
  expect(buttonsOf({ blocks: forged }).some(({ value }) => String(value).includes(secret.id))).toBe(true);

  await people.pressHome(asha, 'Remove');
  await people.openHome(asha);
  await until(() => !JSON.stringify(blocks()).includes(secret.id));

  expect(await find(secret)).toMatchObject({ isPaused: false });
});

it('shows hidden results to whoever asks, alone', async () => {
  const { asha, cricket, letters, people, platform, team } = await home();
  const item = anItem(1, {
    text: 'India won by 78 runs. [1]',
    withoutResult: 'Result: South Africa v India',
  });
  const place = { platform: 'slack', tenant: team.id, channel: cricket.id };
  const letter = aLetter(place, aDigest([item]), { spoilers: 'hide' });
  letters.set(letter.localDate, letter);
  const payload = platform.digests?.render(letter) ?? '';
  await platform.digests?.post(aPost(letter, payload, new Date()), AbortSignal.timeout(9_000));
  const [message] = [...cricket.messages.values()];

  await (message && people.press(asha, cricket, message, 'Show results'));
  const alone = () => [...cricket.messages.values()].filter(({ ephemeralFor }) => ephemeralFor === asha);
  await until(() => alone().length > 0);

  expect(alone().map(visibleText).join()).toContain('India won by 78 runs. [1]');
  expect(message && visibleText(message)).not.toContain('78 runs');
});
