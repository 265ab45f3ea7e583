// One question with its answer on the page. What is read already stays where it is: new text is added behind it, and
// sources, facts and buttons come below when the text is whole.
import type { PostView } from '../views.js';
import { lineOf, send } from './api.js';
import { el, svg } from './dom.js';
import { sourceList, textOf } from './sources.js';

export interface PostElement {
  element: HTMLElement;
  show(post: PostView): void;
}

export interface PostActs {
  thread: string;
  /** A choice was pressed. */
  onChoice(post: PostView, choice: string): void;
}

/** `isLive` = it is being written: screen readers are told what is added. */
export function createPost(first: PostView, acts: PostActs, isLive: boolean): PostElement {
  const answer = el('div', { class: 'text', ...(isLive ? { 'aria-live': 'polite' } : {}) });
  const tail = el('div', { class: 'tail' });
  const question = el('h2', { class: 'question' }, first.question);
  const element = el(
    'article',
    { class: 'post', id: `post-${first.id}` },
    first.question !== '' && question,
    first.lead !== undefined && el('h2', { class: 'lead' }, first.lead),
    answer,
    tail,
  );
  let shown: PostView['pieces'] = [];
  let tailed = '';

  function showText(post: PostView): void {
    const isLonger = shown.every((piece, i) => piece.text === post.pieces[i]?.text);
    if (!isLonger) {
      answer.replaceChildren();
      shown = [];
    }
    const added = textOf(post.id, post.pieces.slice(shown.length));
    if (added.length > 0) {
      answer.append(el('span', { class: isLive ? 'fresh' : undefined }, ...added));
    }
    shown = post.pieces;
  }

  return {
    element,
    show(post) {
      element.dataset['state'] = post.state;
      if (post.verdict === undefined) {
        delete element.dataset['verdict'];
      } else {
        element.dataset['verdict'] = post.verdict;
      }
      question.textContent = post.question;
      showText(post);
      const { pieces: _, ...rest } = post;
      const now = post.state === 'writing' ? '' : JSON.stringify(rest);
      if (now !== tailed) {
        tailed = now;
        tail.replaceChildren(...(now === '' ? [] : tailOf(post, acts)));
      }
    },
  };
}

function tailOf(post: PostView, acts: PostActs): HTMLElement[] {
  const { choices, facts, id, notice, sources, sourcesTitle, warnings } = post;
  return [
    ...(notice === undefined ? [] : [el('p', { class: 'notice', role: 'status' }, notice)]),
    ...(choices.length > 0 ? [choiceRow(post, acts)] : []),
    ...(sources.length > 0 ? [sourceList(id, sourcesTitle, sources)] : []),
    ...warnings.map((warning) => el('p', { class: 'warning' }, warning)),
    ...(facts === '' ? [] : [el('p', { class: 'facts' }, facts)]),
    ...(post.canVote ? [buttonRow(post, acts)] : []),
  ];
}

function choiceRow(post: PostView, { onChoice }: PostActs): HTMLElement {
  const buttons = post.choices.map((choice) =>
    el('button', { type: 'button', class: 'choice', click: () => onChoice(post, choice) }, choice),
  );
  return el('div', { class: 'row', role: 'group', 'aria-label': 'Which one do you mean' }, ...buttons);
}

function buttonRow(post: PostView, { thread }: PostActs): HTMLElement {
  const line = el('span', { class: 'quiet', role: 'status' });
  const about = { thread, question: post.questionId };
  const votes: HTMLButtonElement[] = [];
  async function act(path: string, body: object): Promise<void> {
    try {
      line.textContent = (await send<{ line?: string }>(path, { ...about, ...body })).line ?? '';
    } catch (error) {
      line.textContent = lineOf(error);
    }
  }
  function vote(kind: string, sign: Element | string, label: string): HTMLButtonElement {
    const button: HTMLButtonElement = el(
      'button',
      {
        ...{ type: 'button', class: 'plain', title: label, 'aria-pressed': 'false' },
        // A word is its own name; a picture has none.
        'aria-label': typeof sign === 'string' ? undefined : label,
        click: () => {
          for (const one of votes) {
            one.setAttribute('aria-pressed', String(one === button));
          }
          void act('/vote', { kind });
        },
      },
      sign,
    );
    votes.push(button);
    return button;
  }
  const news = el(
    'button',
    { type: 'button', class: 'plain', click: () => void act('/tell-me', {}) },
    'Tell me when there is news about it',
  );
  return el(
    'div',
    { class: 'row acts' },
    vote('up', thumb(), 'A good answer'),
    vote('down', thumb('turned'), 'A bad answer'),
    vote('wrong-source', 'Wrong source', 'A source does not say this'),
    post.canTellMe && news,
    el('a', { class: 'plain', href: `/inside/${post.id}` }, 'Look inside'),
    line,
  );
}

/** Drawn, as not every machine has letters for it. */
function thumb(turned = ''): Element {
  const shape =
    'M7 11v9H3.5v-9zM7 11l4-8c1.7 0 2.6 1.2 2.3 2.9L12.7 9H19c1.3 0 2.2 1.2 1.9 2.4l-1.7 7c-.2.9-1 1.6-2 1.6H7';
  return svg(
    'svg',
    { viewBox: '0 0 24 24', class: `icon ${turned}`, 'aria-hidden': 'true' },
    svg('path', { d: shape }),
  );
}
