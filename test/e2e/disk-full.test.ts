// A disk that fills up while feeds are read: one line, and the store is whole. The disk is a small one in memory,
// which only root may mount.
import { execFileSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { serveFeed } from '../helpers/feed-site.js';
import { runCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

function smallDisk(): string | undefined {
  const folder = tempFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=700k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

it('says that the disk is full, and loses nothing', { timeout: 60_000 }, async (context) => {
  const disk = smallDisk();
  if (!disk) {
    context.skip('no small disk can be mounted here (needs root)');
    return;
  }
  const site = await serveFeed(200);
  const options = ['--data-dir', `${disk}/data`, '--embedding-model', 'none', '--allow-host', '127.0.0.1'];

  const { code, error } = await runCli(['ingest', '--feed', `${site.url}/feed.xml`, ...options]);

  expect(error).toContain('The disk is full; free some space and run the command again');
  expect(error).not.toContain(' at ');
  expect(code).toBe(1);
});
