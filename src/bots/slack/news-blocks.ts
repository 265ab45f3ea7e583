// News for a question that waited, as a reply in its thread.
import type { Answer } from '../../domain.js';
import { NEWS_FOR } from '../watch-desk.js';
import type { DigestPart } from './digest-blocks.js';
import { renderMarkdown, renderPreview } from './render-text.js';
import { greyLine, sourcesBlock } from './tail-blocks.js';

const ANSWER_CHARACTERS = 8_000;

export function newsParts(
  { question, thread }: { question: string; thread: string },
  { citations, text }: Answer,
  now: Date,
): DigestPart[] {
  const sources = new Map(citations.map((citation) => [citation.n, citation]));
  const markdown = renderMarkdown(text, sources);
  const shown =
    markdown.length > ANSWER_CHARACTERS ? renderMarkdown(text.slice(0, 3_000), new Map()) : markdown;
  return [
    {
      thread_ts: thread,
      text: renderPreview(text),
      blocks: [
        greyLine(`${NEWS_FOR} ${question}`),
        { type: 'markdown', text: shown },
        ...sourcesBlock(citations, 'Sources', now),
      ],
    },
  ];
}
