import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CONFIG_FOLDER, feedsFile, loadFeeds, loadSettings, wantsColours } from '#src/config.js';
import { configJsonSchema } from '#src/config-schema.js';
import { SECRET } from './fixtures/secrets.mjs';
import { tempFolder } from './helpers/temp-folder.js';

function aFile(text: string, name = 'own.yaml'): string {
  const file = path.join(tempFolder(), name);
  writeFileSync(file, text);
  return file;
}

it('has a default for every setting', () => {
  const settings = loadSettings({}, {});

  expect(settings.dataDir).toBe(path.resolve('data'));
  expect(settings).toMatchObject({
    logLevel: 'error',
    feeds: { userAgent: expect.stringMatching(/^ThirdUmpire\/\S+ \(\+https:\/\/\S+\)$/) },
    chunks: { style: 'sentences', size: 1000, overlap: 150 },
    embedding: { model: 'all-MiniLM-L6-v2' },
    secrets: { chromaUrl: undefined, chromaApiKey: undefined, proxies: { none: [] } },
  });
});

it('lets an option beat the environment, the environment a file, and a file the defaults', () => {
  const configFile = aFile('dataDir: /file\nlogLevel: warn\nembedding: { model: none }\n');
  const environment = { THIRD_UMPIRE_DATA_DIR: '/environment' };

  const dataDir = (overrides: object, env: NodeJS.ProcessEnv) => loadSettings(overrides, env).dataDir;

  expect(dataDir({ configFile, dataDir: '/option' }, environment)).toBe('/option');
  expect(dataDir({ configFile }, environment)).toBe('/environment');
  expect(dataDir({ configFile }, {})).toBe('/file');
  expect(loadSettings({ configFile }, {})).toMatchObject({
    logLevel: 'warn',
    embedding: { model: 'none', threads: 2 },
  });
  expect(
    loadSettings({ configFile, logLevel: 'debug', embeddingModel: 'bge-small-en-v1.5' }, {}),
  ).toMatchObject({
    logLevel: 'debug',
    embedding: { model: 'bge-small-en-v1.5' },
  });
});

it('takes proxies from the environment, in capitals or small letters', () => {
  const proxiesOf = (environment: NodeJS.ProcessEnv) => loadSettings({}, environment).secrets.proxies;

  expect(
    proxiesOf({ HTTPS_PROXY: 'http://p:8080', http_proxy: 'p:3128', no_proxy: 'localhost, .example.org' }),
  ).toEqual({ https: 'http://p:8080', http: 'http://p:3128', none: ['localhost', '.example.org'] });
  expect(proxiesOf({ HTTPS_PROXY: '' }).https).toBeUndefined();
  expect(() => proxiesOf({ HTTPS_PROXY: `socks5://user:${SECRET}@p:1` })).toThrow(
    /^HTTPS_PROXY is no address of a proxy \((?!.*s3cr3t)/,
  );
});

it('adds allowed hosts to those of the file', () => {
  const configFile = aFile('feeds: { allowHosts: [10.0.0.1] }');

  expect(loadSettings({ configFile, allowHosts: ['127.0.0.1:80'] }, {}).feeds.allowHosts).toEqual([
    '10.0.0.1',
    '127.0.0.1:80',
  ]);
});

it('reads secrets from the environment, and takes empty ones for absent', () => {
  const environment = {
    CHROMA_URL: 'http://chroma:8000',
    CHROMA_API_KEY: '',
    CHROMA_TENANT: 'news',
    HTTPS_PROXY: 'http://proxy:3128',
  };

  expect(loadSettings({}, environment).secrets).toMatchObject({
    chromaUrl: 'http://chroma:8000',
    chromaApiKey: undefined,
    chromaTenant: 'news',
    slack: {},
    proxies: { http: undefined, https: 'http://proxy:3128', none: [] },
  });
});

it.each(['chroma:8000', `http://u:${SECRET}@chroma:8000`, 'https://host/chroma', 'postgres://host'])(
  'says in one line that CHROMA_URL is none: %s',
  (address) => {
    expect(() => loadSettings({}, { CHROMA_URL: address })).toThrowError(
      /^CHROMA_URL is no address of a Chroma server \((?!.*s3cr3t).+\)$/,
    );
  },
);

it('refuses an overlap that is not less than the size', () => {
  const configFile = aFile('chunks:\n  size: 100\n');

  expect(() => loadSettings({ configFile }, {})).toThrowError(
    /chunks\.overlap: 150 is not allowed \(must be less than size\)$/,
  );
});

it('names a wrong value of a file with its line', () => {
  const configFile = aFile('# mine\nfeeds:\n  concurrency: 65\n');

  expect(() => loadSettings({ configFile }, {})).toThrowError(
    /own\.yaml:3 {2}feeds\.concurrency: 65 is not allowed \(allowed: 64 or less\)$/,
  );
});

it('names a file that cannot be read', () => {
  expect(() => loadSettings({ configFile: '/no/such.yaml' }, {})).toThrowError(
    expect.objectContaining({ code: 'config_missing', message: expect.stringContaining('/no/such.yaml') }),
  );
  expect(() => loadFeeds('/no/feeds.yaml')).toThrowError(expect.objectContaining({ code: 'config_missing' }));
});

it.each([
  ['logLevel', 'nonsense', 'logLevel: not allowed as an option'],
  ['generator', 'nonsense', 'answers.generator: not allowed as an option'],
  ['embeddingModel', '', 'embedding.model: not allowed as an option'],
])('tells a wrong %s of an option as a wrong setting', (option, value, message) => {
  expect(() => loadSettings({ [option]: value }, {})).toThrowError(
    expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining(message) }),
  );
});

