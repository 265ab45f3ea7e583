// What either kind of database gives to the store.
import type { Clock } from '../domain.js';
import type { Database } from './schema.js';
import type { Wake } from './wakes.js';

export interface OpenDatabase {
  db: Database;
  /** Where it is, fit to be shown: the path of the file, or an address without its secrets. */
  file: string;
  /**
   * The time by which all processes on this store agree: of the machine that has the file, or of the database's server.
   * It is about processes and people, not about news.
   */
  clock: Clock;
  /**
   * Runs `look` when another process has told that there is something to look at; gives what ends that. It only saves
   * time: nothing may depend on it, and the processes on a file tell each other nothing.
   */
  onWake(wake: Wake, look: () => void): () => void;
  close(): Promise<void>;
}
