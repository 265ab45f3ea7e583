// What is said about a channel's digest, as Slack's blocks.
import type { types } from '@slack/bolt';
import type { DigestView } from '../digest-commands.js';
import { plainLine } from '../untrusted-text.js';
import { button } from './tail-blocks.js';

const HOW =
  'For example: /cricket digest 08:00 London weekdays 5 stories · /cricket follow India, IPL, women · /cricket digest pause';

/** `channel` = what its buttons are about. */
export function viewBlocks({ buttons, lines }: DigestView, channel: string): types.KnownBlock[] {
  const text = lines.map(plainLine).join('\n').slice(0, 3_000);
  const elements = buttons.map(({ action, label }) => button(label, `digest-${action}`, { c: channel }));
  return [
    { type: 'section', text: { type: 'plain_text', text, emoji: false } },
    ...(elements.length > 0 ? [{ type: 'actions' as const, elements }] : []),
    { type: 'context', elements: [{ type: 'plain_text', text: HOW, emoji: false }] },
  ];
}
