// Starts Chromium with no way to the network: its proxy leads nowhere, no name resolves, WebRTC may use nothing
// but that proxy. What remains is the pipe to this process, and with the pipe the browser ends.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser as Chromium } from 'playwright-core';
import { BotError, describeError } from '../errors.js';
import type { Log } from '../log.js';
import { limitMemory } from './browser-memory.js';

export interface ProcessOptions {
  executablePath: string;
  startTimeoutMs: number;
  /** Bytes that one page's process may hold; more ends that page. */
  mostPageMemory: number;
}

export interface BrowserProcess {
  chromium: Chromium;
  /** Ends it with all its tabs and files, by force when it does not answer. Never throws. */
  end(): Promise<void>;
}

const NO_NETWORK = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--dns-prefetch-disable',
  '--no-pings',
  '--disable-quic',
  '--disable-background-networking',
];
const FRUGAL = [
  '--js-flags=--max-old-space-size=256',
  '--renderer-process-limit=2',
  '--disable-gpu',
  '--mute-audio',
  '--disable-extensions',
  '--blink-settings=imagesEnabled=false',
];

/** Error: `browser_failed`. */
export async function startBrowser(options: ProcessOptions, log: Log): Promise<BrowserProcess> {
  const home = await mkdtemp(path.join(tmpdir(), 'third-umpire-browser-'));
  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  let chromium: Chromium;
  try {
    chromium = await launchSafest(options, home, log);
  } catch (error) {
    await removeHome();
    throw new BotError(
      'browser_failed',
      `${options.executablePath} does not start as a browser: ${describeError(error)}`,
      { cause: error },
    );
  }
  const memory = await limitMemory(chromium, options.mostPageMemory);
  return {
    chromium,
    async end() {
      memory.stop();
      // A browser that is still there after this has lost its wits.
      const force = setTimeout(memory.killBrowser, 3000);
      await chromium.close().catch(() => {});
      clearTimeout(force);
      await removeHome();
    },
  };
}

/** In its sandbox where the system allows one: never for root, and not in every container. */
async function launchSafest(options: ProcessOptions, home: string, log: Log): Promise<Chromium> {
  const { chromium } = await import('playwright-core');
  const launch = (chromiumSandbox: boolean) =>
    chromium.launch({
      executablePath: options.executablePath,
      chromiumSandbox,
      args: [...NO_NETWORK, ...FRUGAL],
      // Nothing of this program's environment, above all no secret.
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, TMPDIR: home },
      // Signals are this program's own matter.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: options.startTimeoutMs,
    });
  if (process.getuid?.() === 0) {
    return launch(false);
  }
  try {
    return await launch(true);
  } catch (error) {
    log.warn({ reason: describeError(error) }, 'the browser does not start in its sandbox; trying without');
    return launch(false);
  }
}
