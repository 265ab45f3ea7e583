// Views that only show: feeds, stories, the digest, the state.
import type { DigestPreview, FeedView, StateView, StoryView } from '../views.js';
import { counted, el, outward } from './dom.js';
import { duration, latencyPlot, quantile, sparkline } from './plots.js';
import { sourceList, textOf } from './sources.js';

const CONDITIONS: Record<FeedView['condition'], string> = {
  ...{ ok: 'Fine', new: 'New', waiting: 'Left alone', failing: 'Failing', gone: 'Gone' },
};

export function feedsView(feeds: FeedView[]): HTMLElement[] {
  if (feeds.length === 0) {
    return [el('p', {}, 'No feed is followed yet. Add one: ', el('code', {}, 'third-umpire feeds add URL'))];
  }
  const rows = feeds.map(({ condition, error, fact, name, perDay, url }) =>
    el(
      'li',
      { class: 'card feed', 'data-condition': condition },
      el(
        'div',
        {},
        el('h2', {}, outward(url, name)),
        el('p', { class: 'quiet' }, fact),
        error !== undefined && el('p', { class: 'warning' }, error),
      ),
      el(
        'div',
        { class: 'spark-box' },
        sparkline(perDay),
        el('span', { class: 'quiet' }, `${perDay.at(-1) ?? 0} today`),
      ),
      el('span', { class: 'mark' }, CONDITIONS[condition]),
    ),
  );
  const well = feeds.filter(({ condition }) => condition === 'ok').length;
  return [
    el(
      'p',
      { class: 'lead' },
      `${well} of ${counted(feeds.length, 'feed', 'feeds')} fine. New articles of 14 days:`,
    ),
    el('ul', { class: 'cards' }, ...rows),
  ];
}

export function storiesView(stories: StoryView[]): HTMLElement[] {
  const rows = stories.map(({ age, articles, headline, href, isUpdate, kind, publishers }) =>
    el(
      'li',
      { class: 'card' },
      el('h2', {}, outward(href, headline)),
      el(
        'p',
        { class: 'quiet' },
        [age, kind, isUpdate ? 'goes on from before' : '', publishers.join(', ')].filter(Boolean).join(' · '),
      ),
      articles.length > 1 &&
        el(
          'details',
          {},
          el('summary', {}, counted(articles.length, 'report', 'reports')),
          el(
            'ul',
            {},
            ...articles.map((one) =>
              el('li', {}, outward(one.href, one.title), ' ', el('small', {}, one.about)),
            ),
          ),
        ),
    ),
  );
  return [
    el(
      'p',
      { class: 'lead' },
      stories.length > 0
        ? `${counted(stories.length, 'story', 'stories')} of the last 24 hours, the most important first.`
        : 'A quiet day: nothing new in the last 24 hours.',
    ),
    ...(rows.length > 0 ? [el('ol', { class: 'cards' }, ...rows)] : []),
  ];
}

export function digestView({ facts, items, matches, sources, title }: DigestPreview): HTMLElement[] {
  const rows = items.map(({ hidden, more, pieces }) =>
    el(
      'li',
      {},
      ...textOf('digest', pieces),
      more !== '' && el('small', {}, ` ${more}`),
      hidden !== undefined &&
        el('details', {}, el('summary', {}, 'Show the result'), el('p', {}, ...textOf('digest', hidden))),
    ),
  );
  return [
    el(
      'article',
      { class: 'card digest' },
      el('h2', {}, title),
      ...(rows.length > 0 ? [el('ol', {}, ...rows)] : []),
      matches.length > 0 && el('p', {}, ...textOf('digest', matches)),
      el('p', { class: 'facts' }, facts),
      ...(sources.length > 0 ? [sourceList('digest', 'Sources', sources)] : []),
    ),
  ];
}

export function stateView({
  articles,
  ended,
  indexes,
  newest,
  notices,
  open,
  passages,
}: StateView): HTMLElement[] {
  const answered = ended.filter(({ ending }) => ending === 'answered');
  const times = answered.map(({ ms }) => ms);
  const facts: [string, string][] = [
    ['Articles', articles.toLocaleString('en-GB')],
    ['Passages', passages.toLocaleString('en-GB')],
    [
      'Newest article',
      newest === undefined
        ? '–'
        : new Date(newest).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
    ],
    ['Questions in hand', open.toLocaleString('en-GB')],
    ['Half of the answers take', times.length > 0 ? duration(quantile(times, 0.5)) : '–'],
  ];
  return [
    el(
      'dl',
      { class: 'figures' },
      ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
    ),
    el('h2', {}, 'Who writes'),
    ...(notices.length > 0 ? notices : ['All is as it was configured.']).map((line) => el('p', {}, line)),
    el('h2', {}, 'Indexes'),
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ...['Index', 'Kind', 'Passages', 'Behind'].map((name) => el('th', { scope: 'col' }, name)),
        ),
      ),
      el(
        'tbody',
        {},
        ...indexes.map(({ behind, count, kind, name }) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, name),
            el('td', {}, kind),
            el('td', {}, count.toLocaleString('en-GB')),
            el('td', {}, behind === 0 ? 'up to date' : String(behind)),
          ),
        ),
      ),
    ),
    el('h2', {}, 'How long answers take'),
    times.length > 0 ? latencyPlot(ended) : el('p', { class: 'quiet' }, 'Nothing was asked yet.'),
  ];
}
