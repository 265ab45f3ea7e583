// `/cricket digest …`, `/cricket follow …`, `/cricket unfollow …`, and the buttons of digests. What is said about them is
// for whoever asked; only that a channel gets one from now on is said to all of it.
import type { AckFn, App, RespondArguments, RespondFn, SlashCommand } from '@slack/bolt';
import type { Letter } from '../../digests/platform.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import {
  type DigestAction,
  type DigestCommands,
  type DigestView,
  failedLine,
  PREVIEW_LINES,
} from '../digest-commands.js';
import type { AskedPlace, DigestDesk } from '../digest-desk.js';
import { readDigestWords } from '../read-digest-words.js';
import { announceDigest } from './announce-digest.js';
import { DIGEST_ACTIONS, type DigestPart, digestParts, resultsBlocks } from './digest-blocks.js';
import { viewBlocks } from './digest-view.js';
import { escapeMrkdwn } from './escape.js';
import { placeFor } from './home-digests.js';
import { type ReadDigestPress, readDigestPress } from './read-press.js';
import type { Answerback } from './say-elsewhere.js';
import type { SlackApi } from './web-api.js';
import type { Workspaces } from './workspace.js';

export interface DigestEars {
  commands: DigestCommands;
  desk: DigestDesk;
  workspaces: Workspaces;
  answerback: Pick<Answerback, 'lineFor'>;
  /** Shows somebody's Home tab as it is now; never fails. */
  publishHome(api: SlackApi, user: string, team: string): Promise<void>;
  log: Log;
}

/** What one alone is told. */
type Said = Pick<DigestPart, 'text' | 'blocks'>;

/** "follow-on" and "follow on" are words of the game. */
const WORDS = /^(digest|follow|unfollow)(?=\s|$)(?!\s+on\b)\s*/i;
const ACTS = new Map<string, DigestAction>([
  ['off', 'remove'],
  ['pause', 'pause'],
  ['preview', 'preview'],
  ['remove', 'remove'],
  ['resume', 'resume'],
]);

export const isDigestCommand = (text: string): boolean => WORDS.test(text);

export function hearDigests({ answerback, commands, desk, log, publishHome, workspaces }: DigestEars) {
  /** A whole command; acknowledged by the end of it. */
  async function hear(
    command: SlashCommand,
    ack: AckFn<RespondArguments>,
    respond: RespondFn,
  ): Promise<void> {
    const { channel_id: channel, team_id: tenant, text, user_id: user } = command;
    const place = { platform: 'slack', tenant, channel, user };
    const [, word = ''] = WORDS.exec(text.trim()) ?? [];
    const rest = text.trim().slice(word.length).trim();
    const action = word.toLowerCase() === 'digest' ? ACTS.get(rest.toLowerCase()) : undefined;
    if (action === 'preview') {
      await ack(privately(PREVIEW_LINES.working));
      // Slack is told that it was heard when we come back; writing may take minutes.
      void sendPreview(place, respond);
      return;
    }
    const view = action ? await commands.act(place, action) : await viewFor(place, word.toLowerCase(), rest);
    const refusal = view.isNew ? await announceDigest({ answerback, workspaces }, command, view) : undefined;
    if (refusal) {
      await commands.act(place, 'remove');
      await ack(privately(refusal));
      return;
    }
    await ack({ ...privately(view.lines.join(' ')), blocks: viewBlocks(view, channel) });
  }

  function viewFor(place: AskedPlace, word: string, rest: string): Promise<DigestView> {
    if (word === 'digest') {
      return rest === '' || /^(show|help)$/i.test(rest)
        ? commands.show(place)
        : commands.set(place, () => readDigestWords(rest.replace(/^here$/i, '')));
    }
    return commands.follow(place, rest, word === 'follow');
  }

  /** To the one who asked alone; never fails. */
  async function sendPreview(place: AskedPlace, respond: (said: Said) => Promise<unknown>): Promise<void> {
    try {
      const letter = await commands.preview(place);
      await (letter ? sendAll(letter, respond) : respond(partOf(PREVIEW_LINES.twice)));
    } catch (error) {
      log.warn({ why: describeError(error) }, 'a preview was not shown');
      await respond(partOf(failedLine(error))).catch(() => {});
    }
  }

  async function sendAll(letter: Letter, send: (said: Said) => Promise<unknown>): Promise<void> {
    // Without its buttons: it is nobody's digest.
    for (const { blocks, text } of digestParts(letter)) {
      await send({ text, blocks: blocks.filter(({ type }) => type !== 'actions') });
    }
  }

  function listen(app: App): void {
    app.action(/^digest-[a-z0-9-]+$/, async ({ ack, action, body, respond }) => {
      const { action_id: id, value } = action as { action_id: string; value?: string };
      const press = readDigestPress(body, value);
      await ack();
      if (press && !press.place && press.named !== undefined) {
        void pressedAtHome(id, press, press.named).catch((error: unknown) =>
          log.warn({ why: describeError(error) }, 'a press of the Home tab was not answered'),
        );
      }
      if (press?.place) {
        const say = (part: Said) => respond({ response_type: 'ephemeral', replace_original: false, ...part });
        // Not waited for, as it may write a digest first.
        void pressed(id, { ...press.place, user: press.user }, press.date ?? '', say).catch(
          (error: unknown) => log.warn({ why: describeError(error) }, 'a press was not answered'),
        );
      }
    });
  }

  /** What is said of it goes to direct messages: a Home tab has no place for words to one alone. */
  async function pressedAtHome(
    id: string,
    { tenant: team, user }: ReadDigestPress,
    channel: string,
  ): Promise<void> {
    const { api } = await workspaces.of(team);
    const theirs = await placeFor(api, { team, user, channel });
    const place = theirs && { ...theirs, user };
    if (place && id === 'digest-preview') {
      await sendPreview(place, (said) =>
        api.once('chat.postMessage', { channel: user, ...said, unfurl_links: false, unfurl_media: false }),
      );
    } else if (place) {
      await pressed(id, place, '', async () => {});
      await publishHome(api, user, team);
    }
  }

  async function pressed(
    id: string,
    place: AskedPlace,
    date: string,
    say: (said: Said) => Promise<unknown>,
  ): Promise<void> {
    if (id === DIGEST_ACTIONS.results) {
      const letter = await desk.posted(place, date);
      await say(
        letter
          ? { text: 'With results', blocks: resultsBlocks(letter) }
          : partOf('That digest is not kept any more.'),
      );
      return;
    }
    const name = id.replace('digest-', '');
    const action = name.startsWith('unwatch-') ? (name as DigestAction) : ACTS.get(name);
    if (action === 'preview') {
      await say(partOf(PREVIEW_LINES.working));
      await sendPreview(place, say);
      return;
    }
    const view = action ? await commands.act(place, action) : await commands.show(place);
    await say({ text: escapeMrkdwn(view.lines.join(' ')), blocks: viewBlocks(view, place.channel) });
  }

  return { hear, listen, pressed, sendPreview };
}

function partOf(text: string): Said {
  return { text, blocks: [{ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }] };
}

const privately = (text: string): RespondArguments => ({
  response_type: 'ephemeral',
  text: escapeMrkdwn(text),
});
