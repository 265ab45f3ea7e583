// Buttons under answers: feedback, "Wrong source", Stop, and the choices of a question that was asked back.
import type { App, RespondFn } from '@slack/bolt';
import type { Bot } from '../ports.js';
import { readPress } from './read-press.js';
import { ACTIONS } from './tail-blocks.js';

export function hearPresses(app: App, bot: Bot): void {
  const buttons = new RegExp(`^(${Object.values(ACTIONS).join('|')})(-\\d+)?$`);

  app.action(buttons, async ({ ack, action, body, respond }) => {
    const { action_id: id, value } = action as { action_id: string; value?: string };
    const read = readPress(body, value);
    if (read) {
      const { choice, kind, press } = read;
      if (id === ACTIONS.stop) {
        await bot.onStop(press);
      } else if (id === ACTIONS.tellMe) {
        say(respond, await bot.onTellMe(press));
      } else if (choice !== undefined) {
        await bot.onChoice(press, choice);
      } else if (kind) {
        say(respond, (await bot.onFeedback(press, kind)) ?? 'That answer is not kept any more.');
      }
    }
    await ack();
  });
}

/** Seen by whoever pressed; a word that is lost is no loss. */
function say(respond: RespondFn, text: string): void {
  void respond({ response_type: 'ephemeral', replace_original: false, text }).catch(() => {});
}
