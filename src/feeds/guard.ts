// Keeps fetches on public addresses. A feed or an article may link anywhere, also to the operator's own
// network, so every connection is checked three times: the literal in the address, what its name resolves
// to, and the peer that the socket really reached (which beats DNS rebinding).
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { lookup as resolve } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { BotError } from '../errors.js';

export interface GuardOptions {
  /** HOST or HOST:PORT entries that may be private or loopback. */
  allowHosts: string[];
  connectTimeoutMs: number;
  /** How names are resolved; absent = as the system does. */
  lookup?: Lookup | undefined;
}

/** `dns.lookup` as far as it is used here: all addresses of a name. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Whether the address is one of the public internet: no loopback, private, link-local, mapped or reserved one. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.parse(address);
  // Of IPv6 only 2000::/3 is handed out; outside it lie IPv4 addresses in disguise (::127.0.0.1) and old plans.
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(ipaddr.IPv6.parse('2000::'), 3)) {
    return false;
  }
  return parsed.range() === 'unicast';
}

/** Whether HOST or HOST:PORT is on the list; names are compared without case, IPv6 without brackets. */
export function isAllowedHost(hostname: string, port: string, allowHosts: string[]): boolean {
  const host = bare(hostname);
  return allowHosts.some((entry) => {
    const wanted = entry.toLowerCase();
    return bare(wanted) === host || wanted === `${host}:${port}` || wanted === `[${host}]:${port}`;
  });
}

/** The port that an address leads to, also when it does not say. */
export function portOf({ port, protocol }: { port: string; protocol: string }): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

/** Milliseconds for a name that may have no answer here. */
const PATIENCE_MS = 2000;
/** Names that mean the inside of a network, whoever resolves them (RFC 6761, 6762, 8375, 9476). */
const INSIDE = /^[^.]*$|\.(localhost|local|internal|intranet|lan|home\.arpa|test|invalid|onion|alt)$/;

/**
 * What can be checked of a host that a proxy will connect to: its literal and, where this machine can resolve it,
 * its addresses. Error: `blocked_address`.
 */
export async function checkBeforeProxy(hostname: string): Promise<void> {
  const host = bare(hostname).replace(/\.$/, '');
  if (isIP(host) ? !isPublicAddress(host) : INSIDE.test(host)) {
    throw blocked(hostname);
  }
  // Behind a proxy a machine often cannot resolve the names of the web; then the proxy does it alone.
  const late = sleep(PATIENCE_MS, [], { ref: false });
  const addresses = await Promise.race([resolve(host, { all: true }).catch(() => []), late]);
  if (addresses.some(({ address }) => !isPublicAddress(address))) {
    throw blocked(hostname);
  }
}

/** An undici connector that refuses addresses that are neither public nor allowed (`blocked_address`). */
export function createGuardedConnector(options: GuardOptions): buildConnector.connector {
  const open = buildConnector({ timeout: options.connectTimeoutMs });
  const guarded = buildConnector({
    timeout: options.connectTimeoutMs,
    lookup: publicLookup(options.lookup ?? lookup),
  });
  return (target, callback) => {
    const { hostname, protocol } = target;
    const port = portOf({ port: target.port, protocol });
    if (isAllowedHost(hostname, port, options.allowHosts)) {
      open(target, callback);
      return;
    }
    if (isIP(bare(hostname)) && !isPublicAddress(bare(hostname))) {
      callback(blocked(hostname), null);
      return;
    }
    guarded(target, (...result) => {
      const [error, socket] = result;
      if (error) {
        callback(error, null);
      } else if (socket.remoteAddress && !isPublicAddress(socket.remoteAddress)) {
        socket.destroy();
        callback(blocked(hostname), null);
      } else {
        callback(null, socket);
      }
    });
  };
}

/** Fails when any of the addresses is not public, for then the name is not to be trusted. */
function publicLookup(find: Lookup): LookupFunction {
  return (hostname, options, callback) => {
    find(hostname, { ...options, all: true } as LookupOptions & { all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) {
        callback(error ?? new Error(`${hostname} has no address`), '', 0);
      } else if (addresses.some(({ address }) => !isPublicAddress(address))) {
        callback(blocked(hostname), '', 0);
      } else if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

function blocked(hostname: string): BotError {
  return new BotError(
    'blocked_address',
    `${hostname} is not a public address; if it is yours, allow it with --allow-host ${hostname}`,
  );
}

function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
}
