// Stories of a window, as clustering gives them.
import type { WindowStory } from '#src/digests/read-window.js';
import { anArticle } from './builders.js';

/** Reports at minutes before `now`, each of its own publisher and site unless named. */
export function aWindowStory(
  now: Date,
  reports: { minutes: number; publisher?: string; host?: string }[],
  parts: Partial<WindowStory> = {},
): WindowStory {
  const articles = reports.map(({ host, minutes, publisher = `publisher ${minutes}` }, i) =>
    anArticle({
      id: `${parts.kind ?? 'news'}-${i}`,
      url: `https://${host ?? `www.${publisher.replaceAll(' ', '-')}.example`}/${i}`,
      publisher,
      publishedAt: new Date(now.getTime() - minutes * 60_000).toISOString(),
    }),
  );
  const witnesses = articles.map(({ id, publisher }) => ({ publisher, articleIds: [id] }));
  return { articles, earlier: [], reports: witnesses, kin: [], kind: 'news', names: [], sides: [], ...parts };
}
