// How one answer is shown in the console: a post that is written on as sentences come. What shows it is kept first and
// told to the pages then, so that a page that is loaded anew sees the same.
import { randomUUID } from 'node:crypto';
import type { Answer, Clock } from '../../domain.js';
import type { Notice, Reply, Turn } from '../ports.js';
import type { Live } from './live.js';
import type { KeptOfAnswer, WebPost, WebPosts } from './ports.js';
import { postView } from './post-view.js';

export interface ReplyDeps {
  posts: WebPosts;
  live: Live;
  /** The real time. */
  clock: Clock;
  /** The time that the ages of sources are told by. */
  newsClock: Clock;
}

export function createReply({ clock, live, newsClock, posts }: ReplyDeps, turn: Turn): Reply {
  const started = clock().getTime();
  let post: WebPost = fresh();
  /** What a former try had shown stays until the end of this one: nothing that is read disappears. */
  let isKeptBack = false;
  let hasEnded = false;
  let isToShow = false;
  let work: Promise<void> = turn.attempt > 1 ? takeUp() : Promise.resolve();

  function fresh(): WebPost {
    const { questionId, text: question, thread } = turn;
    const postedAt = clock().toISOString();
    return {
      ...{ id: randomUUID(), questionId, thread, postedAt, question, state: 'writing' as const },
      ...{ text: '', citations: [], steps: [] },
    };
  }

  async function takeUp(): Promise<void> {
    const [before, ...rest] = await posts.answering(turn.questionId);
    if (before) {
      await posts.remove(rest.map(({ id }) => id));
      isKeptBack = before.question === turn.text && before.text !== '';
      post = { ...post, id: before.id, postedAt: before.postedAt };
      const former = { ...before, answer: undefined, notice: undefined, state: 'writing' as const };
      await keep(isKeptBack ? former : { ...post });
    }
  }

  async function keep(shown: WebPost): Promise<void> {
    if (!(await turn.mayPost())) {
      throw turn.signal.reason ?? new Error('the question is not ours any more');
    }
    await posts.put(shown);
    // Each time: whoever took the question away meanwhile has taken its post away, which is back now.
    await turn.record([shown.id]);
    live.tell(turn.thread, { type: 'post', post: postView(shown, newsClock()) });
  }

  /** One at a time; several changes that wait for one write are written together. */
  function later(): void {
    if (!isToShow && !isKeptBack && !hasEnded) {
      isToShow = true;
      work = work
        .then(async () => {
          isToShow = false;
          await (isKeptBack || hasEnded ? undefined : keep({ ...post }));
        })
        // What fails here is shown by the end, or fails there.
        .catch(() => {});
    }
  }

  function step(name: string): void {
    if (name !== post.steps.at(-1)?.name) {
      post.steps.push({ name, atMs: clock().getTime() - started });
    }
  }

  async function end(change: (shown: WebPost) => WebPost): Promise<void> {
    hasEnded = true;
    step('done');
    // A line of the end that could not be shown is shown at the next try.
    await work.catch(() => {});
    await keep(change(post));
    live.tell(turn.thread, { type: 'status', questionId: turn.questionId, text: '' });
  }

  work.catch(() => {});
  return {
    status(text) {
      if (text !== '' && !hasEnded) {
        step(withoutCounts(text));
        later();
      }
      if (!turn.signal.aborted) {
        live.tell(turn.thread, { type: 'status', questionId: turn.questionId, text });
      }
    },
    citation(citation) {
      post.citations = [...post.citations.filter(({ n }) => n !== citation.n), citation];
    },
    text(delta) {
      step('writing');
      post.text += delta;
      later();
    },
    finish: (answer) => end((shown) => ({ ...shown, ...finished(answer), state: 'done' })),
    async fail(notice) {
      const former = isKeptBack ? (await posts.answering(turn.questionId))[0] : undefined;
      await end((shown) => failed(former ?? shown, notice));
    },
  };
}

function finished({
  citations,
  retrieved,
  text,
  ...answer
}: Answer): Pick<WebPost, 'text' | 'citations' | 'answer'> {
  const passages = retrieved.map(({ articleId, id, publishedAt, publisher, score, title, url }) => ({
    ...{ articleId, id, publishedAt, publisher, score, title, url },
  }));
  return { text, citations, answer: { ...answer, retrieved: passages } satisfies KeptOfAnswer };
}

function failed(shown: WebPost, notice: Notice): WebPost {
  const known = new Set(shown.citations.map(({ url }) => url));
  const more = notice.citations.filter(({ url }) => !known.has(url));
  return { ...shown, state: 'failed', notice: notice.text, citations: [...shown.citations, ...more] };
}

/** "searching 8,412 passages" and "searching 8,413 passages" are one step. */
const withoutCounts = (text: string) => text.replace(/\s\d[\d,.]*/g, '').trim();
