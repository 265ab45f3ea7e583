import { expect, it } from 'vitest';
import { isDigestCommand } from '#src/bots/slack/hear-digests.js';

it.each([
  ['digest', true],
  ['Digest 08:00 London', true],
  ['follow India', true],
  ['unfollow ipl', true],
  ['follow-on: when was it last enforced?', false],
  ['follow on target for India', false],
  ['followers of the game', false],
  ['who won?', false],
])('“%s” is about digests: %s', (text, isAbout) => {
  expect(isDigestCommand(text)).toBe(isAbout);
});