it('takes an empty data folder for none, not for the folder it runs in', () => {
  expect(loadSettings({ dataDir: '' }, { THIRD_UMPIRE_DATA_DIR: '' }).dataDir).toBe(path.resolve('data'));
});

it('reads feeds, each once, with page reading unless a feed says otherwise', () => {
  const file = aFile(
    'feeds:\n  - url: https://example.com/feed.xml\n  - url: http://example.org/a\n    pages: feed-only\n    publisher: A\n    skipPaths: [/video/]\n  - url: https://example.com/feed.xml\n    pages: feed-only\n',
  );

  expect(loadFeeds(file)).toEqual([
    { url: 'https://example.com/feed.xml', pages: 'follow', skipPaths: [] },
    { url: 'http://example.org/a', pages: 'feed-only', publisher: 'A', skipPaths: ['/video/'] },
  ]);
});

it.each([
  [
    'an address that is none',
    'feeds:\n  - url: example.com/feed\n',
    /:2 {2}feeds\.0\.url: .+an http or https address/,
  ],
  ['another scheme', 'feeds:\n  - url: file:///etc/passwd\n', /:2 {2}feeds\.0\.url/],
  ['no list', 'feeds: none\n', /:1 {2}feeds: /],
  [
    'a misspelt key',
    'feeds:\n  - url: https://example.com/a\n    page: follow\n',
    /:3 {2}feeds\.0\.page: no such setting/,
  ],
])('refuses feeds with %s', (_, text, message) => {
  expect(() => loadFeeds(aFile(text))).toThrowError(message);
});

it('reads the feeds that come with the program', () => {
  const feeds = loadFeeds(feedsFile(loadSettings({}, {})));

  expect(feeds.length).toBeGreaterThan(5);
  expect(new Set(feeds.map(({ url }) => url)).size).toBe(feeds.length);
});

it('looks for the feeds file beside the file that names it', () => {
  const configFile = aFile('feeds: { file: mine.yaml }');

  expect(feedsFile(loadSettings({ configFile }, {}))).toBe(path.join(path.dirname(configFile), 'mine.yaml'));
  expect(feedsFile(loadSettings({ configFile: aFile('feeds: { file: /etc/feeds.yaml }') }, {}))).toBe(
    '/etc/feeds.yaml',
  );
  expect(feedsFile(loadSettings({ configFile: aFile('logLevel: warn') }, {}))).toBe(
    path.join(CONFIG_FOLDER, 'feeds.yaml'),
  );
});

it('ships the schema that the program checks, in which every key may be absent', () => {
  const shipped = JSON.parse(readFileSync(path.join(CONFIG_FOLDER, 'schema.json'), 'utf8')) as object;

  expect(shipped).toMatchObject(configJsonSchema());
  expect(JSON.stringify(configJsonSchema())).not.toContain('"required"');
  expect(configJsonSchema()).toMatchObject({
    additionalProperties: false,
    properties: { feeds: { properties: { concurrency: { maximum: 64, minimum: 1 } } } },
  });
});

it.each([
  [{}, true],
  [{ NO_COLOR: '1' }, false],
  [{ NO_COLOR: '' }, true],
  [{ TERM: 'dumb' }, false],
])('knows from %j whether people want colours', (environment, wanted) => {
  expect(wantsColours(environment)).toBe(wanted);
});

it.each([
  'https://guard.example.org/v1',
  'http://127.0.0.1:9000',
  'http://localhost:9000/v1',
  'http://[::1]:9000/v1',
])('takes %s for a guard', (address) => {
  const { secrets } = loadSettings({}, { GUARD_BASE_URL: address, GUARD_API_KEY: ` ${SECRET} ` });

  expect(secrets.guardBaseUrl).toBe(address.endsWith('/v1') ? address : `${address}/v1`);
  expect(secrets.guardApiKey).toBe(SECRET);
});

it.each([
  'http://guard.example.org/v1',
  'http://10.0.0.5/v1',
  'http://127.0.0.1.evil.example',
  'ftp://guard',
  `https://me:${SECRET}@guard.example`,
])('sends nothing that people say to %s', (address) => {
  expect(() => loadSettings({}, { GUARD_BASE_URL: address })).toThrow(
    expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining('GUARD_BASE_URL') }),
  );
});
