// A database into which a store is being copied is marked, so that nobody takes half of a store for a whole one.
import { BotError } from '../../errors.js';
import type { Database } from '../schema.js';

/** Name of the mark's row in `settings`; its value is the file that is copied. */
export const COPYING = 'copying';

/** Error: `store_half_copied`. */
export async function refuseHalfCopied(db: Database, place: string): Promise<void> {
  const mark = await db.selectFrom('settings').select('value').where('name', '=', COPYING).executeTakeFirst();
  if (mark) {
    throw new BotError(
      'store_half_copied',
      `The ${place} holds a part of ${mark.value} only; run third-umpire store copy there again, which goes on where it was`,
    );
  }
}
