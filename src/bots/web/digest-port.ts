// How the console takes a digest, and news for a question that waited: as posts of its own, whose ids follow from the
// key; so a post that is repeated is the same one, and whether it is there can always be told.
import type { DigestPlatform, DigestPost } from '../../digests/platform.js';
import type { Answer, Citation, Clock } from '../../domain.js';
import { describeError } from '../../errors.js';
import { digestWords } from '../digest-words.js';
import type { Place } from '../ports.js';
import { plainLine } from '../untrusted-text.js';
import { NEWS_FOR } from '../watch-desk.js';
import { shownCitations } from './digest-views.js';
import type { Live } from './live.js';
import type { WebPost, WebPosts } from './ports.js';
import { postView } from './post-view.js';
import { CHANNEL, PLATFORM } from './read-say.js';

export interface WebDigestsDeps {
  posts: WebPosts;
  live: Live;
  clock: Clock;
  newsClock: Clock;
}

/** What is kept until it is sent. */
interface Body {
  /** Absent = it begins a thread. */
  thread?: string | undefined;
  lead: string;
  text: string;
  citations: Citation[];
}

/** Our own store takes more. */
const POSTS_A_SECOND = 50;

export function createWebDigests({ clock, live, newsClock, posts }: WebDigestsDeps): DigestPlatform {
  return {
    name: PLATFORM,
    rate: { perSecond: POSTS_A_SECOND, of: 'all' },

    render(letter) {
      const { facts, matches, stories, title } = digestWords(letter, letter.settings.spoilers === 'hide');
      const lines = [
        ...stories.map(({ more, text }) => `${plainLine(text)}${more}`),
        matches && plainLine(matches),
      ];
      const text = [...lines, facts].filter(Boolean).join('\n');
      return JSON.stringify({ lead: title, text, citations: shownCitations(letter) } satisfies Body);
    },

    async post(post) {
      if (post.channel !== CHANNEL) {
        return { kind: 'refused', why: `the console has no channel ${post.channel}; its one is ${CHANNEL}` };
      }
      try {
        const { thread, ...body } = JSON.parse(post.payload) as Body;
        const id = idOf(post);
        const shown: WebPost = {
          ...{ id, questionId: '', thread: thread ?? id, postedAt: clock().toISOString(), question: '' },
          ...{ state: 'done', steps: [], ...body },
        };
        await posts.put(shown);
        live.tell(shown.thread, { type: 'post', post: postView(shown, newsClock()) });
        return { kind: 'posted', message: id };
      } catch (error) {
        return { kind: 'unknown', why: describeError(error) };
      }
    },

    async find(post) {
      const message = idOf(post);
      return (await posts.get(message)) ? { kind: 'found', message } : { kind: 'absent' };
    },
  };
}

const idOf = ({ key }: DigestPost) => `digest-${key}`;

/** As BotPlatform.news. */
export function webNews(
  { question, thread }: Place & { question: string },
  { citations, text }: Answer,
): string {
  const lead = `${NEWS_FOR} ${plainLine(question)}`;
  return JSON.stringify({ thread, lead, text, citations } satisfies Body);
}
