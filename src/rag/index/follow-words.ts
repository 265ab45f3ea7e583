// Keeps this process's lexical index at what the store has. An empty one starts from a snapshot, where replicas share
// some; the rest, or all of it, comes from the store by revision. Now and then one replica writes a new snapshot. FTS5 keeps
// stems of what was deleted until it merges them away, so after a takedown each replica fills its file anew.
import type { Alone, ChunkSource, LexicalSnapshots } from '../ports.js';
import { type CatchUpDeps, catchUpLexical, type IndexWork } from './catch-up.js';

export interface WordsDeps extends CatchUpDeps {
  chunks: CatchUpDeps['chunks'] & Pick<ChunkSource, 'erased'>;
  /** Absent = none are shared. */
  snapshots?: LexicalSnapshots | undefined;
  alone: Alone;
  /** A snapshot that could not be used or written keeps nothing from going on. */
  onFailure: (error: unknown) => void;
}

export interface WordsFollower {
  /** After a takedown no word of what was removed stays in the file, nor in snapshots. */
  bring(work?: IndexWork): Promise<void>;
  /**
   * Fills this replica's index anew from the store, and removes the snapshots.
   */
  refill(work?: IndexWork): Promise<void>;
  /** Writes a snapshot when the newest one is too old, and no other replica does. */
  share(signal?: AbortSignal): Promise<void>;
}

/** What the store has more than a snapshot is applied to it in some minutes, when it is a tenth. */
const MUCH = 0.1;
/** So many changes are applied in moments. */
const FEW = 2000;
const NEVER = new AbortController().signal;

export function createWordsFollower(deps: WordsDeps): WordsFollower {
  const { alone, chunks, lexical, onFailure, snapshots } = deps;

  /** Undefined = nothing to begin with. */
  async function fetched(erased: number): Promise<string | undefined> {
    const latest = await chunks.latestRevision();
    return latest > FEW && (await lexical.revision()) === 0 ? snapshots?.fetch(latest, erased) : undefined;
  }

  /** Makes the file empty when it was filled before the store's last takedown, or for another store. */
  async function erase(erased: number): Promise<void> {
    if ((await lexical.erased()) === erased) {
      return;
    }
    await lexical.erase(erased);
    await snapshots?.forget(erased).catch(onFailure);
  }

  const catchUp = ({ onProgress }: IndexWork) => catchUpLexical(deps, onProgress?.('lexical index'));

  return {
    async bring(work = {}) {
      const erased = await chunks.erased();
      await erase(erased);
      try {
        const file = await fetched(erased);
        if (file) {
          await lexical.adopt(file);
        }
      } catch (error) {
        onFailure(error);
      }
      // One that could not be read is empty now, and counts for a new one.
      await erase(erased);
      await catchUp(work);
    },

    async refill(work = {}) {
      await snapshots?.forget();
      await lexical.reset();
      await lexical.erase(await chunks.erased());
      await catchUp(work);
    },

    async share(signal = NEVER) {
      if (!snapshots) {
        return;
      }
      const isDue = async () => {
        const erased = await chunks.erased();
        if ((await lexical.erased()) !== erased) {
          return false;
        }
        const missing = (await lexical.revision()) - (await snapshots.newest(erased));
        return missing > Math.max(FEW, MUCH * (await lexical.revision()));
      };
      try {
        if (await isDue()) {
          // Another one may have written it between the look and the claim.
          await alone('lexical snapshot', signal, async () =>
            (await isDue()) ? snapshots.take() : undefined,
          );
        }
      } catch (error) {
        onFailure(error);
      }
    },
  };
}
