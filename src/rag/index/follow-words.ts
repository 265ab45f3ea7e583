// Keeps this process's lexical index at what the store has. An empty one starts from a snapshot, where replicas share
// some; the rest, or all of it, comes from the store by revision. Now and then one replica writes a new snapshot.
import type { Alone, LexicalSnapshots } from '../ports.js';
import { type CatchUpDeps, catchUpLexical, type IndexWork } from './catch-up.js';

export interface WordsDeps extends CatchUpDeps {
  /** Absent = none are shared. */
  snapshots?: LexicalSnapshots | undefined;
  alone: Alone;
  /** A snapshot that could not be used or written keeps nothing from going on. */
  onFailure: (error: unknown) => void;
}

export interface WordsFollower {
  bring(work?: IndexWork): Promise<void>;
  /**
   * Fills this replica's index anew from the store, so that no word of what was removed stays in its file, and removes the
   * snapshots. Files of other replicas keep its stems until FTS5 merges them away.
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
  async function fetched(): Promise<string | undefined> {
    const latest = await chunks.latestRevision();
    return latest > FEW && (await lexical.revision()) === 0 ? snapshots?.fetch(latest) : undefined;
  }

  const catchUp = ({ onProgress }: IndexWork) => catchUpLexical(deps, onProgress?.('lexical index'));

  return {
    async bring(work = {}) {
      try {
        const file = await fetched();
        if (file) {
          await lexical.adopt(file);
        }
      } catch (error) {
        onFailure(error);
      }
      await catchUp(work);
    },

    async refill(work = {}) {
      await snapshots?.forget();
      await lexical.reset();
      await catchUp(work);
    },

    async share(signal = NEVER) {
      if (!snapshots) {
        return;
      }
      const isDue = async () => {
        const missing = (await lexical.revision()) - (await snapshots.newest());
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
