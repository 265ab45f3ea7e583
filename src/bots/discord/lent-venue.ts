// Where the bot is only lent to a user, an answer is written by the token of the command that asked.
import { BotError } from '../../errors.js';
import { ifThere, removeMessage } from './own-messages.js';
import type { Asked, Venue, VenueDeps } from './venue.js';

/** By the token of a command, which lives 15 minutes and dies with the process. */
export function lentVenue({ answerback, api }: VenueDeps, { message, signal }: Asked): Venue {
  const handleOf = () => {
    const handle = answerback.of(message);
    if (!handle) {
      throw new BotError('undeliverable', 'the command that asked can no longer be answered');
    }
    return handle;
  };
  const path = (id: string) => {
    const { application, token } = handleOf();
    return `/webhooks/${application}/${token}/messages/${id}`;
  };
  return {
    open: async () => {},
    async post(body) {
      const handle = handleOf();
      if (!handle.isUsed) {
        await answerback.openly(handle, body);
        return '@/@original';
      }
      const { application, token } = handle;
      const { id } = await api.surely<{ id: string }>('POST', `/webhooks/${application}/${token}`, {
        body,
        isOpen: true,
        signal,
      });
      return `@/${id}`;
    },
    async change(id, body) {
      return ifThere(api.surely('PATCH', path(id.slice(2)), { body, isOpen: true, signal }));
    },
    remove: (id) => removeMessage({ api, answerback }, id, message),
    find: async () => [],
  };
}
