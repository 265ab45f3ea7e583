// A thread as it stands and as it grows: posts, questions of ours that are on their way, lines of status.
import type { PostView, ThreadEvent } from '../views.js';
import { el } from './dom.js';
import { createPost, type PostActs, type PostElement } from './post.js';
import { sourceList } from './sources.js';

export interface ThreadView {
  /** A question that was just sent. */
  expect(question: string): void;
  /** It did not get there, or nothing comes of it. */
  drop(question: string): void;
  hear(event: ThreadEvent): void;
  /** The last question that is being answered; undefined = none is. */
  working(): string | undefined;
}

export interface ThreadDeps {
  into: HTMLElement;
  acts: PostActs;
  /** What is being done, for the line above the composer; '' = nothing. */
  onStatus(text: string): void;
}

export function createThread({ acts, into, onStatus }: ThreadDeps): ThreadView {
  const posts = new Map<string, PostElement & { post: PostView }>();
  const expected = new Map<string, HTMLElement>();
  const statuses = new Map<string, string>();
  const notices = new Set<string>();

  function status(): string {
    return [...statuses.values()].at(-1) ?? (expected.size > 0 ? 'on its way' : '');
  }

  function drop(question: string): void {
    expected.get(question)?.remove();
    expected.delete(question);
    onStatus(status());
  }

  function showPost(post: PostView): void {
    const isNew = !posts.has(post.id);
    const isLive = post.state === 'writing' || expected.has(post.question);
    const { element, show } = posts.get(post.id) ?? createPost(post, acts, isLive);
    posts.set(post.id, { element, show, post });
    if (isNew) {
      // In its own place: what was asked last comes last.
      drop(post.question);
      into.append(element, ...expected.values());
    }
    show(post);
    if (post.state !== 'writing') {
      statuses.delete(post.questionId);
    }
    if (isNew && isLive) {
      element.scrollIntoView({ block: 'start', behavior: 'instant' });
    }
  }

  return {
    drop,
    expect(question) {
      const waiting = el(
        'article',
        { class: 'post', 'data-state': 'sent' },
        el('h2', { class: 'question' }, question),
      );
      expected.set(question, waiting);
      into.append(waiting);
      waiting.scrollIntoView({ block: 'start', behavior: 'instant' });
      onStatus(status());
    },

    hear(event) {
      if (event.type === 'post') {
        showPost(event.post);
      } else if (event.type === 'status') {
        if (event.text === '') {
          statuses.delete(event.questionId);
        } else {
          statuses.set(event.questionId, event.text);
        }
      } else if (event.type === 'gone') {
        for (const id of event.ids) {
          posts.get(id)?.element.remove();
          posts.delete(id);
        }
      } else if (!notices.has(event.id)) {
        notices.add(event.id);
        for (const question of [...expected.keys()]) {
          drop(question);
        }
        into.append(el('p', { class: 'notice', role: 'status' }, event.text));
        into.append(...(event.sources.length > 0 ? [sourceList(event.id, 'Found', event.sources)] : []));
      }
      onStatus(status());
    },

    working() {
      const open = [...posts.values()].findLast(({ post }) => post.state === 'writing');
      return [...statuses.keys()].at(-1) ?? open?.post.questionId;
    },
  };
}
