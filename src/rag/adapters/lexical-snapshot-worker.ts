// The thread that copies the lexical index while the other one (lexical-worker.ts) goes on searching it.
import { DatabaseSync } from '@photostructure/sqlite';

/** One consistent moment of the index in `from`, without free pages, as a new file `to`; gives what its state and version are. */
export function copy({ from, to }: { from: string; to: string }): {
  revision: number;
  erased: number;
  version: number;
} {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    source.prepare('vacuum into ?').run(to);
  } finally {
    source.close();
  }
  const made = new DatabaseSync(to, { readOnly: true });
  try {
    const state = made.prepare('select revision, erased from state').get() as {
      revision: number;
      erased: number;
    };
    const { user_version: version } = made.prepare('pragma user_version').get() as { user_version: number };
    return { ...state, version };
  } finally {
    made.close();
  }
}
