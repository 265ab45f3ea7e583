// A digest as Discord's messages: numbered lines, results behind spoilers where they are hidden, the line of facts, and
// the buttons below the last. It rings nobody's bell. What it is, each message says in the number of a component, which
// nobody sees.
import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import type { Letter } from '../../digests/platform.js';
import { digestWords, type StoryWords } from '../digest-words.js';
import type { Citations } from '../link-numbers.js';
import { packLines } from '../pack-lines.js';
import { escapeLine, plainLine } from './escape.js';
import { bodyOf, type MessageBody } from './message-body.js';
import { DIRECT } from './place.js';
import { renderMarkdown } from './render-text.js';
import { type Component, greyLine, text } from './tail.js';

/** What a button of a digest sends back. */
export const DIGEST_ACTIONS = {
  ask: 'digest-ask',
  settings: 'digest-settings',
} as const;

/** Of the 4,000 of a message, with title and facts. */
const PART_CHARACTERS = 3_200;
const STORY_CHARACTERS = 1_000;

/** Bodies in order. */
export function digestBodies(letter: Letter): MessageBody[] {
  const { digest, settings } = letter;
  const words = digestWords(letter, settings.spoilers === 'hide');
  const sources: Citations = new Map(digest.citations.map((citation) => [citation.n, citation]));
  const lines = [
    ...words.stories.map((story) => fitting((from) => storyLine(story, from), sources)),
    ...(words.matches ? [`\n${fitting((from) => rendered(words.matches, from), sources)}`] : []),
  ];
  const packs = packLines(lines, PART_CHARACTERS);
  const texts = packs.length > 0 ? packs : [''];
  return texts.map((pack, at) => {
    const title = at === 0 ? `### ${escapeLine(words.title, 200)}` : '';
    const opening = [title, pack].filter(Boolean).join('\n');
    const below = at === texts.length - 1 ? tail(words.facts, letter.tenant !== DIRECT) : [];
    const body = bodyOf([text(opening), ...below]);
    return { ...body, flags: body.flags | MessageFlags.SuppressNotifications };
  });
}

/** Puts the mark into the first component. */
export function withMark(body: MessageBody, key: string): MessageBody {
  const [first, ...rest] = body.components;
  return { ...body, components: [{ ...first, id: markOf(key) } as Component, ...rest] };
}

export function hasMark(components: { id?: number | undefined }[], key: string): boolean {
  return components[0]?.id === markOf(key);
}

/** 28 bits of the key, never 0, which means no number. */
const markOf = (key: string) => Number.parseInt(key.slice(0, 7), 16) + 1;

function storyLine({ hidden, more, text: shown }: StoryWords, sources: Citations): string {
  const behind = hidden === undefined ? '' : ` ||${rendered(hidden, sources)}||`;
  return `${rendered(shown, sources)}${behind}${more}`;
}

const rendered = (words: string, sources: Citations) =>
  renderMarkdown(plainLine(words, STORY_CHARACTERS), sources);

/** Addresses without end would take the room of all others: then the numbers stay numbers. */
function fitting(render: (sources: Citations) => string, sources: Citations): string {
  const line = render(sources);
  return line.length <= PART_CHARACTERS ? line : render(new Map());
}

function tail(facts: string, hasThreads: boolean): Component[] {
  const ask = hasThreads ? [button('Ask about any of this', DIGEST_ACTIONS.ask)] : [];
  const buttons = [...ask, button('Change what I follow', DIGEST_ACTIONS.settings)];
  return [text(greyLine(facts)), { type: ComponentType.ActionRow, components: buttons }];
}

const button = (label: string, action: string) => ({
  type: ComponentType.Button as const,
  style: ButtonStyle.Secondary as const,
  label,
  custom_id: action,
});
