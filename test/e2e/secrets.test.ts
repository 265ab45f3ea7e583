// No secret is ever written: neither to stdout nor to stderr nor into a file, at the highest log level, with servers that
// refuse, break off, and repeat in their errors what they were sent.
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openFakeDiscord } from '../fakes/discord/open-fake-discord.js';
import { openFakeSlack } from '../fakes/slack/open-fake-slack.js';
import { SECRET } from '../fixtures/secrets.mjs';
import { rssOf } from '../helpers/feed-documents.js';
import { startSite } from '../helpers/feed-server.js';
import { makeEmbeddingModel } from '../helpers/make-embedding-model.js';
import { until } from '../helpers/processes.js';
import { runCli, startCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

const TEXT = 'England were bowled out for 172 before tea on the second day of the match at Lord’s on Friday.';
const OWN = {
  SLACK_SIGNING_SECRET: `${SECRET}8888abcd99yyyzzz85a5`,
  LLM_API_KEY: `sk-writer-${SECRET}9d8f7a6b5c4d3e2f`,
  GUARD_API_KEY: `sk-guard-${SECRET}1a2b3c4d5e6f7a8b`,
  CHROMA_API_KEY: `ck-vectors-${SECRET}0f1e2d3c4b5a6978`,
  HF_TOKEN: `hf_${SECRET}weightsOfAStranger0123`,
  THIRD_UMPIRE_SECRET: `own-${SECRET}-0123456789`,
  THIRD_UMPIRE_WEB_TOKEN: `console-${SECRET}-0123456789`,
};

/** A server that refuses everything and repeats what it was sent: headers, path and body. */
async function anEcho(): Promise<{ url: string; count(): number }> {
  let count = 0;
  const server = createServer((request, response) => void refuse(request, response));
  async function refuse(request: IncomingMessage, response: ServerResponse): Promise<void> {
    count += 1;
    let body = '';
    for await (const part of request) {
      body += part;
    }
    const said = `${JSON.stringify(request.headers)} ${request.url} ${body}`;
    const [status, type] = count % 3 === 0 ? [500, 'text/plain'] : [401, 'application/json'];
    response.writeHead(status, { 'content-type': type });
    response.end(type === 'text/plain' ? said : JSON.stringify({ error: { message: said } }));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, count: () => count };
}

/** What could be read of a secret: itself, without its first letters, encoded. */
const formsOf = (secret: string) => [
  secret.slice(-12),
  Buffer.from(secret).toString('base64').slice(2, 14),
  Buffer.from(secret).toString('hex').slice(2, 26),
];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((file) => statSync(file).isFile());
}

