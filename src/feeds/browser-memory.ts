// Watches the memory of the browser's page processes: V8's own limit does not count what lies outside its heap.
import { readFile } from 'node:fs/promises';
import type { Browser as Chromium } from 'playwright-core';

const EVERY_MS = 250;
const PAGE_BYTES = 4096;

export interface MemoryWatch {
  stop(): void;
  /** Ends the browser at once. */
  killBrowser(): void;
}

/**
 * Ends every page process that holds more than `mostBytes`; its page then counts as crashed. Only Linux tells
 * a process's memory (/proc); elsewhere nothing is watched.
 */
export async function limitMemory(chromium: Chromium, mostBytes: number): Promise<MemoryWatch> {
  const session = await chromium.newBrowserCDPSession();
  const processes = async () => (await session.send('SystemInfo.getProcessInfo')).processInfo;
  const browser = (await processes()).find(({ type }) => type === 'browser');

  async function look() {
    for (const { id, type } of await processes()) {
      if (type === 'renderer' && (await residentBytes(id)) > mostBytes) {
        kill(id);
      }
    }
  }
  const timer = setInterval(() => {
    look().catch(() => {});
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer), killBrowser: () => browser && kill(browser.id) };
}

async function residentBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * PAGE_BYTES;
}

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}
