// Socket Mode: up to ten connections that take turns, envelopes with ids, acknowledgements, and the messages by which
// Slack asks an app to come back on another connection.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { FakeClock } from '../clock.js';
import { ACK_MS, type Acknowledgement, type Delivery, type Send } from './envelope.js';

const MOST_CONNECTIONS = 10;
const PING_MS = 5_000;

export interface Sockets {
  url(host: string): string;
  /** By turns; without a connection it fails at once. */
  send: Send;
  count(): number;
  /** "warning" and "refresh_requested" as Slack says them; the app is expected to reconnect. */
  askToReconnect(reason: 'warning' | 'refresh_requested'): void;
  /** Ends all connections without a word, as a network does. */
  cut(): void;
  /** Milliseconds between sending and acknowledging, of all deliveries so far. */
  ackTimes: number[];
  /** New connections are refused while false. */
  accepts(is: boolean): void;
  close(): void;
}

export function openSockets(server: Server, clock: FakeClock, violate: (what: string) => void): Sockets {
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const waiting = new Map<string, (payload: unknown) => void>();
  const ackTimes: number[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  let turn = 0;
  let isAccepting = true;

  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!isAccepting || !tickets.delete(ticket)) {
      socket.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, accept);
  });

  function accept(socket: WebSocket): void {
    if (open.length >= MOST_CONNECTIONS) {
      socket.close(1008, 'too_many_websockets');
      return;
    }
    // Each delivery under way listens for the end of its socket.
    socket.setMaxListeners(0);
    open.push(socket);
    const pings = setInterval(() => socket.ping(`Ping from server (${clock.now()})`), PING_MS);
    pings.unref();
    socket.on('message', (data) => receive(data));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pings);
      open.splice(open.indexOf(socket), 1);
    });
    say(socket, {
      type: 'hello',
      num_connections: open.length,
      connection_info: { app_id: 'A0000000001' },
      debug_info: { host: 'applink-1', build_number: 1, approximate_connection_time: 18_060 },
    });
  }

  function receive(data: RawData): void {
    const { envelope_id: id, payload } = JSON.parse(String(data)) as {
      envelope_id?: string;
      payload?: unknown;
    };
    const acknowledge = id === undefined ? undefined : waiting.get(id);
    if (!acknowledge) {
      // Too late, twice, or never sent.
      if (id === undefined || !/^[0-9a-f-]{36}$/.test(id)) {
        violate(`a socket message that acknowledges nothing: ${String(data).slice(0, 80)}`);
      }
      return;
    }
    acknowledge(payload);
  }

  function send({ attempt, payload, reason, type }: Delivery): Promise<Acknowledgement> {
    const socket = open[turn++ % Math.max(1, open.length)];
    if (socket?.readyState !== 1) {
      return Promise.resolve({ isAcknowledged: false });
    }
    const id = randomUUID();
    const sentAt = performance.now();
    say(socket, {
      envelope_id: id,
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      ...(type === 'events_api' ? { retry_attempt: attempt, retry_reason: reason } : {}),
    });
    return new Promise((resolve) => {
      const end = (result: Acknowledgement) => {
        cancel();
        waiting.delete(id);
        socket.off('close', isGone);
        resolve(result);
      };
      const isGone = () => end({ isAcknowledged: false });
      const cancel = clock.after(ACK_MS, isGone);
      socket.on('close', isGone);
      waiting.set(id, (payloadOfAck) => {
        ackTimes.push(performance.now() - sentAt);
        end({ isAcknowledged: true, payload: payloadOfAck });
      });
    });
  }

  return {
    url(host) {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `ws://${host}/link/?ticket=${ticket}&app_id=A0000000001`;
    },
    send,
    count: () => open.length,
    askToReconnect(reason) {
      for (const socket of [...open]) {
        say(socket, { type: 'disconnect', reason, debug_info: { host: 'applink-1' } });
      }
    },
    cut() {
      for (const socket of [...open]) {
        socket.terminate();
      }
    },
    ackTimes,
    accepts(is) {
      isAccepting = is;
    },
    close() {
      for (const socket of [...open]) {
        socket.terminate();
      }
      sockets.close();
    },
  };
}

function say(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}
