// Which view this is, told by the address. The chat is there as soon as the page is: whoever types and presses Enter at
// once is heard. The modules of another view are fetched while what it shows is.
import type { SubscriptionView } from '../views.js';
import { lineOf, read } from './api.js';
import { openChat } from './chat.js';
import { byId, el } from './dom.js';

type Show = (into: HTMLElement) => Promise<void>;

const desk = () => import('./desk-views.js');

function showing<Told>(path: string, load: () => Promise<(told: Told) => HTMLElement[]>): Show {
  return async (into) => {
    const [told, view] = await Promise.all([read<Told>(path), load()]);
    into.replaceChildren(...view(told));
  };
}

const [, first = '', second = ''] = location.pathname.split('/');
const VIEWS: Record<string, Show> = {
  stories: showing('/stories', async () => (await desk()).storiesView),
  digest: showing(`/digest${location.search}`, async () => (await desk()).digestView),
  feeds: showing('/feeds', async () => (await desk()).feedsView),
  state: showing('/state', async () => (await desk()).stateView),
  inside: showing(`/posts/${second}/inside`, async () => (await import('./inside.js')).insideView),
  async subscriptions(into) {
    const [told, { subscriptionsView }] = await Promise.all([
      read<SubscriptionView[]>('/subscriptions'),
      import('./subscriptions.js'),
    ]);
    subscriptionsView(told, into);
  },
};

async function open(show: Show): Promise<void> {
  const into = byId('view');
  try {
    await show(into);
  } catch (error) {
    into.replaceChildren(el('p', { class: 'notice', role: 'alert' }, lineOf(error)));
  } finally {
    into.removeAttribute('aria-busy');
  }
}

const show = VIEWS[first];
if (show) {
  void open(show);
} else {
  openChat(first === 't' && second !== '' ? second : undefined);
}