it('writes no secret anywhere, whatever fails', { timeout: 420_000 }, async () => {
  const [site, echo, slack, discord] = await Promise.all([
    startSite(),
    anEcho(),
    openFakeSlack({ hasRateLimits: false }),
    openFakeDiscord({ hasRateLimits: false }),
  ]);
  onTestFinished(() => Promise.all([slack.close(), discord.close()]).then(() => {}));
  site.routes['/feed'] = rssOf([{ title: 'England all out', link: `${site.url}/a`, description: TEXT }]);
  const folder = tempFolder();
  const models = tempFolder();
  const weights = makeEmbeddingModel(path.join(models, 'own-model'));
  const config = path.join(folder, 'own.yaml');
  const configure = (more: object) =>
    writeFileSync(
      config,
      JSON.stringify({
        ...{ feeds: { file: 'own-feeds.yaml' }, logLevel: 'trace', health: { port: 0 } },
        ...{ model: { hub: echo.url }, web: { enabled: true, port: 0 }, discord: { callTimeoutSeconds: 2 } },
        ...{ slack: { callTimeoutSeconds: 2 }, bots: { graceSeconds: 1 }, ...more },
      }),
    );
  writeFileSync(
    path.join(folder, 'own-feeds.yaml'),
    JSON.stringify({ feeds: [{ url: `${site.url}/feed`, pages: 'feed-only' }] }),
  );
  const secrets = {
    ...OWN,
    SLACK_BOT_TOKEN: slack.team.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    DISCORD_TOKEN: discord.token,
  };
  const servers = {
    ...{ SLACK_API_URL: slack.apiUrl, DISCORD_API_URL: discord.apiUrl, CHROMA_URL: echo.url },
    ...{ LLM_BASE_URL: echo.url, GUARD_BASE_URL: echo.url },
  };
  const options = ['--config', config, '--data-dir', path.join(folder, 'data'), '--allow-host', site.host];
  const all = [...options, '--embedding-model', weights];
  const written: string[] = [];
  const user = slack.team.user('asha');
  const channel = slack.team.channel('cricket');
  channel.members.add(user);
  const guild = discord.state.guild('club');
  const room = discord.state.channel(guild, 'cricket');
  const ann = discord.state.user('ann');

  async function start(environment: Record<string, string>, work: () => Promise<void>): Promise<void> {
    const child = startCli(['start', ...all], { ...secrets, ...servers, ...environment });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (part) => {
        said.text += part;
      });
    }
    const ended = once(child, 'close');
    try {
      await until('both hear', () => slack.sockets.count() > 0 && discord.gateway.live().length > 0, 120_000);
      await work();
    } finally {
      child.kill('SIGTERM');
      await ended;
      written.push(said.text);
    }
  }
  // Whatever is said, streams included; on Discord it stands in a thread.
  const answersIn = () => slack.calls.filter(({ method }) => /^chat\.(?:post|start)/.test(method)).length;
  const answersInRoom = () => discord.calls.filter(({ method }) => /^POST .*messages$/.test(method)).length;
  async function askBoth(text: string): Promise<void> {
    const before = [answersIn(), answersInRoom()];
    await slack.people.mention(user, channel, text);
    discord.people.mention(ann, room, text);
    await until(
      `both have said something of "${text}"`,
      () => answersIn() > (before[0] ?? 0) && answersInRoom() > (before[1] ?? 0),
      120_000,
    );
  }

  // Answers whose model refuses the key, and calls of both platforms that fail in every way.
  configure({});
  await start({}, async () => {
    await askBoth('How many did England make?');
    slack.faults.next('chat.postMessage', { error: 'invalid_auth' });
    slack.faults.next('chat.postMessage', { status: 500 });
    slack.faults.next('*', { cut: 'before' });
    discord.faults.next('*', { refusal: { status: 403, code: 50013, message: 'Missing Permissions' } });
    discord.faults.next('*', { status: 500 });
    discord.faults.next('*', { cut: 'after' });
    await slack.people.mention(user, channel, 'Who bowled?');
    discord.people.mention(ann, room, 'Who bowled?');
    await askBoth('Where was it?');
  });
  // A guard that refuses its key.
  configure({ moderation: { guard: { use: 'chat' } } });
  await start({}, () => askBoth('Who lost?'));
  // Tokens that nobody knows, and what the operator's commands say of all that.
  const wrong = {
    SLACK_BOT_TOKEN: `xoxb-${SECRET}-nobody-knows-this-0123`,
    DISCORD_TOKEN: `${discord.token.slice(0, -4)}zzzz`,
  };
  for (const environment of [{}, wrong]) {
    for (const command of [
      ['doctor'],
      ['doctor', '--json'],
      ['ask', 'Who won?', '--generator', 'openai'],
      ['model', 'pull'],
    ]) {
      const { error, out } = await runCli([...command, ...all], '', {
        ...secrets,
        ...servers,
        ...environment,
      });
      written.push(out, error);
    }
  }
  written.push((await runCli(['start', ...all], '', { ...secrets, ...servers, ...wrong })).error);

  const kept = [...Object.values(secrets), ...Object.values(wrong)].flatMap(formsOf);
  expect(written.join('').length).toBeGreaterThan(10_000);
  expect(echo.count()).toBeGreaterThan(10);
  expect(kept.filter((form) => written.some((text) => text.includes(form)))).toEqual([]);
  const files = filesIn(folder);
  expect(files.length).toBeGreaterThan(3);
  const told = files.filter((file) => {
    const bytes = readFileSync(file);
    return kept.some((form) => bytes.includes(form));
  });
  expect(told).toEqual([]);
});
