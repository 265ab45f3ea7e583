// A load balancer in front of replicas: each request goes to the next one, so that no two in a row see the same, and what
// is posted again lands elsewhere.
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Balancer {
  url: string;
  /** The ports of replicas from now on. */
  use(ports: number[]): void;
}

/** It ends with the test. */
export async function openBalancer(): Promise<Balancer> {
  const wentTo = new Map<string, number>();
  let ports: number[] = [];
  let turn = 0;
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { headers, method, url } = incoming;
    const body = await buffer(incoming);
    const key = body.toString();
    // What is posted again goes to the one after that which had it.
    const last = headers['x-slack-retry-num'] ? wentTo.get(key) : undefined;
    const at = last === undefined ? turn++ : last + 1;
    wentTo.set(key, at);
    const port = ports[at % Math.max(1, ports.length)] ?? 0;
    const onward = httpRequest({ host: '127.0.0.1', port, path: url, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502).end());
    onward.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    use(next) {
      ports = next;
    },
  };
}
