import { isBotError } from '../errors.js';

/** What is no failure of the feed or page: there is no room to write, the store is away, or the work is somebody else's by now. */
export function endsWork(error: unknown): boolean {
  return isBotError(error) && /^(disk_full|claim_lost|database_\w+)$/.test(error.code);
}
