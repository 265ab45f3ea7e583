// Who gets the digest: paused, resumed, and taken away when that is said twice.
import type { SubscriptionView } from '../views.js';
import { lineOf, send } from './api.js';
import { el } from './dom.js';

export function subscriptionsView(all: SubscriptionView[], into: HTMLElement): void {
  const line = el('p', { class: 'quiet', role: 'status' });

  async function act(
    one: SubscriptionView,
    action: 'pause' | 'resume' | 'remove',
    done: string,
  ): Promise<void> {
    const { channel, platform, tenant } = one;
    try {
      subscriptionsView(
        await send<SubscriptionView[]>('/subscriptions', { platform, tenant, channel, action }),
        into,
      );
      const said = into.querySelector('[role=status]');
      if (said instanceof HTMLElement) {
        said.textContent = done;
        said.tabIndex = -1;
        said.focus();
      }
    } catch (error) {
      line.textContent = lineOf(error);
    }
  }

  const rows = all.map((one) => {
    const name = `${one.platform} ${one.channel}`;
    const removal = el(
      'span',
      {},
      removeButton(name, () => void act(one, 'remove', `${name} gets no digest any more.`)),
    );
    const pausing = one.isPaused ? 'resume' : 'pause';
    const label = one.isPaused ? 'Resume' : 'Pause';
    const done = one.isPaused ? `${name} gets digests again.` : `${name} is paused.`;
    const next = one.isPaused
      ? 'paused'
      : one.next &&
        `next ${new Date(one.next).toLocaleString('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' })}`;
    const preview = new URLSearchParams({ platform: one.platform, tenant: one.tenant, channel: one.channel });
    return el(
      'li',
      { class: 'card', 'data-paused': String(one.isPaused) },
      el('h2', {}, name),
      el('p', {}, one.when),
      el('p', {}, one.follows),
      el('p', { class: 'quiet' }, [next, one.last].filter(Boolean).join(' · ')),
      el(
        'div',
        { class: 'row' },
        el(
          'button',
          {
            type: 'button',
            class: 'plain',
            'aria-label': `${label}: ${name}`,
            click: () => void act(one, pausing, done),
          },
          label,
        ),
        el('a', { class: 'plain', href: `/digest?${preview}` }, 'Preview'),
        removal,
      ),
    );
  });
  const none = el(
    'p',
    {},
    'Nobody gets the digest yet. In Slack: ',
    el('code', {}, '/cricket digest 08:00'),
    ', in Discord: ',
    el('code', {}, '/digest here'),
    '.',
  );
  into.replaceChildren(line, rows.length > 0 ? el('ul', { class: 'cards' }, ...rows) : none);
}

/** Asks before it acts; the question stands where the button was, so that nobody has to look for it. */
function removeButton(name: string, act: () => void): HTMLElement {
  const box = el('span', { class: 'row' });
  const first: HTMLButtonElement = el(
    'button',
    {
      ...{ type: 'button', class: 'plain', 'aria-label': `Remove: ${name}` },
      click: () => {
        box.replaceChildren(el('span', {}, 'Remove it?'), yes, no);
        no.focus();
      },
    },
    'Remove',
  );
  const yes = el('button', { type: 'button', class: 'danger', click: act }, 'Yes, remove');
  const no = el(
    'button',
    {
      ...{ type: 'button', class: 'plain' },
      click: () => {
        box.replaceChildren(first);
        first.focus();
      },
    },
    'Keep',
  );
  box.append(first);
  return box;
}
