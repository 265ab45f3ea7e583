// Builds the images with buildah, starts them as their entry points say, and asks: does what ships run?
//   node bench/image.mjs [--cuda none] [--folder DIR] [--weights DIR] [--ubuntu-keyring FILE | --registry]
// --cuda 13 or 12 builds on Ubuntu (--ubuntu-keyring: its archive's key); --registry takes the bases that the Dockerfile
// names instead of local ones. --weights: a folder of the embedding model, so that Chroma's container is used, too.
// As root, in some 6 GB of --folder (kept: a second build takes what has not changed from there). Exit 1 = it failed.
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSampleSite } from '#src/ops/sample-site.js';
import { localBases } from './image-bases.mjs';
import { openBuildah, processes, run, signalInit, USER, until } from './image-tools.mjs';

const { values } = parseArgs({
  options: {
    cuda: { type: 'string', default: 'none' },
    folder: { type: 'string', default: path.join(tmpdir(), 'third-umpire-image') },
    weights: { type: 'string' },
    'ubuntu-keyring': { type: 'string' },
    registry: { type: 'boolean', default: false },
  },
});
if (process.getuid() !== 0 || !run('which', ['buildah'], { mayFail: true })) {
  console.error('NOT CHECKED: this needs root and buildah (apt install buildah debootstrap)');
  process.exit(1);
}
const SCRIPTED = 'Marnus Labuschagne made 184 at the Gabba';
const PARTS = ['usr', 'usr/local/bin/node', 'opt/chromium', 'app/node_modules', 'app/dist'];
const failures = [];
const report = { cuda: values.cuda, load: loadavg()[0] };

mkdirSync(values.folder, { recursive: true });
const work = mkdtempSync(path.join(values.folder, 'work-'));
const { build, buildah, close, containerOf, sizes } = openBuildah(values.folder, work);

function check(name, isRight, seen = '') {
  console.log(`${isRight ? '✓' : '✗'} ${name}${isRight ? '' : `\n${seen}`}`);
  if (!isRight) {
    failures.push(name);
  }
}

function folderOf(name) {
  const folder = path.join(work, name);
  mkdirSync(folder);
  chownSync(folder, USER, USER);
  return folder;
}

