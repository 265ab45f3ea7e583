// A Stop button for whoever asked, seen by nobody else, when an answer takes long. A stream takes no buttons before its
// end, and a word in the thread is not what everybody thinks of.
import type { Turn } from '../ports.js';
import type { Timers } from '../timers.js';
import { stopButton } from './tail-blocks.js';
import type { SlackApi } from './web-api.js';

/** Most answers are there before anybody would reach for it. */
const AFTER_MS = 6_000;

/** Gives what prevents it. */
export function offerStop(
  { api, timers }: { api: SlackApi; timers: Pick<Timers, 'after'> },
  {
    channel,
    questionId,
    signal,
    thread,
    user,
  }: Pick<Turn, 'channel' | 'questionId' | 'signal' | 'thread' | 'user'>,
): () => void {
  return timers.after(AFTER_MS, () => {
    if (signal.aborted) {
      return;
    }
    const call = {
      channel,
      user,
      thread_ts: thread,
      text: 'Still at it. Stop ends it here.',
      blocks: [{ type: 'actions', elements: [stopButton(questionId)] }],
    };
    void api.once('chat.postEphemeral', call).catch(() => {});
  });
}
