// Hears what other replicas tell (LISTEN), by a connection of its own that is made when somebody first wants to know. While
// it is lost nothing is heard; when it is back everybody looks, since something may have been told meanwhile.
import pg from 'pg';
import { CHANNEL, SELF, type Wake } from '../wakes.js';
import type { DatabaseAddress } from './address.js';

export interface Listening {
  /** Runs `look` when another process has told of it; gives what ends that. */
  onWake(wake: Wake, look: () => void): () => void;
  close(): Promise<void>;
}

const SHORTEST_MS = 500;
const LONGEST_MS = 10_000;
const GATHER_MS = 200;

export function createListening({ url }: DatabaseAddress, connectSeconds = 5): Listening {
  const looks = new Map<Wake, Set<() => void>>();
  const soon = new Map<Wake, NodeJS.Timeout>();
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let waitMs = SHORTEST_MS;
  let isOpen = false;
  let isClosed = false;

  /** What is told of again and again is looked at once in a while. */
  function run(wake: Wake): void {
    if (!soon.has(wake) && looks.has(wake)) {
      const look = () => {
        soon.delete(wake);
        for (const own of looks.get(wake) ?? []) {
          own();
        }
      };
      soon.set(wake, setTimeout(look, GATHER_MS).unref());
    }
  }

  async function connect(isAgain: boolean): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'third-umpire listening',
      connectionTimeoutMillis: connectSeconds * 1000,
      keepAlive: true,
    });
    client = next;
    let isLost = false;
    const lose = () => {
      if (!isLost && !isClosed) {
        isLost = true;
        next.end().catch(() => {});
        timer = setTimeout(() => void connect(true), waitMs);
        timer.unref();
        waitMs = Math.min(2 * waitMs, LONGEST_MS);
      }
    };
    next.on('error', lose).on('end', lose);
    next.on('notification', ({ payload = '' }) => {
      const [wake = '', sender] = payload.split(' ');
      if (sender !== SELF) {
        run(wake as Wake);
      }
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
      waitMs = SHORTEST_MS;
      for (const wake of isAgain ? looks.keys() : []) {
        run(wake);
      }
    } catch {
      // That the database is lost is told by whoever asks it for something.
      lose();
    }
  }

  return {
    onWake(wake, look) {
      const own = looks.get(wake) ?? new Set();
      looks.set(wake, own.add(look));
      if (!isOpen) {
        isOpen = true;
        void connect(false);
      }
      return () => void own.delete(look);
    },
    async close() {
      isClosed = true;
      for (const waiting of [timer, ...soon.values()]) {
        clearTimeout(waiting);
      }
      await client?.end().catch(() => {});
    },
  };
}
