// The profile `scale` of compose.yaml: three replicas, PostgreSQL, Chroma and a proxy, held against what the program reads
// and serves.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { SECRET } from './fixtures/secrets.mjs';
import { inDockerfile, isServed, settingsOf, unread } from './helpers/deployment.js';

interface Service {
  profiles?: string[];
  environment?: Record<string, string>;
  configs?: { source: string; target: string }[];
  depends_on?: Record<string, unknown> | string[];
  volumes?: string[];
  command?: string[];
}

const { configs, services, volumes } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as {
  configs: Record<string, { content: string }>;
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const REPLICAS = ['bot-1', 'bot-2', 'bot-3'];
/** Where a service has the volume. */
const mountOf = (name: string, volume: string) =>
  services[name]?.volumes?.find((one) => one.startsWith(`${volume}:`))?.split(':')[1];
const own = configs['replica']?.content ?? '';
// A dollar stands twice where compose is to leave it alone.
const nginx = (configs['proxy']?.content ?? '').replaceAll('$$', '$');
/** As compose fills it in, with what .env holds. */
const variables = (name: string) => ({
  ...Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
      key,
      value.replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
    ]),
  ),
  SLACK_BOT_TOKEN: `xoxb-${SECRET}`,
  SLACK_SIGNING_SECRET: `signing-${SECRET}`,
  THIRD_UMPIRE_WEB_TOKEN: `console-${SECRET}`,
});

it('starts nothing of it without its name', () => {
  const scaled = Object.keys(services).filter((name) => services[name]?.profiles?.includes('scale'));

  expect(scaled.sort()).toEqual([...REPLICAS, 'postgres', 'proxy'].sort());
});

it.each(REPLICAS)(
  'gives %s variables and settings that the program reads, and a folder of its own',
  (name) => {
    const { THIRD_UMPIRE_CONFIG, ...environment } = variables(name) as Record<string, string>;
    expect(services[name]?.configs).toEqual([{ source: 'replica', target: THIRD_UMPIRE_CONFIG }]);
    expect(unread(environment, own)).toEqual([]);

    const { database, secrets, slack, web } = settingsOf(environment, own);
    const url = new URL(secrets.databaseUrl ?? '');
    const postgres = variables('postgres') as Record<string, string>;
    expect([url.username, url.password, url.host, url.pathname]).toEqual([
      postgres['POSTGRES_USER'],
      postgres['POSTGRES_PASSWORD'],
      'postgres:5432',
      `/${postgres['POSTGRES_DB']}`,
    ]);
    expect([slack.mode, web.enabled, web.host]).toEqual(['http', true, '0.0.0.0']);
    // PostgreSQL's own default is a hundred; each listens by one more, and migrates by one more.
    expect(REPLICAS.length * (database.connections + 2)).toBeLessThan(100);

    const folder = services[name]?.volumes?.[0]?.split(':')[0] ?? '';
    expect(Object.keys(volumes)).toContain(folder);
    const others = REPLICAS.filter((other) => other !== name).map((other) => services[other]?.volumes?.[0]);
    expect(others.some((other) => other?.startsWith(`${folder}:`))).toBe(false);
  },
);

it('lets a new replica start from a copy of the index in a volume that all share', () => {
  const { index } = settingsOf({}, own);

  expect(index.snapshots).not.toBe('');
  expect(REPLICAS.map((name) => mountOf(name, 'snapshots'))).toEqual(REPLICAS.map(() => index.snapshots));
  expect(Object.keys(volumes)).toContain('snapshots');
  // The root of a container is read only, and Docker gives a fresh volume to whom the image gives its folder.
  const owned = inDockerfile(/AS bot\n[\s\S]*?install -d -o third-umpire -g third-umpire ([^\n]*)/);
  expect(owned.split(' ')).toContain(index.snapshots);
});

it('waits for the database and Chroma, and the proxy for the replicas', () => {
  for (const name of REPLICAS) {
    expect(services[name]?.depends_on).toEqual({
      chroma: { condition: 'service_healthy' },
      postgres: { condition: 'service_healthy' },
    });
  }
  expect(services['proxy']?.depends_on).toEqual(REPLICAS);
});

it('leads Slack, the console and /readyz to the ports of every replica', async () => {
  const { health, slack, web } = settingsOf({}, own);
  const upstream = (name: string) =>
    [
      ...(new RegExp(`upstream ${name} \\{([^}]*)\\}`).exec(nginx)?.[1] ?? '').matchAll(
        /server (\S+) resolve;/g,
      ),
    ].map(([, server]) => server);
  const everywhere = (port: number) => REPLICAS.map((name) => `${name}:${port}`);

  expect(upstream('slack')).toEqual(everywhere(slack.port));
  expect(upstream('console')).toEqual(everywhere(web.port));
  expect(upstream('health')).toEqual(everywhere(health.port));
  expect(nginx).toMatch(/location \/slack\/ \{ proxy_pass http:\/\/slack; \}/);
  expect(nginx).toMatch(/location \/ \{ proxy_pass http:\/\/console; /);
  const [, page = ''] = /location = (\S+) \{ proxy_pass http:\/\/health;/.exec(nginx) ?? [];
  expect(await isServed(page)).toBe(true);
  expect(health.host).toBe('0.0.0.0');
  // The console asks by which name it was reached.
  expect(nginx).toContain('proxy_set_header Host $http_host;');
});
