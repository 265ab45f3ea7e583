// What a page in the browser may ask for: its scripts and their data, read by our own fetcher, so that guard,
// robots.txt, turns and limits hold for them as for everything else. The browser itself has no network.
import { BotError } from '../errors.js';
import type { Fetch, Fetched } from './fetch.js';
import { refusalOf } from './fetch-failure.js';
import { pageRefusal } from './page-wishes.js';
import type { FindRefusal } from './site-rules.js';

/** One request of a page, as the browser tells it. */
export interface PartRequest {
  method: string;
  url: string;
  /** "script", "fetch", "xhr", "image" … */
  kind: string;
}

/** What the browser is given; undefined = the request fails. */
export interface Part {
  status: number;
  contentType?: string | undefined;
  body: Buffer;
}

/** Answers the requests of one page until its budget of files and bytes is spent. Never throws. */
export type AnswerPart = (request: PartRequest, signal: AbortSignal) => Promise<Part | undefined>;

export interface PageParts {
  /** `pageUrl` is the page that asks. */
  forPage(pageUrl: string): AnswerPart;
}

export interface PartsDeps {
  fetch: Fetch;
  findRefusal: FindRefusal;
  /** Whether the operator let this private host be fetched. */
  isAllowed: (url: URL) => boolean;
}

const MOST_PARTS = 60;
const MOST_BYTES = 16_000_000;
const MOST_BYTES_OF_ONE = 5_000_000;
const READ = new Set(['script', 'fetch', 'xhr']);
/** Bytes of scripts kept for the site's next pages; the one used longest ago goes first. */
const MOST_KEPT_BYTES = 32_000_000;
const NOTHING = Buffer.alloc(0);

export function createPageParts({ fetch, findRefusal, isAllowed }: PartsDeps): PageParts {
  const kept = new Map<string, Part>();
  let keptBytes = 0;

  function keep(key: string, part: Part) {
    kept.delete(key);
    kept.set(key, part);
    keptBytes += part.body.length;
    for (const [oldest, { body }] of kept) {
      if (keptBytes <= MOST_KEPT_BYTES) {
        return;
      }
      kept.delete(oldest);
      keptBytes -= body.length;
    }
  }

  /** Throws what fetch throws, `blocked_address` and `refused`. */
  async function read(url: string, pageUrl: URL, maxBytes: number, signal: AbortSignal): Promise<Fetched> {
    const fetched = await fetch(url, {
      maxBytes,
      signal,
      isPart: true,
      async beforeHop(target) {
        // The operator's own hosts are open to the operator's own pages; no page of the web reads them here.
        if (isAllowed(new URL(target)) && !isAllowed(pageUrl)) {
          throw new BotError('blocked_address', `${target} is not for the pages of ${pageUrl.host}`);
        }
        const refusal = await findRefusal(target, signal);
        if (refusal) {
          throw new BotError('refused', `${target} is not read: ${refusal}`);
        }
      },
    });
    const refusal = pageRefusal({ ...fetched, body: NOTHING });
    if (refusal) {
      throw new BotError('refused', `${url} is not read: ${refusal}`);
    }
    return fetched;
  }

  return {
    forPage(address) {
      const pageUrl = new URL(address);
      let parts = 0;
      let bytes = 0;
      return async ({ kind, method, url }, signal) => {
        if (kind === 'stylesheet') {
          return { status: 200, contentType: 'text/css', body: NOTHING };
        }
        parts += 1;
        if (method !== 'GET' || !READ.has(kind) || parts > MOST_PARTS) {
          return undefined;
        }
        const key = `${pageUrl.origin} ${url}`;
        const known = kept.get(key);
        if (known) {
          return known;
        }
        try {
          const maxBytes = Math.min(MOST_BYTES_OF_ONE, MOST_BYTES - bytes);
          const fetched = await read(url, pageUrl, Math.max(1, maxBytes), signal);
          const { body, cacheControl = '', contentType, status } = fetched;
          bytes += body.length;
          const part = { status, contentType, body };
          if (kind === 'script' && !/no-store/i.test(cacheControl)) {
            keep(key, part);
          }
          return part;
        } catch (error) {
          const status = refusalOf(error)?.status;
          return status === undefined ? undefined : { status, body: NOTHING };
        }
      };
    },
  };
}
