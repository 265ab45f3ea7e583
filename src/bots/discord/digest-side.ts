// What Discord does for digests, and for questions that wait for news.
import type { Clock } from '../../domain.js';
import type { BotPlatform } from '../ports.js';
import type { Channels } from './channels.js';
import type { Connection } from './connect.js';
import { createDiscordDigests } from './digest-port.js';
import { newsBodies } from './news-bodies.js';
import { mayReadHistory } from './permissions.js';
import { DIRECT } from './place.js';
import type { DiscordApi } from './rest.js';

export interface DigestSideDeps {
  api: DiscordApi;
  channels: Channels;
  newsClock: Clock;
  botId(): string;
  /** Undefined = the gateway is not open. */
  connection(): Connection | undefined;
}

export function createDigestSide(deps: DigestSideDeps): Required<Pick<BotPlatform, 'digests' | 'news'>> {
  const { api, botId, channels, newsClock } = deps;

  /** A thread is read by those who may read its channel. */
  async function mayLook(guild: string, channel: string): Promise<boolean | undefined> {
    const connection = deps.connection();
    const may = async (id: string) => mayReadHistory(await connection?.grantedIn({ guild, channel: id }));
    return (await may(channel)) ?? may((await channels.parentOf(channel, undefined)) ?? '');
  }

  return {
    digests: createDiscordDigests({ api, botId, mayLook }),

    async news({ channel, question, tenant, thread }, answer) {
      const isThread = tenant === DIRECT || Boolean(await channels.parentOf(thread, undefined));
      const bodies = newsBodies(question, answer, newsClock());
      return { channel: isThread ? thread : channel, payload: JSON.stringify(bodies) };
    },
  };
}
