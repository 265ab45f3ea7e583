// The reference platform passes the contract: so the core keeps its side of it.
import type { IncomingMessage } from '#src/bots/ports.js';
import { itKeepsTheBotContract } from './bot-contract.js';
import type { PlatformUnderTest, Said, Saying } from './platform-under-test.js';
import { aMessage, createRoom, createRoomPlatform, type RoomPlatform } from './room.js';

itKeepsTheBotContract('a room in memory', async () => openRoom());

function openRoom(): PlatformUnderTest {
  const room = createRoom();
  const connections: { platform: RoomPlatform; isCut(): boolean }[] = [];
  const sayings = new Map<string, IncomingMessage>();
  let count = 0;
  let turn = 0;

  /** Over the connections by turns, as sockets get them. */
  async function deliver(
    tell: (bot: NonNullable<ReturnType<RoomPlatform['bot']>>) => Promise<unknown>,
    times = 1,
  ) {
    const alive = connections.filter(({ isCut }) => !isCut());
    const deliveries = Array.from({ length: times }, async () => {
      turn += 1;
      const bot = alive[turn % alive.length]?.platform.bot();
      await (bot ? tell(bot) : undefined);
    });
    await Promise.all(deliveries);
  }

  const answered = (said: Said) => {
    const found = room.messages(said.thread).find(({ key }) => key !== '');
    const { channel, thread } = sayings.get(said.id) ?? aMessage();
    return { platform: 'room', tenant: 't1', channel, thread, questionId: found?.key ?? '', user: 'ann' };
  };

  return {
    connect() {
      let isCut = false;
      const platform = createRoomPlatform(room, { dies: () => isCut, statusLifeMs: 60_000 });
      connections.push({ platform, isCut: () => isCut });
      return {
        platform,
        cut() {
          isCut = true;
        },
      };
    },
    async say({ byBot = false, deliveries, how = 'mention', text, to, under, user = 'ann' }: Saying) {
      count += 1;
      const id = `m${count}`;
      const message = aMessage({
        message: id,
        thread: under?.thread ?? id,
        user,
        text,
        way: how === 'plain' ? 'seen' : how,
        isFromBot: byBot,
        isToSomeoneElse: to !== undefined,
      });
      sayings.set(id, message);
      await deliver((bot) => bot.onMessage(message), deliveries);
      return { id, thread: message.thread };
    },
    async edit(said, text, deliveries) {
      count += 1;
      const message = { ...(sayings.get(said.id) ?? aMessage()), text, deliveryId: `edit ${count}` };
      await deliver((bot) => bot.onEdited(message), deliveries);
    },
    async remove(said) {
      await deliver((bot) => bot.onDeleted(sayings.get(said.id) ?? aMessage()));
    },
    pressStop: (said) => deliver((bot) => bot.onStop(answered(said))),
    pressFeedback: (said, kind, user = 'ann') =>
      deliver((bot) => bot.onFeedback({ ...answered(said), user }, kind)),
    pressChoice: (said, choice) => deliver((bot) => bot.onChoice(answered(said), choice)),
    pressTellMe: (said) => deliver((bot) => bot.onTellMe(answered(said))),
    seen: async (said) =>
      room.messages(said.thread).map(({ choices, id, onlyFor, sources, text }) => ({
        ...{ id, text, links: sources, choices, onlyFor },
      })),
    status: async (said) => room.statusOf(said.thread),
    liveMentions: async () => 0,
    async close() {},
  };
}
