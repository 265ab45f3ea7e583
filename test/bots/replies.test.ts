import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { noticeOf, placeLine } from '#src/bots/replies.js';
import { citationOf } from '../helpers/scripted-ask.js';

/** What an answer passes through; failures of feeds, settings, commands, backups and of a platform itself never reach a chat. */
const WAY_OF_AN_ANSWER = /^(?:rag|store(?!\/(?:backup|copy)))\/|^bots\/[^/]+$/;
/** Ends in silence, is told to the bot's own process alone, or ends the start. */
const NEVER_SHOWN = [
  'snapshot_failed',
  'claim_lost',
  'config_invalid',
  'model_unclear',
  'not_judged',
  'platform_timeout',
  'undeliverable',
  'usage',
];

function codesOnTheWay(): string[] {
  const files = readdirSync('src', { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && WAY_OF_AN_ANSWER.test(file));
  const codes = files.flatMap((file) =>
    [...readFileSync(`src/${file}`, 'utf8').matchAll(/new BotError\(\s*'([a-z_]+)'/g)].map(
      ([, code = '']) => code,
    ),
  );
  return [...new Set(codes)].filter((code) => !NEVER_SHOWN.includes(code));
}

it('has a reply for every failure that an answer can end in', () => {
  const codes = codesOnTheWay();
  const general = noticeOf('no such code').text;

  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => noticeOf(code).text === general)).toEqual([]);
});

it.each([...codesOnTheWay(), 'unexpected', 'some_new_code'])('says %s in words', (code) => {
  const { text } = noticeOf(code, { count: 3, minutes: 10, waitMs: 61_000, seconds: 5 });

  expect(text).toMatch(/^[A-Z].*[.?:]$/);
  expect(text).not.toMatch(/_|undefined|!|\bsorry\b/i);
  expect(text.length).toBeLessThan(160);
});

it('tells what still stands when a part was shown, and gives what had been found when none was', () => {
  const citations = [citationOf('the final')];

  expect(noticeOf('model_crashed', { shown: true, citations })).toMatchObject({
    text: 'The language model restarted while it was writing. What stands above is checked.',
    citations: [],
  });
  expect(noticeOf('model_crashed', { citations })).toMatchObject({
    text: 'The language model restarted while it was writing. Here are the articles that I had found:',
    citations,
  });
  expect(noticeOf('stopped', { shown: true }).text).toBe('Stopped.');
});

it('falls back to the family of a code, then to the general line', () => {
  expect(noticeOf('model_not_heard_of').text).toMatch(/^The language model does not answer\./);
  expect(noticeOf('constructor').text).toMatch(/^Something broke here/);
});

it.each([
  [1, undefined, 'One question before yours'],
  [2, 19_200, 'Two questions before yours, about 20 s'],
  [32, 61_000, '32 questions before yours, about 2 min'],
])('tells the place behind %i', (before, waitMs, line) => {
  expect(placeLine(before, waitMs)).toBe(line);
});
