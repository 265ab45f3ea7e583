// A web site on loopback for one test: real sockets, real headers, hand-made documents.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What a path answers: a body (HTML, or XML when it begins with "<?xml" or "<rss"), parts of an answer, or code. */
export type Answer =
  | string
  | Buffer
  | { status?: number; headers?: Record<string, string>; body?: string | Buffer }
  | Handler;

export interface TestSite {
  /** "http://127.0.0.1:PORT" */
  url: string;
  /** "127.0.0.1:PORT", as --allow-host takes it. */
  host: string;
  port: number;
  routes: Record<string, Answer>;
  /** Every request that arrived, in order. */
  requests: { path: string; headers: IncomingHttpHeaders; at: number }[];
  /** Sockets that were opened, also those that asked for nothing. */
  connections: () => number;
  /** How often a path was asked for. */
  count(path: string): number;
}

/** Paths without a route answer 404. The site ends with the test. */
export async function startSite(routes: Record<string, Answer> = {}): Promise<TestSite> {
  const requests: TestSite['requests'] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers, at: performance.now() });
    respond(routes[path] ?? { status: 404, body: 'not found' }, request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    routes,
    requests,
    connections: () => connections,
    count: (path) => requests.filter((request) => request.path === path).length,
  };
}

function respond(answer: Answer, request: IncomingMessage, response: ServerResponse) {
  if (typeof answer === 'function') {
    answer(request, response);
    return;
  }
  const {
    body = '',
    headers = {},
    status = 200,
  } = typeof answer === 'string' || Buffer.isBuffer(answer) ? { body: answer } : answer;
  const isXml = /^<(\?xml|rss|feed)/.test(body.toString('latin1', 0, 20) as string);
  response.writeHead(status, { 'content-type': isXml ? 'application/xml' : 'text/html', ...headers });
  response.end(body);
}
