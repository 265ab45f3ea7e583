// The way from this process to a server of the operator's choice: a model hub, a language model. Unlike feeds these
// are trusted addresses; proxies of the environment are obeyed (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** Proxies by the scheme of the address that is asked for; absent = straight there. */
export interface Proxies {
  http?: string | undefined;
  https?: string | undefined;
  /** Hosts that are asked straight, with what lies under them; "*" = all. */
  none: string[];
}

/** No proxy can reach this machine's own loopback. */
const OWN_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * `connectMs` bounds one connection. How long a server may be silent is its caller's to say: a model that reads
 * a long prompt says nothing for minutes.
 */
export function createHttpAgent(proxies: Proxies | undefined, options: { connectMs: number }): Dispatcher {
  const tls = { timeout: options.connectMs };
  return new EnvHttpProxyAgent({
    // '' and not undefined: what is undefined would be read from the environment.
    httpProxy: proxies?.http ?? '',
    httpsProxy: proxies?.https ?? '',
    noProxy: proxies?.none.includes('*') ? '*' : [...(proxies?.none ?? []), ...OWN_HOSTS].join(','),
    connect: { timeout: options.connectMs },
    requestTls: tls,
    proxyTls: tls,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
