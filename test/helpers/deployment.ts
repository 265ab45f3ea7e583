// What a description of a deployment (compose.yaml, docs/KUBERNETES.md) gives the program, read as the program reads it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadSettings, type Settings } from '#src/config.js';
import { createHealthApp } from '#src/ops/health/health-app.js';
import { tempFolder } from './temp-folder.js';

/** With these variables and the settings file that one of them names, whose text is `config`. */
export function settingsOf(environment: Record<string, string>, config: string): Settings {
  const file = path.join(tempFolder(), 'replica.yaml');
  writeFileSync(file, config);
  return loadSettings({ configFile: file }, environment);
}

/** Those of the variables that change nothing of the secrets: names that the program does not read. */
export function unread(environment: Record<string, string>, config: string): string[] {
  const all = JSON.stringify(settingsOf(environment, config).secrets);
  return Object.keys(environment).filter((name) => {
    const { [name]: _, ...rest } = environment;
    return JSON.stringify(settingsOf(rest, config).secrets) === all;
  });
}

/** Whether the health server has the page. */
export async function isServed(page: string): Promise<boolean> {
  const app = createHealthApp({
    phase: () => 'running',
    readings: async () => ({}),
    metrics: async () => ({ text: '', contentType: 'text/plain' }),
    now: () => 0,
  });
  return (await app.request(page)).status === 200;
}

/** A number that a line of the Dockerfile gives, by the group of the pattern. */
export function inDockerfile(pattern: RegExp): string {
  return pattern.exec(readFileSync('Dockerfile', 'utf8'))?.[1] ?? '';
}
