// buildah for bench/image.mjs: builds, containers that run what their image says, and sizes.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The user of the image; so processes of this id are those of the containers. */
export const USER = 10_001;
const ISOLATION = ['--isolation', 'chroot'];

/** Output of a program. Throws the end of what it said. */
export function run(program, args, { mayFail = false, ...options } = {}) {
  try {
    const stdio = ['ignore', 'pipe', 'pipe'];
    return execFileSync(program, args, { encoding: 'utf8', stdio, maxBuffer: 1e9, ...options });
  } catch (error) {
    if (mayFail) {
      return '';
    }
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.slice(-3000);
    throw new Error(`${program} ${args.join(' ')}\n${said}`, { cause: error });
  }
}

/** Everything is kept in `folder`. */
export function openBuildah(folder, work) {
  const buildah = ['--root', path.join(folder, 'storage'), '--storage-driver', 'overlay'];
  const containers = [];

  function containerOf(image, mounts) {
    const container = run('buildah', [...buildah, 'from', image]).trim();
    containers.push(container);
    const { config } = JSON.parse(run('buildah', [...buildah, 'inspect', '--type', 'image', image])).Docker;
    const command = (args, environment = {}) => [
      ...[...buildah, 'run', ...ISOLATION],
      ...mounts.flatMap((mount) => ['-v', mount]),
      ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...['--', container, ...args],
    ];
    return {
      /** Of the image: Entrypoint, Cmd, User, Healthcheck. */
      config,
      /** Any command, to its end. */
      run: (args, options) => run('buildah', command(args), options),
      /** What `docker run IMAGE ARGS` would run, to its end. */
      enter: (args) => run('buildah', command([...config.Entrypoint, ...args])),
      /** The same, followed while it runs. */
      start: (args = config.Cmd, environment = {}) =>
        follow(spawn('buildah', command([...config.Entrypoint, ...args], environment))),
      mount: () => run('buildah', [...buildah, 'mount', container]).trim(),
    };
  }

  return {
    buildah,
    containerOf,

    /** Builds from the Dockerfile of this folder with this machine's npm configuration; gives the seconds it took. */
    build(name, buildArguments, extra = []) {
      const npmrc = path.join(work, 'npmrc');
      const settings = ['registry', 'cafile'].map((key) => [key, run('npm', ['config', 'get', key]).trim()]);
      const lines = settings.filter(([, value]) => value !== 'null').map((pair) => `${pair.join('=')}\n`);
      writeFileSync(npmrc, lines.join(''));
      const began = Date.now();
      run('buildah', [
        ...[...buildah, 'build', ...ISOLATION, '--layers', '--format', 'docker'],
        ...['--secret', `id=npmrc,src=${npmrc}`],
        ...buildArguments.flatMap((argument) => ['--build-arg', argument]),
        ...[...extra, '-t', name, '.'],
      ]);
      return Math.round((Date.now() - began) / 1000);
    },

    /** Megabytes: of the whole root, of the parts that exist, and of each layer as a registry would send it. */
    sizes(image, container, parts) {
      const root = container.mount();
      const megabytes = (part) => {
        const size = run('du', ['-sm', path.join(root, part)], { mayFail: true });
        return size ? [[part, Number(size.split('\t')[0])]] : [];
      };
      const layout = path.join(work, 'layout');
      run('buildah', [...buildah, 'push', '-q', image, `oci:${layout}`]);
      const blobs = path.join(layout, 'blobs/sha256');
      const manifest = readdirSync(blobs)
        .map((blob) => readManifest(path.join(blobs, blob)))
        .find(Boolean);
      rmSync(layout, { recursive: true });
      const layers = manifest.layers.map(({ size }) => Math.round(size / 1e5) / 10);
      return { ...Object.fromEntries(['.', ...parts].flatMap(megabytes)), compressedLayers: layers };
    },

    /** Ends what still runs and takes the containers away. */
    close() {
      for (const line of processes()) {
        process.kill(Number.parseInt(line, 10), 'SIGKILL');
      }
      run('buildah', [...buildah, 'rm', ...containers], { mayFail: true });
    },
  };
}

/** The blob as a manifest; undefined = it is something else. */
function readManifest(blob) {
  const text = readFileSync(blob).subarray(0, 1_000_000).toString('latin1');
  const value = text.startsWith('{') ? JSON.parse(text) : {};
  return Array.isArray(value.layers) ? value : undefined;
}

function follow(child) {
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      said.text += part;
    });
  }
  return { said, ended: new Promise((resolve) => child.once('close', resolve)) };
}

/** Whether it came true in so many seconds. */
export async function until(isThere, seconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) {
    if (await isThere()) {
      return true;
    }
  }
  return false;
}

/** "PID ARGS" of all that was started in containers. */
export const processes = () =>
  run('ps', ['-u', String(USER), '-o', 'pid=,args='], { mayFail: true })
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Signals the init whose line matches, as stopping the container does. */
export function signalInit(pattern, signal) {
  const line = processes().find((text) => /^\d+ \S*tini /.test(text) && pattern.test(text));
  process.kill(Number.parseInt(line ?? '', 10), signal);
}
