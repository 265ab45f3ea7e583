// Channels that whoever runs the bot has closed get nothing that nobody asks for just then either: no digest is set up
// there or shown, and what was set up before is not delivered.
import type { ChannelPlace } from '../digests/subscription.js';
import { BotError } from '../errors.js';
import { type AccessOptions, isClosed } from './access.js';
import type { DigestDesk } from './digest-desk.js';
import type { BotPlatform } from './ports.js';
import { noticeOf } from './replies.js';

/**
 * Direct messages stand in no list of channels: Discord's have no server, Slack's are channels that begin with D. Nor does
 * the console, or a digest that is shown to whoever runs the bot.
 */
function isDirect({ channel, platform, tenant }: ChannelPlace): boolean {
  return (
    ['', 'web'].includes(platform) || tenant === 'direct' || (platform === 'slack' && channel.startsWith('D'))
  );
}

/** The desk, whose digests are neither set up nor written for a closed channel. Error there: `usage`. */
export function createOpenDesk(desk: DigestDesk, access: AccessOptions): DigestDesk {
  const check = (place: ChannelPlace) => {
    if (!isDirect(place) && isClosed(place.channel, access)) {
      throw new BotError('usage', noticeOf('channel_closed').text);
    }
  };
  return {
    ...desk,
    async set(place, changes) {
      check(place);
      return desk.set(place, changes);
    },
    async follow(place, names, isFollowed) {
      check(place);
      return desk.follow(place, names, isFollowed);
    },
    async preview(place, signal) {
      check(place);
      return desk.preview(place, signal);
    },
  };
}

/**
 * The platform, which posts no digest and no news into a channel of the deny list. The allow list is for those who set
 * things up: news go into threads, which stand in no list.
 */
export function withClosedChannels(platform: BotPlatform, { channels }: AccessOptions): BotPlatform {
  const { digests, news } = platform;
  const isDenied = (channel: string) => channels.deny.includes(channel);
  return {
    ...platform,
    digests: digests && {
      ...digests,
      post: async (post, signal) =>
        isDenied(post.channel)
          ? { kind: 'refused', why: 'the channel is closed (bots.channels.deny)' }
          : digests.post(post, signal),
    },
    ...(news && {
      async news(to, answer) {
        if (isDenied(to.channel)) {
          throw new BotError('channel_closed', 'the channel is closed (bots.channels.deny)');
        }
        return news(to, answer);
      },
    }),
  };
}
