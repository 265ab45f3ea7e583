// The threads of this browser, which remembers them by itself: the server keeps no list of who asked what.
import { lineOf, send } from './api.js';
import { el } from './dom.js';

interface OwnThread {
  id: string;
  title: string;
}

const KEY = 'third-umpire-threads';
const MOST = 30;

function ownThreads(): OwnThread[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.id === 'string') : [];
  } catch {
    // Written by somebody else, or storage is forbidden.
    return [];
  }
}

/** It comes first from now on; its first question stays its title. */
export function rememberThread(id: string, title: string): void {
  const all = ownThreads();
  const known = all.find((one) => one.id === id);
  const rest = all.filter((one) => one.id !== id);
  try {
    localStorage.setItem(KEY, JSON.stringify([known ?? { id, title }, ...rest].slice(0, MOST)));
  } catch {
    // No room, or storage is forbidden: the address of the thread still works.
  }
}

export function showThreads(into: HTMLElement, here: string | undefined): void {
  const links = ownThreads().map(({ id, title }) =>
    el('li', {}, el('a', { href: `/t/${id}`, 'aria-current': id === here ? 'page' : undefined }, title)),
  );
  into.replaceChildren(
    ...(links.length > 0 ? [el('h2', {}, 'Your threads'), el('ul', {}, ...links)] : []),
    ...(here === undefined ? [] : [el('p', {}, el('a', { class: 'plain', href: '/' }, 'New thread'))]),
    ...(links.length > 0 ? [el('p', {}, forgetButton())] : []),
  );
}

/** What cannot be undone is asked for twice. */
function forgetButton(): HTMLElement {
  let isSure = false;
  const button = el(
    'button',
    {
      ...{ type: 'button', class: 'plain' },
      async click() {
        if (!isSure) {
          isSure = true;
          button.textContent = 'Forget all that I asked, for good? Press again';
          return;
        }
        try {
          await send('/forget', {});
          localStorage.removeItem(KEY);
          location.assign('/');
        } catch (error) {
          button.textContent = lineOf(error);
        }
      },
    },
    'Forget me',
  );
  return button;
}
