// One story as a digest of its own, so that it is kept, rendered, delivered and remembered as any other.
import { createHash } from 'node:crypto';
import type { Citation } from '../domain.js';
import type { Digest, Window } from './ports.js';
import type { WindowStory } from './read-window.js';
import type { Ordered } from './store-port.js';
import { type Citer, type TellDeps, tellStory } from './tell-story.js';

export interface TellBreakingDeps extends TellDeps {
  createCiter(): Citer & { citations(): Citation[] };
}

/** Undefined = nothing of it may be told. Rejects when the signal is aborted or the index fails. */
export type TellBreaking = (
  story: WindowStory,
  order: Window & { language: string },
  signal: AbortSignal,
) => Promise<Digest | undefined>;

export function createTellBreaking(deps: TellBreakingDeps): TellBreaking {
  return async (story, { from, language, to }, signal) => {
    const tellable = await tellStory(deps, story, { language, told: [] }, signal);
    if (!tellable) {
      return undefined;
    }
    const citer = deps.createCiter();
    const items = [await tellable.toItem(citer)];
    const { dropped } = tellable;
    return { from, to, items, fixtures: [], citations: citer.citations(), stories: 1, dropped };
  };
}

/** What it is kept as: the same story in one language, told at one moment, has one key. */
export function breakingOrder(digest: Digest, language: string): { key: string; ordered: string } {
  const following = { teams: [], leagues: [], formats: [], sides: [] };
  const { from, to } = digest;
  const ordered: Ordered = { following, length: 1, language, from, to, told: [] };
  const ids = digest.items.flatMap(({ articleIds }) => articleIds);
  const text = JSON.stringify(ordered);
  const key = createHash('sha256')
    .update(`breaking ${ids.join(' ')} ${text}`)
    .digest('hex')
    .slice(0, 32);
  return { key, ordered: text };
}

/** A post of its own beside the daily ones. */
export function breakingId(subscriptionId: string, storyId: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['breaking', subscriptionId, storyId]))
    .digest('hex')
    .slice(0, 16);
}
