// What all processes go by and one of them changes: a value that is compared and set by a single statement, so that of
// two who change it at once one is told that it came too late.
import type { Database } from './schema.js';
import { wakeOthers } from './wakes.js';

export interface SwitchStore {
  /** Undefined = it was never set. */
  value(name: string): Promise<string | undefined>;
  /** Sets it to `to` if it is still `from` (undefined = not set). False = another process was first. */
  change(name: string, from: string | undefined, to: string): Promise<boolean>;
}

export function createSwitchStore(db: Database): SwitchStore {
  return {
    async value(name) {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    },

    async change(name, from, to) {
      const changed =
        from === undefined
          ? await db
              .insertInto('settings')
              .values({ name, value: to })
              .onConflict((conflict) => conflict.doNothing())
              .returning('name')
              .executeTakeFirst()
          : await db
              .updateTable('settings')
              .set({ value: to })
              .where('name', '=', name)
              .where('value', '=', from)
              .returning('name')
              .executeTakeFirst();
      if (changed) {
        await wakeOthers(db, 'news');
      }
      return changed !== undefined;
    },
  };
}
