import { isBotError } from '../errors.js';

/** What no other entry or page would fare better with: there is no room to write, or the work is somebody else's by now. */
export function endsWork(error: unknown): boolean {
  return isBotError(error, 'disk_full') || isBotError(error, 'claim_lost');
}
