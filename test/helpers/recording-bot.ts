// A core that only writes down what a platform tells it.
import type { Bot } from '#src/bots/ports.js';

/** A core that remembers what it heard; each method can be replaced. */
export function recordingBot(over: Partial<Bot> = {}): Bot & { heard: [string, unknown][] } {
  const heard: [string, unknown][] = [];
  const hear = (name: string) => async (told: unknown, more?: unknown) => {
    heard.push([name, more === undefined ? told : { ...(told as object), more }]);
    return undefined;
  };
  return {
    heard,
    onMessage: hear('message') as Bot['onMessage'],
    onEdited: hear('edited') as Bot['onEdited'],
    onDeleted: hear('deleted') as Bot['onDeleted'],
    onStop: hear('stop') as Bot['onStop'],
    onChoice: hear('choice') as Bot['onChoice'],
    onFeedback: hear('feedback') as Bot['onFeedback'],
    onTellMe: hear('tell me') as unknown as Bot['onTellMe'],
    onForget: async (person) => {
      heard.push(['forget', person]);
      return 'Forgotten.';
    },
    ...over,
  };
}
