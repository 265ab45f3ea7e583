// Feeds and articles as a person handles them: what is said, what it comes to, how it is undone. All but what reads stdin
// runs in this process, over real files and sockets.
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { articlePage, rssOf } from '../helpers/feed-documents.js';
import { startSite } from '../helpers/feed-server.js';
import { runCli } from '../helpers/run-cli.js';
import { runProgram } from '../helpers/run-program.js';
import { tempFolder } from '../helpers/temp-folder.js';

const NOW = '2023-12-19T15:00:00Z';
const SECRET = 'Zanzibarquill';

async function aPlace() {
  const site = await startSite();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'none.yaml'), 'feeds: []\n');
  writeFileSync(path.join(folder, 'own.yaml'), 'feeds: { file: none.yaml }\n');
  const own = ['--config', path.join(folder, 'own.yaml'), '--data-dir', path.join(folder, 'data')];
  const common = [...own, '--now', NOW, '--allow-host', site.host];
  const run = (...args: string[]) => runProgram([...args, ...common]);
  return { site, folder, common, run, noModel: ['--embedding-model', 'none'] };
}

describe('feeds', () => {
  it('finds the feed behind a site, follows it, tells how it is, and lets it go again', {
    timeout: 90_000,
  }, async () => {
    const { noModel, run, site } = await aPlace();
    site.routes['/'] =
      '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body>x</body></html>';
    site.routes['/rss.xml'] = rssOf([
      { title: 'A', link: `${site.url}/a`, description: 'Rain ended play at noon in the north.' },
    ]);

    const added = await run(
      'feeds',
      'add',
      `${site.url}/`,
      '--publisher',
      "The Quill's",
      '--skip-path',
      '/video/',
      '--pages',
      'feed-only',
    );
    expect(added).toMatchObject({
      code: 0,
      out: expect.stringContaining(`Example Cricket is followed: ${site.url}/rss.xml (1 entry)`),
    });
    expect(added.error).toContain(`Undo: third-umpire feeds remove ${site.url}/rss.xml`);

    expect((await run('ingest', ...noModel)).code).toBe(0);
    const table = await run('feeds');
    expect(table.out).toMatch(/✓ The Quill's \(feed only\) +1 min ago +5 h ago +in/);
    expect(table.out).toContain('1 feed: 1 fine');

    const removed = await run('feeds', 'remove', `${site.url}/rss.xml`);
    expect(removed.error).toContain(
      `Undo: third-umpire feeds add ${site.url}/rss.xml --publisher 'The Quill'\\''s' --pages feed-only --skip-path '/video/'`,
    );
    expect(JSON.parse((await run('feeds', '--json')).out)).toEqual({ feeds: [] });
    expect((await run('feeds', 'remove', `${site.url}/rss.xml`)).code).toBe(1);
  });

  it('goes through OPML and comes back as it was', { timeout: 90_000 }, async () => {
    const one = await aPlace();
    const other = await aPlace();
    const list = path.join(one.folder, 'in.opml');
    writeFileSync(
      list,
      `<opml><body><outline text="One" xmlUrl="https://example.org/1"/><outline title="Two" xmlUrl="https://example.org/2"
       xmlns:umpire="https://github.com/third-umpire/third-umpire" umpire:pages="feed-only" umpire:skip-paths="/video/ /live/"/></body></opml>`,
    );

    expect((await one.run('feeds', 'import', list)).out).toContain('2 feeds added');
    expect((await one.run('feeds', 'import', list)).out).toContain('0 feeds added, 2 were followed before');
    const { out } = await one.run('feeds', 'export');
    const imported = await runCli(['feeds', 'import', '-', ...other.common], out);

    expect(imported.out).toContain('2 feeds added');
    const { feeds } = JSON.parse((await other.run('feeds', '--json')).out);
    expect(feeds).toMatchObject([
      {
        url: 'https://example.org/1',
        pages: 'follow',
        publisher: 'One',
        condition: 'new',
        isConfigured: false,
      },
      {
        url: 'https://example.org/2',
        pages: 'feed-only',
        publisher: 'Two',
        skipPaths: ['/video/', '/live/'],
      },
    ]);
  });

  it('hides a configured feed and brings it back as the file has it; a foreign list never loosens its policy', {
    timeout: 90_000,
  }, async () => {
    const { folder, run } = await aPlace();
    const feed = '{ url: "https://example.org/1", publisher: One, pages: feed-only }';
    writeFileSync(path.join(folder, 'none.yaml'), `feeds: [${feed}]\n`);
    const list = path.join(folder, 'in.opml');
    writeFileSync(list, '<opml><body><outline text="Another" xmlUrl="https://example.org/1"/></body></opml>');
    const policies = async () =>
      JSON.parse((await run('feeds', '--json')).out).feeds.map(
        ({ pages, publisher }: Record<string, string>) => `${publisher} ${pages}`,
      );

    await run('feeds', 'remove', 'https://example.org/1');
    expect(await policies()).toEqual([]);
    await run('feeds', 'import', list);
    expect(await policies()).toEqual(['One feed-only']);
    await run('feeds', 'import', list);
    expect(await policies()).toEqual(['One feed-only']);
  });
});

describe('articles', () => {
  it('removes an article without a trace and says how it is undone', { timeout: 90_000 }, async () => {
    const { folder, noModel, run, site } = await aPlace();
    site.routes['/a'] = articlePage('Report a', `${SECRET} made 71 in the final at the ground by the sea.`);
    site.routes['/b'] = articlePage('Report b', 'The second match was over before lunch on the third day.');
    site.routes['/feed'] = rssOf(
      ['a', 'b'].map((name) => ({ title: `Report ${name}`, link: `${site.url}/${name}` })),
    );
    await run('ingest', '--feed', `${site.url}/feed`, ...noModel);
    expect((await run('search', SECRET, ...noModel)).out).toContain(SECRET);

    const one = await run('articles', 'remove', `${site.url}/a`, ...noModel);

    expect(one.out).toContain(`1 article removed; ${site.url}/a is not fetched again`);
    expect((await run('search', SECRET, ...noModel)).out).not.toContain(SECRET);
    // Not in a free page, and not as the beginning of a stem.
    const files = ['store.sqlite', 'lexical.sqlite'].map((file) => path.join(folder, 'data', file));
    const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
    expect(texts.map((text) => text.includes(SECRET.slice(1, 10)))).toEqual([false, false]);

    const all = await run('articles', 'remove', '127.0.0.1', ...noModel);

    expect(all.out).toContain('1 article removed; all of 127.0.0.1 is not fetched again');
    expect(all.error).toContain('third-umpire articles allow 127.0.0.1');
    const before = site.requests.length;
    expect((await run('ingest', '--url', `${site.url}/a`, ...noModel)).code).toBe(1);
    expect((await run('ingest', '--feed', `${site.url}/feed`, ...noModel)).code).toBe(1);
    expect(site.requests.length).toBe(before);

    expect((await run('articles', 'blocked')).out).toContain(
      '127.0.0.1  since 2023-12-19, 1 article removed',
    );
    expect((await run('articles', 'allow', '127.0.0.1')).out).toContain('may be fetched again');
    expect((await run('articles', 'allow', `${site.url}/a`)).out).toContain('may be fetched again');
    expect((await run('ingest', '--url', `${site.url}/a`, ...noModel)).code).toBe(0);
    expect((await run('articles', 'show', `${site.url}/a`)).out).toContain(SECRET);
  });
});
