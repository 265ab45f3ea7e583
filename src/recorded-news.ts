// What commands change of feeds, articles, digests and people, told to the log of changes when it is done.
import { detailsOf, subjectOf } from './bots/changes.js';
import type { Audit } from './open-audit.js';
import type { ChannelPlace } from './ops/digest-desk.js';
import type { News } from './ops/news.js';

export function createRecordedNews(news: News, { recordHere }: Pick<Audit, 'recordHere'>): News {
  const { articles, digests, feeds } = news;
  const told = (place: ChannelPlace, action: string, changes: object = {}) => {
    const subject = `${place.platform}:${subjectOf(place)}`;
    return recordHere({ action, subject, details: detailsOf(changes) });
  };

  return {
    ...news,
    feeds: {
      ...feeds,
      async add(given) {
        const added = await feeds.add(given);
        for (const { url } of added) {
          await recordHere({ action: 'feed added', subject: url });
        }
        return added;
      },
      async remove(url) {
        const removed = await feeds.remove(url);
        if (removed) {
          await recordHere({ action: 'feed removed', subject: removed.url });
        }
        return removed;
      },
    },
    articles: {
      ...articles,
      async takeDown(target) {
        const count = await articles.takeDown(target);
        await recordHere({ action: 'taken down', subject: target.value, details: `articles ${count}` });
        return count;
      },
      async allow(target) {
        const isLifted = await articles.allow(target);
        if (isLifted) {
          await recordHere({ action: 'takedown lifted', subject: target.value });
        }
        return isLifted;
      },
    },
    digests: {
      ...digests,
      async add(place, changes) {
        const added = await digests.add(place, changes);
        await told(place, 'digest added', changes);
        return added;
      },
      async change(place, changes) {
        const changed = await digests.change(place, changes);
        await told(place, 'digest changed', changes);
        return changed;
      },
      async pause(place, isPaused) {
        const changed = await digests.pause(place, isPaused);
        await told(place, isPaused ? 'digest paused' : 'digest resumed');
        return changed;
      },
      async remove(place) {
        const removed = await digests.remove(place);
        await told(place, 'digest removed');
        return removed;
      },
      async endWaiting(id) {
        await digests.endWaiting(id);
        await recordHere({ action: 'waiting question ended', subject: id });
      },
    },
    async forget(user) {
      const forgotten = await news.forget(user);
      const { others, questions } = forgotten;
      if (others + questions > 0) {
        // Not whom: they are forgotten.
        await recordHere({
          action: 'person forgotten',
          subject: '',
          details: detailsOf({ questions, others }),
        });
      }
      return forgotten;
    },
  };
}
