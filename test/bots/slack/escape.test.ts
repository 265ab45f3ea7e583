// Nothing that an article, a question or a model says becomes live in Slack.

import { expect, it } from 'vitest';
import { renderMarkdown, renderPreview } from '#src/bots/slack/render-text.js';
import { answerTail, noticeTail } from '#src/bots/slack/tail-blocks.js';
import { liveMarkup } from '../../fakes/slack/live-markup.js';
import type { JsonObject } from '../../fakes/slack/state.js';
import { INJECTIONS } from '../../fixtures/slack-injections.js';
import { aCitation, anAnswer } from '../../helpers/slack-bot.js';

const shown = (over: object) =>
  liveMarkup({ ts: '1', user: 'U', text: '', blocks: [], markdown: '', history: [], reactions: [], ...over });

it('has sixty strings to try', () => {
  expect(new Set(INJECTIONS).size).toBeGreaterThanOrEqual(60);
});

it('would see them: most are live or disguised when nobody escapes them', () => {
  const live = INJECTIONS.filter((text) => {
    const { disguised, mentions } = shown({ markdown: text });
    return disguised.length + mentions.length > 0;
  });

  expect(live.length).toBeGreaterThan(40);
});

it.each(INJECTIONS)('takes the life out of %j', (text) => {
  const citations = [
    aCitation(1, { title: text, publisher: text }),
    aCitation(2, { url: `https://a.example/${text}` }),
  ];
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  const answer = anAnswer({ citations, warnings: [text], generator: text, choices: undefined });
  const now = new Date('2023-12-19T15:05:00.000Z');
  const notice = { code: 'x', text, citations, isPrivate: false };
  const blocks = [
    ...answerTail(answer, { questionId: 'q' }, now),
    ...answerTail({ ...answer, choices: [text, text] }, { questionId: 'q' }, now),
    ...noticeTail(notice, now),
  ] as unknown as JsonObject[];

  const streamed = shown({ markdown: renderMarkdown(`${text} [1] ${text}[2]${text}`, byNumber), blocks });
  const previewed = shown({ text: renderPreview(text) });

  expect(streamed.mentions).toEqual([]);
  expect(streamed.disguised).toEqual([]);
  expect(previewed).toEqual({ mentions: [], disguised: [], links: [] });
  expect(streamed.links.every(({ label }) => /^\[\d\]$/.test(label))).toBe(true);
});

it('keeps the words', () => {
  const text = 'India 132/2 & "Rohit" <82*> (b) a_b `c` [sic] #1';

  const { markdown } = { markdown: renderMarkdown(text, new Map()) };

  expect(markdown.replaceAll('\u2060', '')).toBe(
    'India 132/2 &amp; "Rohit" &lt;82*&gt; (b) a_b \'c\' [sic] #1',
  );
});
