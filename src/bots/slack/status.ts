// The line under the question while it works: "Third Umpire is reading 6 articles…". It is a courtesy: the last one
// counts, one call is under way at a time, and what fails is forgotten.
import type { Turn } from '../ports.js';
import type { SlackApi } from './web-api.js';

/** Slack wipes it after two minutes, and when a reply is posted. */
export const STATUS_LIFE_MS = 120_000;
/** Slack shows one line and says no number; the loopback allows so many. */
const STATUS_CHARACTERS = 50;

export function createStatus(
  api: SlackApi,
  { channel, signal, thread }: Pick<Turn, 'channel' | 'thread' | 'signal'>,
): (text: string) => void {
  let wanted: string | undefined;
  let isSending = false;

  async function send(): Promise<void> {
    isSending = true;
    while (wanted !== undefined && !signal.aborted) {
      const status = wanted;
      wanted = undefined;
      const call = { channel_id: channel, thread_ts: thread, status };
      await api.once('assistant.threads.setStatus', call).catch(() => {});
    }
    isSending = false;
  }

  return (text) => {
    wanted = statusLine(text);
    if (!isSending) {
      void send();
    }
  };
}

/** Slack puts the app's name before it: "is reading 6 articles…". What is no verb stands as it is. */
export function statusLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const isDoing = /^[a-z]+ing\b/.test(line);
  const full = isDoing ? `is ${line}…` : line;
  return full.length > STATUS_CHARACTERS ? `${full.slice(0, STATUS_CHARACTERS - 1)}…` : full;
}
