// A port of loopback that nobody may touch: it counts TCP connections and datagrams, on IPv4 and IPv6.
import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';

export interface Canary {
  port: number;
  /** Connections and datagrams that arrived. */
  touched(): number;
  close(): void;
}

export async function startCanary(): Promise<Canary> {
  let touched = 0;
  const touch = () => {
    touched += 1;
  };
  const listen = async (host: string, port: number) => {
    const server = createServer((socket) => {
      touch();
      socket.destroy();
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    return server;
  };
  const tcp = await listen('127.0.0.1', 0);
  const { port } = tcp.address() as AddressInfo;
  const tcp6 = await listen('::1', port).catch(() => undefined); // not every machine has IPv6
  const udp = createSocket('udp4').on('message', touch);
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  return {
    port,
    touched: () => touched,
    close() {
      tcp.close();
      tcp6?.close();
      udp.close();
    },
  };
}
