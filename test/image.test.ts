// What the Dockerfile, compose.yaml and the systemd unit say must be what the program says. That an image builds, starts
// and answers is bench/image.mjs, which takes minutes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSettings } from '#src/config.js';
import { noteOnCapability } from '#src/ops/models/query-gpu.js';

interface Service {
  build: { context: string; target?: string; args?: Record<string, string> };
  command?: string[];
  deploy?: object;
  environment?: Record<string, string>;
  ports?: string[];
  profiles?: string[];
  read_only: boolean;
  stop_grace_period?: string;
  tmpfs: string[];
  volumes: string[];
}

const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
const lines = dockerfile.split('\n');
const services = (
  parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as { services: Record<string, Service> }
).services;
const unit = readFileSync('config/third-umpire.service', 'utf8');
const { bots } = loadSettings({}, {});

/** The lines of a stage. */
function stage(name: string): string[] {
  const from = lines.findIndex((line) => line.startsWith('FROM ') && line.endsWith(` AS ${name}`));
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => line.startsWith('FROM '));
  return from < 0 ? [] : rest.slice(0, to < 0 ? undefined : to);
}

it('lets into the build what the Dockerfile copies, and nothing else', () => {
  const copied = lines
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(/\s+/).slice(1, -1));
  const letIn = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));

  expect(letIn[0]).toBe('*');
  expect(letIn.slice(1).sort()).toEqual([...new Set(copied)].map((name) => `!${name}`).sort());
  expect(copied.filter((name) => !existsSync(name))).toEqual([]);
});

it('builds for the CUDA that `model check` advises, and for no GPU', () => {
  const advised = /--build-arg CUDA=(\d+)/.exec(noteOnCapability('7.0').advice ?? '')?.[1];
  const bases = lines.filter((line) => / AS base-/.test(line)).map((line) => line.split(' AS base-')[1]);

  expect(bases).toContain(advised);
  expect(dockerfile).toMatch(new RegExp(`^ARG CUDA_${advised}_IMAGE=\\S+/cuda:${advised}\\.`, 'm'));
  expect(services['bot-cpu']?.build.args?.['CUDA']).toBe('none');
  expect(bases).toContain('none');
});

it('runs as a user, with an init, in UTC, with its data in a volume', () => {
  for (const name of ['bot', 'chroma']) {
    const said = stage(name);

    expect(said).toContain('USER third-umpire');
    expect(said.find((line) => line.startsWith('ENTRYPOINT'))).toContain('["tini", "--"');
    expect(said.find((line) => line.startsWith('ENV'))).toContain('TZ=UTC');
    expect(said).toContain('VOLUME /data');
    expect(said.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
  }
  const [, dataDir = ''] = /THIRD_UMPIRE_DATA_DIR=(\S+)/.exec(stage('bot').join('\n')) ?? [];
  expect(services['bot']?.volumes.map((volume) => volume.split(':')[1])).toEqual([dataDir]);
});

it('gives the bot the address of its Chroma server, by a name that the program reads', () => {
  const port = stage('chroma')
    .find((line) => line.startsWith('EXPOSE'))
    ?.split(' ')[1];

  for (const name of ['bot', 'bot-cpu']) {
    const { chromaUrl } = loadSettings({}, services[name]?.environment).secrets;
    expect(chromaUrl).toBe(`http://chroma:${port}`);
  }
});

it('opens no port beyond this machine and no root to be written to', () => {
  for (const { ports = [], read_only, tmpfs } of Object.values(services)) {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(read_only).toBe(true);
    expect(tmpfs).toContain('/tmp');
  }
});

it('asks for a GPU by default and starts without one by name', () => {
  expect(JSON.stringify(services['bot']?.deploy)).toContain('"gpu"');
  expect(services['bot']?.profiles).toBeUndefined();
  expect(services['bot-cpu']).toMatchObject({ profiles: ['cpu'] });
  expect(services['bot-cpu']?.deploy).toBeUndefined();
});

it('gives answers their time before it kills', () => {
  const seconds = [services['bot']?.stop_grace_period, /TimeoutStopSec=(\d+)/.exec(unit)?.[1]].map((text) =>
    Number.parseInt(text ?? '', 10),
  );

  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(bots.graceSeconds + 10);
});

const systemd = spawnSync('systemd-analyze', ['--version']);

it.skipIf(systemd.error || !existsSync('/usr/bin/node'))(
  'is a unit that systemd takes without a word',
  () => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', 'config/third-umpire.service'], {
      encoding: 'utf8',
    });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  },
);
