// Which view this is, told by the address.
import type {
  DigestPreview,
  FeedView,
  InsideView,
  StateView,
  StoryView,
  SubscriptionView,
} from '../views.js';
import { lineOf, read } from './api.js';
import { openChat } from './chat.js';
import { digestView, feedsView, stateView, storiesView } from './desk-views.js';
import { byId, el } from './dom.js';
import { insideView } from './inside.js';
import { subscriptionsView } from './subscriptions.js';

type Show = (into: HTMLElement) => Promise<void>;

const showing =
  <Told>(path: string, view: (told: Told) => HTMLElement[]): Show =>
  async (into) => {
    into.replaceChildren(...view(await read<Told>(path)));
  };

const [, first = '', second = ''] = location.pathname.split('/');
const VIEWS: Record<string, Show> = {
  stories: showing<StoryView[]>('/stories', storiesView),
  digest: showing<DigestPreview>(`/digest${location.search}`, digestView),
  feeds: showing<FeedView[]>('/feeds', feedsView),
  state: showing<StateView>('/state', stateView),
  inside: showing<InsideView>(`/posts/${second}/inside`, insideView),
  async subscriptions(into) {
    subscriptionsView(await read<SubscriptionView[]>('/subscriptions'), into);
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
