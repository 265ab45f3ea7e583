// A digest as Slack's messages: the stories as one text of numbered lines, the line of facts, and the buttons. What does
// not fit into the message goes on in its thread.
import type { types } from '@slack/bolt';
import type { Letter } from '../../digests/platform.js';
import type { Digest } from '../../digests/ports.js';
import { digestWords, type StoryWords } from '../digest-words.js';
import { packLines } from '../pack-lines.js';
import { plainLine } from '../untrusted-text.js';
import { renderMarkdown, renderPreview } from './render-text.js';
import { button, greyLine } from './tail-blocks.js';

/** The body of one message, but for where it goes and its mark. */
export interface DigestPart {
  /** For notifications. */
  text: string;
  blocks: types.KnownBlock[];
  /** The thread that it belongs to; absent = it stands in the channel. */
  thread_ts?: string | undefined;
}

/** What a button of a digest sends back. */
export const DIGEST_ACTIONS = {
  results: 'digest-results',
  settings: 'digest-settings',
} as const;

/** Below the 12,000 of a markdown block and the 13,200 of a message, with title, facts and buttons. */
const PART_CHARACTERS = 11_000;
const STORY_CHARACTERS = 1_500;

export function digestParts(letter: Letter): DigestPart[] {
  const { breaking, digest, localDate, settings } = letter;
  const handle = breaking ? `${localDate}/${breaking.post}` : localDate;
  const words = digestWords(letter, settings.spoilers === 'hide');
  const lines = linesOf(words.stories, words.matches, digest);
  const packs = packLines(lines, PART_CHARACTERS);
  const hidesSome = words.stories.some(({ hidden }) => hidden !== undefined);
  const opening = words.stories[0]?.text ?? words.facts;
  const texts = packs.length > 0 ? packs : [''];
  return texts.map((pack, at) => ({
    text: renderPreview(`${words.title}: ${opening}`),
    blocks: [
      ...(at === 0 ? [header(words.title)] : []),
      ...(pack ? [markdown(pack)] : []),
      ...(at === texts.length - 1 ? tail(words.facts, hidesSome ? handle : undefined) : []),
    ],
  }));
}

/** All of it with results, for one alone; as much as one message holds. */
export function resultsBlocks(letter: Letter): types.KnownBlock[] {
  const { matches, stories, title } = digestWords(letter, false);
  const [pack] = packLines(linesOf(stories, matches, letter.digest), PART_CHARACTERS);
  return [header(title), ...(pack ? [markdown(pack)] : [])];
}

function linesOf(stories: StoryWords[], matches: string, { citations }: Digest): string[] {
  const sources = new Map(citations.map((citation) => [citation.n, citation]));
  const render = (text: string) => renderMarkdown(shortened(text), sources);
  const lines = stories.map(({ more, text }) => `${render(text)}${more}`);
  return [...lines, ...(matches ? [`\n${render(matches)}`] : [])].map((line, at) =>
    // Addresses without end would take the room of all others.
    line.length <= PART_CHARACTERS
      ? line
      : renderMarkdown(shortened(stories[at]?.text ?? matches), new Map()),
  );
}

function shortened(text: string): string {
  const line = plainLine(text);
  return line.length > STORY_CHARACTERS ? `${line.slice(0, STORY_CHARACTERS - 1)}…` : line;
}

function tail(facts: string, hiddenOn: string | undefined): types.KnownBlock[] {
  const results =
    hiddenOn === undefined ? [] : [button('Show results', DIGEST_ACTIONS.results, { d: hiddenOn })];
  return [
    greyLine(`${facts} · Ask about any of this in the thread`),
    {
      type: 'actions',
      elements: [...results, button('Change what I follow', DIGEST_ACTIONS.settings, {})],
    },
  ];
}

const markdown = (text: string): types.KnownBlock => ({ type: 'markdown', text });

function header(text: string): types.KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}
