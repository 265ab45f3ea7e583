// `start` as a person runs it: polls, says what it does, ends cleanly, and shares its feeds with a second process.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { rssOf } from '../helpers/feed-documents.js';
import { startSite, type TestSite } from '../helpers/feed-server.js';
import { until } from '../helpers/processes.js';
import { runCli, startCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

const TEXT = 'England were bowled out for 172 before tea on the second day of the match.';

function aFolderWith(site: TestSite, feeds: number): string[] {
  const folder = tempFolder();
  const lines = Array.from(
    { length: feeds },
    (_, i) => `  - { url: "${site.url}/feed/${i}", pages: feed-only }`,
  );
  writeFileSync(path.join(folder, 'own-feeds.yaml'), `feeds:\n${lines.join('\n')}\n`);
  writeFileSync(path.join(folder, 'own.yaml'), 'feeds: { file: own-feeds.yaml }\n');
  const own = ['--config', path.join(folder, 'own.yaml'), '--data-dir', path.join(folder, 'data')];
  return [...own, '--embedding-model', 'none', '--allow-host', site.host];
}

function start(options: string[]) {
  const child = startCli(['start', ...options]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { text: '' };
  child.stderr?.on('data', (part) => {
    said.text += part;
  });
  return { child, said, ended: once(child, 'close') };
}

const tablesOf = (options: string[], query: string) => {
  const folder = options[options.indexOf('--data-dir') + 1] ?? '';
  const database = new DatabaseSync(path.join(folder, 'store.sqlite'), { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
};

it('polls what is due, says it in one line a feed, and ends cleanly on SIGTERM', async () => {
  const site = await startSite();
  const options = aFolderWith(site, 2);
  site.routes['/feed/0'] = rssOf([{ title: 'Report', link: `${site.url}/a`, description: TEXT }]);
  const { child, ended, said } = start(options);

  await until(
    'both feeds are told',
    () =>
      /✓ Example Cricket: 1 entry, 1 new · next in/.test(said.text) &&
      /✗ .*feed\/1 answered 404/.test(said.text),
  );
  child.kill('SIGTERM');

  expect(await ended).toEqual([0, null]);
  expect(said.text).toContain('Follows 2 feeds');
  expect(said.text).toContain('what was finished is kept');
  expect(tablesOf(options, 'select * from claims')).toEqual([]);
  expect((await runCli(['search', 'England bowled out', ...options])).out).toContain('172');
});

it('ends in the middle of a poll, and at once when told twice', async () => {
  const site = await startSite({ '/feed/0': () => {} });
  const first = start(aFolderWith(site, 1));
  await until('the feed is asked', () => site.count('/feed/0') === 1);
  first.child.kill('SIGINT');
  expect(await first.ended).toEqual([0, null]);

  // On the first one's store the feed would be left alone for some minutes.
  const second = start(aFolderWith(site, 1));
  await until('the feed is asked again', () => site.count('/feed/0') === 2);
  second.child.kill('SIGTERM');
  second.child.kill('SIGTERM');
  const [code] = await second.ended;
  expect([0, 130]).toContain(code);
});

it('never polls a feed in two processes at once', async () => {
  const site = await startSite();
  const options = aFolderWith(site, 12);
  let areBothUp = false;
  const waiting: (() => void)[] = [];
  const atOnce = new Map<string, number>();
  let most = 0;
  for (let i = 0; i < 12; i += 1) {
    const route = `/feed/${i}`;
    site.routes[route] = (_request, response) => {
      atOnce.set(route, (atOnce.get(route) ?? 0) + 1);
      most = Math.max(most, ...atOnce.values());
      const answer = () => {
        atOnce.set(route, (atOnce.get(route) ?? 0) - 1);
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(rssOf([{ title: `Report ${i}`, link: `${site.url}/${i}`, description: `${TEXT} ${i}` }]));
      };
      areBothUp ? answer() : waiting.push(answer);
    };
  }
  const processes: { child: ChildProcess; said: { text: string }; ended: Promise<unknown> }[] = [
    start(options),
    start(options),
  ];
  // The first answers come only when both have taken up work: 8 side by side each.
  await until(
    'both processes are at work',
    () => processes.every(({ said }) => said.text.includes('Follows 12')) && waiting.length === 12,
  );
  areBothUp = true;
  for (const answer of waiting) {
    answer();
  }
  await until(
    'all feeds are read',
    () => tablesOf(options, `select url from feeds where state like '%lastSuccessAt%'`).length === 12,
  );
  for (const { child } of processes) {
    child.kill('SIGTERM');
  }
  await Promise.all(processes.map(({ ended }) => ended));

  expect(most).toBe(1);
  expect(Array.from({ length: 12 }, (_, i) => site.count(`/feed/${i}`))).toEqual(Array(12).fill(1));
  const told = processes.map(({ said }) => said.text.match(/✓/g)?.length ?? 0);
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(12);
  expect(Math.min(...told)).toBeGreaterThan(0);
});
