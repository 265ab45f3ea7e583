// The smallest platform there can be: a room in memory that people and bots write into, and an adapter for it. It is
// the reference for the contract of bots, and what tests of the core show their answers on.
import type { Bot, BotPlatform, IncomingMessage, Notice, Reply, Turn } from '#src/bots/ports.js';
import type { Answer, Citation } from '#src/domain.js';
import { BotError } from '#src/errors.js';

export interface RoomMessage {
  id: string;
  thread: string;
  /** Of the question that it answers; '' = of none. */
  key: string;
  text: string;
  sources: string[];
  choices: string[];
  /** Only this one sees it. */
  onlyFor?: string | undefined;
}

/** What a bot can do in a room, over a network or not. */
export interface RoomApi {
  post(message: Omit<RoomMessage, 'id'>): Promise<string>;
  change(id: string, message: Pick<RoomMessage, 'text' | 'sources' | 'choices'>): Promise<void>;
  remove(ids: string[]): Promise<void>;
  /** The messages that carry the key, in order. */
  find(key: string): Promise<string[]>;
  status(thread: string, text: string): Promise<void>;
}

export interface Room extends RoomApi {
  messages(thread: string): RoomMessage[];
  all(): RoomMessage[];
  statusOf(thread: string): string;
  /** Every status that was told in a thread. */
  statuses(thread: string): string[];
}

export function createRoom(): Room {
  const messages = new Map<string, RoomMessage>();
  const statuses = new Map<string, string[]>();
  let count = 0;
  return {
    async post(message) {
      count += 1;
      const id = `b${count}`;
      messages.set(id, { id, ...message });
      statuses.get(message.thread)?.push('');
      return id;
    },
    async change(id, change) {
      const message = messages.get(id);
      if (!message) {
        throw new Error(`message_not_found ${id}`);
      }
      messages.set(id, { ...message, ...change });
    },
    async remove(ids) {
      for (const id of ids) {
        messages.delete(id);
      }
    },
    find: async (key) => [...messages.values()].filter((message) => message.key === key).map(({ id }) => id),
    async status(thread, text) {
      statuses.set(thread, [...(statuses.get(thread) ?? []), text]);
    },
    messages: (thread) => [...messages.values()].filter((message) => message.thread === thread),
    all: () => [...messages.values()],
    statusOf: (thread) => statuses.get(thread)?.at(-1) ?? '',
    statuses: (thread) => statuses.get(thread) ?? [],
  };
}

export interface RoomPlatform extends BotPlatform {
  /** What people do reaches the bot here; undefined while it does not listen. */
  bot(): Bot | undefined;
}

/** `dies` is asked before each call: true = the process is dead, and the call never comes back. */
export function createRoomPlatform(
  room: RoomApi,
  { dies = () => false, statusLifeMs }: { dies?: () => boolean; statusLifeMs?: number } = {},
): RoomPlatform {
  let bot: Bot | undefined;
  const alive = async () => {
    if (dies()) {
      await new Promise(() => {});
    }
  };

  function open(turn: Turn): Reply {
    let posted = turn.posted;
    let text = '';
    let sources: string[] = [];
    let work: Promise<void> = turn.attempt > 1 && posted.length === 0 ? adopt() : Promise.resolve();

    async function adopt(): Promise<void> {
      await alive();
      posted = await room.find(turn.questionId);
      await (posted.length > 0 ? turn.record(posted) : undefined);
    }

    async function show(choices: string[] = []): Promise<void> {
      await alive();
      const [first, ...rest] = posted;
      if (!(await turn.mayPost())) {
        throw turn.signal.reason ?? new BotError('claim_lost', 'another process may have it now');
      }
      if (first === undefined) {
        const id = await room.post({ thread: turn.thread, key: turn.questionId, text, sources, choices });
        await alive();
        posted = [id];
      } else {
        await room.change(first, { text, sources, choices });
        await room.remove(rest);
        posted = [first];
      }
      await turn.record(posted);
    }

    const later = (step: () => Promise<void>) => {
      // What fails here is shown by the end, or fails there.
      work = work.then(step).catch(() => {});
    };
    return {
      status: (line) =>
        later(async () => {
          await alive();
          await ((await turn.mayPost()) ? room.status(turn.thread, line) : undefined);
        }),
      citation: ({ url }) => {
        sources = [...sources, url];
      },
      text(delta) {
        text += delta;
        later(show);
      },
      async finish(answer: Answer) {
        text = answer.text;
        sources = answer.citations.map(urlOf);
        await work;
        await show(answer.choices);
      },
      async fail(notice: Notice) {
        text = [text, notice.text].filter(Boolean).join('\n');
        sources = [...sources, ...notice.citations.map(urlOf)];
        await work;
        await show();
      },
    };
  }

  return {
    name: 'room',
    statusLifeMs,
    bot: () => bot,
    async start(given) {
      bot = given;
    },
    async pause() {
      bot = undefined;
    },
    async stop() {
      bot = undefined;
    },
    open,
    async remove(_place, posted) {
      await alive();
      await room.remove(posted);
    },
    async tell({ thread, user }, notice) {
      await alive();
      const onlyFor = notice.isPrivate ? user : undefined;
      await room.post({ thread, key: '', text: notice.text, sources: [], choices: [], onlyFor });
    },
  };
}

const urlOf = ({ url }: Citation) => url;

/** A message in a room, told as a platform tells it. */
export function aMessage(parts: Partial<IncomingMessage> = {}): IncomingMessage {
  const message = parts.message ?? 'm1';
  return {
    platform: 'room',
    tenant: 't1',
    channel: 'c1',
    thread: message,
    deliveryId: `delivery of ${message}`,
    message,
    user: 'u1',
    text: 'Who won the final?',
    way: 'mention',
    isFromBot: false,
    isToSomeoneElse: false,
    ...parts,
  };
}
