// What a site wants of programs that read its pages: robots.txt (RFC 9309) and its reservation of text and data
// mining (W3C TDMRep, /.well-known/tdmrep.json). Asked once a day for each site, and obeyed.
import robots from 'robots-parser';
import { z } from 'zod';
import type { Clock } from '../domain.js';
import { BotError } from '../errors.js';
import type { Fetch } from './fetch.js';
import { refusalOf } from './fetch-failure.js';
import type { HostGate } from './host-gate.js';

export interface SiteRulesDeps {
  fetch: Fetch;
  gate: HostGate;
  clock: Clock;
}

/**
 * Why the site does not want the page read; undefined = it may be. Error: `rules_unknown` when robots.txt cannot
 * be had at the moment, which forbids everything until it can (RFC 9309, 2.3.1.4).
 */
export type FindRefusal = (url: string, signal: AbortSignal) => Promise<string | undefined>;

// The package's types speak of an ES module; it is a CommonJS function.
const robotsParser = robots as unknown as typeof robots.default;

const VALID_MS = 24 * 3_600_000;
const FAILURE_VALID_MS = 10 * 60_000;
/** Sites remembered; the one asked longest ago goes first. */
const MOST_SITES = 500;
/** The part of a robots.txt that counts is at least so long (RFC 9309, 2.5). */
const MOST_BYTES = 512_000;
/** Wildcards in a site's rules, far beyond honest ones: 160,000 block the event loop for 2 s at each address. */
const MOST_WILDCARDS = 5000;
/** A longer crawl delay counts as this one: a feed of 20 entries still ends within the hour. */
const LONGEST_DELAY_SECONDS = 120;

interface SiteRules {
  refusal(url: string): string | undefined;
}

const tdmSchema = z.array(
  z.object({ location: z.string().max(2000), 'tdm-reservation': z.coerce.number() }).catch({
    location: '',
    'tdm-reservation': 0,
  }),
);

export function createSiteRules(deps: SiteRulesDeps, { userAgent }: { userAgent: string }): FindRefusal {
  const { clock, fetch, gate } = deps;
  const name = userAgent.split(/[/\s]/, 1)[0] || userAgent;
  const sites = new Map<string, { rules: Promise<SiteRules>; validUntil: number }>();

  async function readRules(origin: string, signal: AbortSignal): Promise<SiteRules> {
    const robotsUrl = `${origin}/robots.txt`;
    const rules = await readRobots(robotsUrl, signal);
    if (typeof rules === 'string') {
      return { refusal: () => rules };
    }
    const delay = Number(rules.getCrawlDelay(name) ?? 0);
    gate.slowDown(new URL(origin), Math.min(delay > 0 ? delay : 0, LONGEST_DELAY_SECONDS) * 1000);
    const reserved = await readReservations(origin, signal);
    return {
      refusal(url) {
        if (rules.isAllowed(url, name) === false) {
          return 'its robots.txt forbids it';
        }
        return reserved.isAllowed(url, name) === false
          ? 'its publisher reserves text and data mining'
          : undefined;
      },
    };
  }

  /** The rules, or why there is nothing to read. */
  async function readRobots(url: string, signal: AbortSignal) {
    try {
      const limits = { maxBytes: MOST_BYTES, isStartEnough: true };
      const { body } = await fetch(url, { ...limits, signal, accept: 'text/plain' });
      const text = wholeLines(body).replace(/^\ufeff/, '');
      return wildcardsIn(text) > MOST_WILDCARDS
        ? `its robots.txt has more than ${MOST_WILDCARDS} wildcards`
        : robotsParser(url, text);
    } catch (error) {
      signal.throwIfAborted();
      const status = refusalOf(error)?.status ?? 0;
      if ([401, 403, 451].includes(status)) {
        return `its robots.txt answers ${status}`;
      }
      if (status >= 400 && status < 500 && status !== 429) {
        return robotsParser(url, '');
      }
      throw new BotError('rules_unknown', `${url} cannot be read, so the site is left alone for now`, {
        cause: error,
      });
    }
  }

  /** Reserved places as rules of the same kind; no file, or one that is none, reserves nothing. */
  async function readReservations(origin: string, signal: AbortSignal) {
    const rulesOf = (lines: string[]) =>
      robotsParser(`${origin}/robots.txt`, ['User-agent: *', ...lines].join('\n'));
    try {
      const { body } = await fetch(`${origin}/.well-known/tdmrep.json`, { maxBytes: MOST_BYTES, signal });
      const places = tdmSchema.parse(JSON.parse(body.toString('utf8')));
      const wildcards = places.reduce((sum, { location }) => sum + location.split('*').length - 1, 0);
      // What cannot be read is taken for a reservation of all.
      const read = wildcards > MOST_WILDCARDS ? [{ location: '/', 'tdm-reservation': 1 }] : places;
      return rulesOf(
        read
          .filter(({ location }) => /^\/\S*$/.test(location))
          .map((place) => `${place['tdm-reservation'] === 1 ? 'Disallow' : 'Allow'}: ${place.location}`),
      );
    } catch {
      signal.throwIfAborted();
      return rulesOf([]);
    }
  }

  function rulesOf(origin: string, signal: AbortSignal): Promise<SiteRules> {
    const known = sites.get(origin);
    const now = clock().getTime();
    if (known && now < known.validUntil) {
      return known.rules;
    }
    const site = { rules: readRules(origin, signal), validUntil: now + VALID_MS };
    site.rules.catch(() => {
      site.validUntil = signal.aborted ? 0 : now + FAILURE_VALID_MS;
    });
    sites.delete(origin);
    sites.set(origin, site);
    const [oldest] = sites.keys();
    if (sites.size > MOST_SITES && oldest) {
      sites.delete(oldest);
    }
    return site.rules;
  }

  return async (url, signal) => {
    const { origin } = new URL(url);
    const rules = await rulesOf(origin, signal);
    return rules.refusal(url);
  };
}

/** Half a path would forbid more than the whole one: where the file was cut, the last line goes. */
function wholeLines(body: Buffer): string {
  const text = body.toString('utf8');
  return body.length < MOST_BYTES ? text : text.slice(0, text.search(/[^\r\n]*$/));
}

function wildcardsIn(text: string): number {
  const rules = text.match(/^\s*(?:dis)?allow\s*:[^#\r\n]*/gim) ?? [];
  return rules.reduce((sum, rule) => sum + rule.split('*').length - 1, 0);
}