/** A site whose page is empty without JavaScript. */
async function startScriptedSite() {
  const page = `<html><title>Century</title><body><script>document.body.innerHTML = '<article><h1>Century</h1>' +
    '<p>${SCRIPTED}, his highest score of the summer in Brisbane.</p>'.repeat(8) + '</article>'</script></body></html>`;
  const server = createServer(({ headers, url }, response) => {
    const feed = `<rss version="2.0"><channel><title>Scripted</title><item><title>Century</title><link>http://${headers.host}/century</link><pubDate>Tue, 19 Dec 2023 09:00:00 GMT</pubDate></item></channel></rss>`;
    const isFeed = url === '/feed';
    const isKnown = isFeed || url === '/century';
    response.writeHead(isKnown ? 200 : 404, { 'content-type': isFeed ? 'application/xml' : 'text/html' });
    response.end(isFeed ? feed : isKnown ? page : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function checkChroma(data) {
  const chroma = containerOf('localhost/third-umpire:chroma', [`${data}:/data`]);
  const server = chroma.start();
  const answers = () =>
    fetch('http://127.0.0.1:8000/api/v2/heartbeat').then(
      ({ ok }) => ok,
      () => false,
    );
  check('chroma: answers', await until(answers, 60), server.said.text);
  check('chroma: its health check passes', isHealthy(chroma));
  report.chroma = sizes('localhost/third-umpire:chroma', chroma, ['usr/local/bin/node', 'app']);
  return {
    server,
    async stop() {
      const began = Date.now();
      signalInit(/chromadb/, chroma.config.StopSignal ?? 'SIGTERM');
      await server.ended;
      report.chromaStopMs = Date.now() - began;
      check('chroma: stops within 10 s on its stop signal', Date.now() - began < 10_000);
    },
  };
}

/** `start` on the sample news, as compose.yaml starts it: health, an answer, a page of JavaScript, SIGTERM. */
async function checkBot(image, chromaUrl) {
  const sites = [await startSampleSite({ folder: 'config/sample-news', port: 0 }), await startScriptedSite()];
  const [sample, scripted] = sites;
  const data = folderOf('data');
  const feeds = [...sample.feeds, { url: `http://${scripted.host}/feed`, pages: 'follow' }];
  writeFileSync(path.join(data, 'own-feeds.yaml'), JSON.stringify({ feeds }));
  writeFileSync(
    path.join(data, 'own.yaml'),
    JSON.stringify({
      feeds: { file: 'own-feeds.yaml', allowHosts: [new URL(sample.url).host, scripted.host] },
      embedding: { model: values.weights ? '/weights' : 'none' },
    }),
  );
  const weights = values.weights ? [`${path.resolve(values.weights)}:/weights:ro`] : [];
  const bot = containerOf(image, [`${data}:/data`, ...weights]);
  const own = ['--config', '/data/own.yaml'];
  const now = ['--now', new Date(Date.parse(sample.newest) + 300_000).toISOString()];

  check('demo: answers with sources', /24\.75 crore[\s\S]*\[1\] .*·/.test(bot.enter(['demo'])));
  check(
    'nothing but /data and /tmp is writable',
    bot.run(['sh', '-c', 'find /app /usr /etc -writable -not -type l 2>/dev/null || true']) === '',
  );
  const began = Date.now();
  const started = bot.start([...bot.config.Cmd, ...own, ...now], chromaUrl ? { CHROMA_URL: chromaUrl } : {});
  const hasPolled = () =>
    sample.feeds.every(({ publisher }) => started.said.text.includes(`✓ ${publisher}`)) &&
    /✓ Scripted/.test(started.said.text);
  check('start: every feed is read', await until(hasPolled, 120), started.said.text);
  report.startToReadMs = Date.now() - began;
  check('start: the health check passes', isHealthy(bot));
  const answer = bot.enter(['ask', 'How much did Kolkata pay for Mitchell Starc?', ...own, ...now]);
  check('start: a question is answered from a second process', /24\.75 crore.*\[1\]/.test(answer), answer);
  const passages = bot.enter(['search', 'Labuschagne Gabba 184', ...own, ...now]);
  check('start: a page of JavaScript was rendered', passages.includes(SCRIPTED), passages);
  const stopping = Date.now();
  signalInit(/third-umpire start/, bot.config.StopSignal ?? 'SIGTERM');
  check('start: SIGTERM ends it with 0', (await started.ended) === 0, started.said.text);
  report.stopMs = Date.now() - stopping;
  report.bot = sizes(image, bot, PARTS);
  for (const site of sites) {
    await site.close();
  }
}

/** What the container's own health check finds. */
function isHealthy(container) {
  try {
    container.run(container.config.Healthcheck.Test.slice(1));
    return true;
  } catch {
    return false;
  }
}

try {
  const keyring = values['ubuntu-keyring'];
  const bases = values.registry
    ? []
    : localBases({ folder: values.folder, run, buildah, ubuntuKeyring: keyring });
  const image = `localhost/third-umpire:cuda-${values.cuda}`;
  const args = [...bases, `CUDA=${values.cuda}`];
  report.buildSeconds = build(image, args);
  report.chromaBuildSeconds = build('localhost/third-umpire:chroma', args, ['--target', 'chroma']);
  const chroma = await checkChroma(folderOf('chroma'));
  await checkBot(image, values.weights ? 'http://127.0.0.1:8000' : undefined);
  await chroma.stop();
  check('no process is left', await until(() => processes().length === 0, 5), processes().join('\n'));
} finally {
  close();
  if (existsSync(work)) {
    rmSync(work, { recursive: true, force: true });
  }
}
console.log(JSON.stringify(report, null, 2));
process.exit(failures.length === 0 ? 0 : 1);
