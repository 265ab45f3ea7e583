// Where things are said, in the words of the bot core. A message in a channel opens a thread that has the message's id,
// so "the thread that it would open" is known before there is one. Direct messages are one thread each.

/** The tenant of direct messages. */
export const DIRECT = 'direct';

/** Where the bot is not a member and is only lent to a user, an answer has no thread, and nobody follows up. */
const LENT = 'lent:';
export const lentThread = (interaction: string) => `${LENT}${interaction}`;
export const isLent = (thread: string) => thread.startsWith(LENT);
