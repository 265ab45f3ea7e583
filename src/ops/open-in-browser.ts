// Shows an address in the person's own browser, where this machine has a way to; it is printed as well.
import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
  darwin: ['open', []],
  win32: ['rundll32', ['url.dll,FileProtocolHandler']],
};

export function openInBrowser(url: string): void {
  const [program, options] = OPENERS[process.platform] ?? ['xdg-open', []];
  const child = spawn(program, [...options, url], { stdio: 'ignore', detached: true });
  // No desktop here.
  child.on('error', () => {});
  child.unref();
}
