// The few connections that calls of Slack share. The runtime's own fetch opens one more whenever all are busy: fifty
// answers at once would begin with fifty handshakes.
import { Agent, type Dispatcher, request } from 'undici';

/** Fifty calls under way wait for each other for one round trip at most. */
const CONNECTIONS = 32;
const KEEP_ALIVE_MS = 30_000;

export type Fetch = typeof globalThis.fetch;

/** As much of `fetch` as the SDK needs. `way` = through a proxy. */
export function createPooledFetch(
  way: Dispatcher = new Agent({ connections: CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS }),
): Fetch {
  return async (url, init) => {
    const { method = 'GET', headers, body, signal } = init ?? {};
    const response = await request(String(url), {
      dispatcher: way,
      method: method as 'GET' | 'POST',
      headers: headers as Record<string, string>,
      body: body as string,
      signal: signal ?? null,
    });
    return new Response(await response.body.text(), {
      status: response.statusCode,
      headers: Object.entries(response.headers).map(
        ([name, value]) => [name, String(value)] as [string, string],
      ),
    });
  };
}
