// The way from this process to a host: straight there under the guard, or through the proxy that the
// environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
import { Agent, type buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { checkBeforeProxy, createGuardedConnector, isAllowedHost, portOf } from './guard.js';

/** Proxies by the scheme of the address that is asked for; absent = straight there. */
export interface Proxies {
  http?: string | undefined;
  https?: string | undefined;
  /** Hosts that are asked straight: "example.org" and what lies under it, "host:8080", "*" = all. */
  none: string[];
}

export interface DispatchOptions {
  allowHosts: string[];
  /** How long a connection may take, and how long a server may say nothing. */
  silenceMs: number;
  proxies?: Proxies | undefined;
}

export interface Dispatch {
  /** What carries a request to the address. Errors: `blocked_address` before a proxy would hear of it. */
  to(url: URL): Promise<Dispatcher>;
  close(): Promise<void>;
}

/** Connections at once to one host that wants no manners. */
const CONNECTIONS = 8;

/**
 * The guard holds straight and through a proxy, but not equally: a proxy resolves names once more and connects
 * by itself, so that neither its answer nor the peer can be checked here (rebinding), and a name that only the
 * proxy can resolve is not checked at all. A proxy for an untrusted web should refuse private addresses itself.
 */
export function createDispatch({ allowHosts, proxies, silenceMs }: DispatchOptions): Dispatch {
  const limits = { headersTimeout: silenceMs, bodyTimeout: silenceMs, connections: CONNECTIONS };
  const straight = new Agent({
    ...limits,
    connect: createGuardedConnector({ allowHosts, connectTimeoutMs: silenceMs }),
  });
  const through = new Map<string, ProxyAgent>();

  function proxyAgent(uri: string): ProxyAgent {
    const known = through.get(uri);
    const tls = { timeout: silenceMs };
    const agent =
      known ?? new ProxyAgent({ ...limits, uri, proxyTls: tls, requestTls: tls, factory: poolOf });
    through.set(uri, agent);
    return agent;
  }

  return {
    async to(url) {
      const proxy = url.protocol === 'https:' ? proxies?.https : proxies?.http;
      // The operator's own hosts are near; a proxy is for the web.
      const isOwn = isAllowedHost(url.hostname, portOf(url), allowHosts);
      if (!proxy || isOwn || isAllowedStraight(url, proxies?.none ?? [])) {
        return straight;
      }
      await checkBeforeProxy(url.hostname);
      return proxyAgent(proxy);
    },
    close: async () => {
      await Promise.all([straight.destroy(), ...[...through.values()].map((agent) => agent.destroy())]);
    },
  };
}

/** undici connects again for ever when a proxy takes a connection and closes it; as a reset it is a failure. */
function poolOf(origin: URL, options: Pool.Options): Dispatcher {
  const { connect } = options;
  if (typeof connect !== 'function') {
    return new Pool(origin, options);
  }
  return new Pool(origin, {
    ...options,
    connect(given: buildConnector.Options, done: buildConnector.Callback) {
      connect(given, (...[error, socket]) => {
        if (error && 'code' in error && error.code === 'UND_ERR_SOCKET') {
          done(Object.assign(new Error('the proxy closed the connection'), { code: 'ECONNRESET' }), null);
        } else if (error) {
          done(error, null);
        } else if (socket) {
          done(null, socket);
        }
      });
    },
  });
}

function isAllowedStraight(url: URL, none: string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  return none.some((entry) => {
    const wanted = entry.toLowerCase().replace(/^\*?\./, '');
    const [, name = wanted, port] = /^(.*?)(?::(\d+))?$/.exec(wanted) ?? [];
    const isHost = name === '*' || host === name || host.endsWith(`.${name}`);
    return isHost && (port === undefined || port === portOf(url));
  });
}
