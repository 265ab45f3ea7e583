// Setting it up: the manifest asks for what the program needs, `doctor` names what is missing, and several workspaces
// install it themselves.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { slackChecks } from '#src/bots/slack/check-slack.js';
import { COMMAND, SHORTCUT } from '#src/bots/slack/hear-commands.js';
import { SCOPES } from '#src/bots/slack/oauth.js';
import { createSeal } from '#src/bots/slack/seal.js';
import { realTimers } from '#src/bots/timers.js';
import { ALL_SCOPES } from '../../fakes/slack/open-fake-slack.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { startSlack } from '../../helpers/slack.js';
import { watchedLog } from '../../helpers/watched-log.js';

it('has a manifest that asks for what the program needs, and nothing more', () => {
  const manifest = parse(readFileSync('config/slack-manifest.yaml', 'utf8'));

  expect(manifest.oauth_config.scopes.bot).toEqual(SCOPES);
  expect(manifest.features.slash_commands[0].command).toBe(COMMAND);
  expect(manifest.features.shortcuts[0].callback_id).toBe(SHORTCUT);
});

async function doctor(slack: Awaited<ReturnType<typeof startSlack>>, over = {}, channels: string[] = []) {
  const secrets = {
    botToken: slack.team.botToken,
    appToken: slack.appToken,
    apiUrl: slack.apiUrl,
    own: SECRET,
    ...over,
  };
  const deps = { clock: () => new Date(), timers: realTimers, log: watchedLog() };
  const checks = slackChecks(deps, { secrets, mode: 'socket', channels });
  const results = [];
  for (const check of checks) {
    results.push({ name: check.name, ...(await check.run(new AbortController().signal)) });
  }
  return results;
}

it('finds all well where all is well', async () => {
  const slack = await startSlack();
  slack.team.channel('cricket');

  expect(await doctor(slack)).toMatchObject([
    { name: 'slack token', status: 'ok' },
    { name: 'slack scopes', status: 'ok' },
    { name: 'slack transport', status: 'ok', fact: 'opens' },
    { name: 'slack channels', status: 'ok', fact: 'member of 1: #cricket' },
  ]);
});

it.each([
  ['SLACK_BOT_TOKEN is refused (invalid_auth)', { botToken: `xoxb-wrong-${SECRET}` }, []],
  ['SLACK_APP_TOKEN is refused (invalid_auth)', { appToken: `xapp-wrong-${SECRET}` }, []],
  ['SLACK_APP_TOKEN is not set', { appToken: undefined }, []],
  ['not a member of C404', {}, ['C404']],
])('names what is missing: %s', async (fact, over, channels) => {
  const results = await doctor(await startSlack(), over, channels);

  const found = results.find((result) => result.fact.includes(fact));
  expect(found).toMatchObject({ status: 'fail', fix: expect.any(String) });
});

it('names the scope that is missing', async () => {
  const slack = await startSlack({ scopes: ALL_SCOPES.filter((scope) => scope !== 'groups:history') });

  const results = await doctor(slack);

  expect(results.find(({ name }) => name === 'slack scopes')).toMatchObject({
    status: 'fail',
    fact: 'missing: groups:history',
    fix: expect.stringContaining('slack-manifest.yaml'),
  });
});

it('seals tokens for one workspace and one secret', () => {
  const seal = createSeal('secret');
  const sealed = seal.close('T1', 'xoxb-1');

  expect(sealed).not.toContain('xoxb');
  expect(seal.open('T1', sealed)).toBe('xoxb-1');
  expect(seal.close('T1', 'xoxb-1')).not.toBe(sealed);
  expect(() => seal.open('T2', sealed)).toThrow('THIRD_UMPIRE_SECRET');
  expect(() => createSeal('other').open('T1', sealed)).toThrow('THIRD_UMPIRE_SECRET');
});
