// The Home tab and the answers to `/cricket help` and `/cricket feeds`: how to ask, and how the feeds do.
import type { types } from '@slack/bolt';
import { plainLine } from '../untrusted-text.js';
import type { FeedLine } from './ports.js';

type Block = types.KnownBlock;

/** A Home tab has room for more, nobody reads them. */
const MOST_FEEDS = 40;

export const HELP_LINES = [
  'Mention me in a channel, write to me directly, or use /cricket QUESTION.',
  'In a thread that I answered in, just ask on. "stop" keeps me quiet there until somebody mentions me.',
  '/cricket digest 08:00 London sends this channel a daily digest; /cricket follow India, IPL says of what.',
  'On any message: More actions, "What do the sources say?"',
  'Edit your question and I answer anew; delete it and my answer goes with it.',
  '/cricket forget takes away what I keep of you: your questions, my answers, your feedback.',
  'Every number, name and date that I show stands in a source that I link.',
];

export const EXAMPLES = [
  'Who won last night?',
  'What was the score at stumps?',
  'Who is out injured?',
  'What is new since yesterday?',
];

/** `digests` = what stands of the digests of their channels. */
export function homeView(feeds: FeedLine[], digests: Block[] = []): types.HomeView {
  return {
    type: 'home',
    blocks: [
      header('Ask about cricket'),
      ...helpBlocks(),
      ...(digests.length > 0 ? [header('Digests of your channels'), ...digests] : []),
      header('Where I read'),
      ...feedBlocks(feeds),
    ],
  };
}

export function helpBlocks(): Block[] {
  return [bullets(HELP_LINES), words(`For example: ${EXAMPLES.join(' · ')}`)];
}

/** The troubled first. */
export function feedBlocks(feeds: FeedLine[]): Block[] {
  if (feeds.length === 0) {
    return [words('I follow no feed yet.')];
  }
  const sorted = [...feeds].sort((a, b) => Number(a.isWell) - Number(b.isWell));
  const lines = sorted
    .slice(0, MOST_FEEDS)
    .map(({ fact, isWell, name }) => `${isWell ? '' : '! '}${plainLine(name)} · ${plainLine(fact)}`);
  const well = feeds.filter(({ isWell }) => isWell).length;
  const more = feeds.length - lines.length;
  return [
    words(`${well} of ${feeds.length} feeds are well${more > 0 ? `; ${more} more are not listed` : ''}`),
    bullets(lines),
  ];
}

/** Rich text: what a feed calls itself stays words. */
function bullets(lines: string[]): Block {
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: lines.map((text) => ({
          type: 'rich_text_section',
          elements: [{ type: 'text', text: text || '…' }],
        })),
      },
    ],
  };
}

function words(text: string): Block {
  return { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] };
}

function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}
