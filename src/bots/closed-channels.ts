// Channels that whoever runs the bot has closed get nothing that nobody asks for just then either: no digest is set up
// there or shown, and what was set up before is not delivered. People whom the bot does not serve neither see nor change one.
import { BotError } from '../errors.js';
import { type AccessOptions, isClosed, isDirect, isUnwelcome } from './access.js';
import type { AskedPlace, DigestDesk } from './digest-desk.js';
import type { BotPlatform } from './ports.js';
import { noticeOf } from './replies.js';

/** The desk, which does nothing for those who are not served, and sets up or writes nothing for a closed channel. Error: `usage`. */
export function createOpenDesk(desk: DigestDesk, access: AccessOptions): DigestDesk {
  const checkUser = ({ platform, user }: AskedPlace) => {
    if (user !== undefined && isUnwelcome({ platform, user }, access)) {
      throw new BotError('usage', noticeOf('user_closed').text);
    }
  };
  const check = (place: AskedPlace) => {
    checkUser(place);
    if (!isDirect(place) && isClosed(place.channel, access)) {
      throw new BotError('usage', noticeOf('channel_closed').text);
    }
  };
  return {
    ...desk,
    async find(place) {
      checkUser(place);
      return desk.find(place);
    },
    async set(place, changes) {
      check(place);
      return desk.set(place, changes);
    },
    async follow(place, names, isFollowed) {
      check(place);
      return desk.follow(place, names, isFollowed);
    },
    async pause(place, isPaused) {
      checkUser(place);
      return desk.pause(place, isPaused);
    },
    async remove(place) {
      checkUser(place);
      return desk.remove(place);
    },
    async preview(place, signal) {
      check(place);
      return desk.preview(place, signal);
    },
    async endWaiting(place, id) {
      checkUser(place);
      return desk.endWaiting(place, id);
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
