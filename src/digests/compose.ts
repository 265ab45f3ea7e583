// Composes a digest: the window's stories that are followed, the most important first, each in a checked sentence or
// two, and the matches that are announced. What the reader was told is told again only when something is new.
import { setImmediate } from 'node:timers/promises';
import type { Citation } from '../domain.js';
import { findFixtures } from './fixtures.js';
import { followedIn } from './follow.js';
import type { Compose, Digest, DigestItem, DigestOrder, Fixture } from './ports.js';
import { rankStories } from './rank-stories.js';
import type { ReadWindow, WindowStory } from './read-window.js';
import { type Citer, type TellableStory, type TellDeps, tellStory } from './tell-story.js';

export interface ComposeDeps extends TellDeps {
  readWindow: ReadWindow;
  sentencesOf(text: string): string[];
  createCiter(): Citer & { citations(): Citation[] };
}

const MOST_FIXTURES = 4;
/** Articles that are searched for fixtures, newest first. */
const MOST_SEARCHED = 40;

export function createCompose(deps: ComposeDeps): Compose {
  return async (order, signal) => {
    const stories = await deps.readWindow(order, signal);
    const followed = stories
      .map((story) => ({
        ...story,
        publishers: new Set(story.reports.map(({ publisher }) => publisher)).size,
        followed: followedIn(story.names, story.sides, order.following),
      }))
      .filter((story) => story.followed > 0);
    const ranked = rankStories(followed, order);
    const told: TellableStory[] = [];
    let dropped = 0;
    let known = 0;
    const kin = new Set<string>();
    for (const story of ranked) {
      if (told.length === order.length) {
        break;
      }
      if (story.articles.some(({ id }) => kin.has(id))) {
        continue;
      }
      signal.throwIfAborted();
      const tellable = await tellStory(deps, story, order, signal);
      if (tellable) {
        told.push(tellable);
        for (const id of story.kin) {
          kin.add(id);
        }
        dropped += tellable.dropped;
      } else {
        known += 1;
      }
    }
    const citer = deps.createCiter();
    const items: DigestItem[] = [];
    for (const story of told) {
      await setImmediate();
      items.push(await story.toItem(citer));
    }
    const fixtures = await fixturesOf(deps, ranked, order, citer);
    const { from, to } = order;
    return {
      from,
      to,
      items,
      fixtures,
      citations: citer.citations(),
      stories: ranked.length - known,
      dropped,
    } satisfies Digest;
  };
}

async function fixturesOf(
  deps: ComposeDeps,
  stories: WindowStory[],
  { to }: DigestOrder,
  citer: Citer,
): Promise<Fixture[]> {
  const ids = stories.flatMap(({ articles }) => articles.map(({ id }) => id)).slice(0, MOST_SEARCHED);
  const passages = [...(await deps.passagesOf(ids)).values()].flat();
  const found = await findFixtures(passages, deps.sentencesOf, deps.findNames, new Date(to));
  const sure: typeof found = [];
  for (const fixture of found) {
    await setImmediate();
    if (sure.length < MOST_FIXTURES && deps.isBorneOut(fixture.text, [fixture.passage])) {
      sure.push(fixture);
    }
  }
  return sure
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, passage, quote, text }) => ({ day, text: `${text} ${citer.cite(passage, quote).marker}` }));
}
