// The digest of the console itself (`subscriptions add web:console`): a thread of its own.
import { expect, it } from 'vitest';
import { openTestStore } from '../../helpers/bots.js';
import { aDigest, aLetter, anItem, aPost } from '../../helpers/letters.js';
import { webAdapter } from '../../helpers/web-bot.js';

const PLACE = { platform: 'web', tenant: '', channel: 'console' };
const DUE = new Date('2023-12-19T08:00:00.000Z');
const HIDDEN = anItem(1, { text: 'India won by 78 runs. [1]', withoutResult: 'Result: India v Ridge [1]' });

async function posted(digest = aDigest([anItem(1), anItem(2)]), spoilers: 'show' | 'hide' = 'show') {
  const { webPosts } = await openTestStore();
  const { digests } = webAdapter(webPosts).platform;
  if (!digests) {
    throw new Error('the console takes no digests');
  }
  const letter = aLetter(PLACE, digest, { spoilers });
  const post = aPost(letter, digests.render(letter), DUE, 1);
  const signal = AbortSignal.timeout(5000);
  const before = await digests.find(post, signal);
  const outcome = await digests.post(post, signal);
  return { before, outcome, find: () => digests.find(post, signal), posts: webPosts };
}

it('begins a thread with the digest, and finds it there', async () => {
  const { before, find, outcome, posts } = await posted();

  expect(before).toEqual({ kind: 'absent' });
  const message = outcome.kind === 'posted' ? outcome.message : '';
  expect(await find()).toEqual({ kind: 'found', message });
  const [shown] = await posts.inThread(message, 9);
  expect(JSON.stringify(shown)).toContain('1. Story 1 tells of a match. [1]');
  expect(JSON.stringify(shown)).toContain('https://news.example/report-2');
});

it('shows no result, and no headline that may tell it, where results are hidden', async () => {
  const digest = aDigest([HIDDEN]);
  const [citation] = digest.citations;
  const told = { ...digest, citations: [{ ...citation, title: 'India win by 78', quote: '78 runs' }] };

  const { outcome, posts } = await posted(told as typeof digest, 'hide');

  const [shown] = await posts.inThread(outcome.kind === 'posted' ? outcome.message : '', 9);
  expect(JSON.stringify(shown)).toContain('Result: India v Ridge');
  expect(JSON.stringify(shown)).not.toContain('78');
});
