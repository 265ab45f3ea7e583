// What is said about a channel's digest, as Discord's components.
import { ButtonStyle, ComponentType } from 'discord.js';
import type { DigestView } from '../digest-commands.js';
import { escapeLine, plainLine } from './escape.js';
import { bodyOf, type MessageBody } from './message-body.js';
import { greyLine, text } from './tail.js';

const HOW = '/digest here changes it, /follow and /unfollow what it is about';

export function viewBody({ buttons, lines }: DigestView): MessageBody {
  const words = lines.map((line) => escapeLine(line, 900)).join('\n');
  const row = {
    type: ComponentType.ActionRow as const,
    components: buttons.map(({ action, label }) => ({
      type: ComponentType.Button as const,
      style: ButtonStyle.Secondary as const,
      label: plainLine(label, 80) || '…',
      custom_id: `digest-${action}`,
    })),
  };
  return bodyOf([text(`${words}\n${greyLine(HOW)}`), ...(buttons.length > 0 ? [row] : [])]);
}
