// `subscriptions`: which channels get a daily digest, of what, and when.
import { daysText } from '../../bots/read-digest-words.js';
import { plain } from '../../bots/terminal/style.js';
import { BotError } from '../../errors.js';
import type { DigestDesk, ShownSubscription } from '../digest-desk.js';
import { EXIT, type Session } from '../session.js';
import { aheadOf } from '../when.js';
import { changesOf, placeName, placeOf, type SubscriptionOptions } from './subscription-options.js';

type Run = (
  session: Session,
  desk: DigestDesk,
  options: SubscriptionOptions,
  channel: string,
) => Promise<void>;

const one =
  (
    said: string,
    act: (desk: DigestDesk, channel: string, options: SubscriptionOptions) => Promise<ShownSubscription>,
  ): Run =>
  async (session, desk, options, channel) => {
    const subscription = await act(desk, channel, options);
    if (options.json) {
      await session.out(`${JSON.stringify(subscription, null, 2)}\n`);
      return;
    }
    const mark = session.outStyle.paint('green', '✓');
    await session.out(`${mark} ${said}\n${linesOf(subscription, session).join('\n')}\n`);
  };

const ACTIONS: Record<string, { needsChannel: boolean; run: Run }> = {
  list: { needsChannel: false, run: list },
  add: {
    needsChannel: true,
    run: one('subscribed', (desk, channel, options) => desk.add(placeOf(channel), changesOf(options))),
  },
  change: {
    needsChannel: true,
    run: one('changed', (desk, channel, options) => desk.change(placeOf(channel), changesOf(options))),
  },
  pause: { needsChannel: true, run: one('paused', (desk, channel) => desk.pause(placeOf(channel), true)) },
  resume: {
    needsChannel: true,
    run: one('goes on', (desk, channel) => desk.pause(placeOf(channel), false)),
  },
  waiting: { needsChannel: false, run: listWaiting },
  stop: { needsChannel: false, run: stopWaiting },
  remove: { needsChannel: true, run: one('removed', (desk, channel) => desk.remove(placeOf(channel))) },
};

/** Errors: `usage`, and those of the desk. */
export async function runSubscriptions(
  session: Session,
  options: SubscriptionOptions,
  args: string[],
): Promise<number> {
  const [name = 'list', channel = ''] = args;
  const action = ACTIONS[name];
  if (!action) {
    throw new BotError(
      'usage',
      `subscriptions ${name} is not known (allowed: ${Object.keys(ACTIONS).join(', ')})`,
    );
  }
  if (action.needsChannel && !channel) {
    throw new BotError('usage', `subscriptions ${name} needs a channel, as slack:C0123 or discord:1234/5678`);
  }
  const news = await session.composition.openNews(session.settings(), { clock: session.givenClock });
  try {
    await action.run(session, news.digests, options, channel);
    return EXIT.done;
  } finally {
    await news.close();
  }
}

async function list(session: Session, desk: DigestDesk, options: SubscriptionOptions): Promise<void> {
  const all = await desk.list();
  if (options.json) {
    await session.out(`${JSON.stringify({ subscriptions: all }, null, 2)}\n`);
  } else if (all.length === 0) {
    await session.out('No channel is subscribed; subscribe one: third-umpire subscriptions add CHANNEL\n');
  } else {
    await session.out(`${all.flatMap((each) => linesOf(each, session)).join('\n')}\n`);
  }
}

/** Questions that wait for news: where, until when, and by which id they are stopped. */
async function listWaiting(
  { clock, out, outStyle }: Session,
  desk: DigestDesk,
  { json }: SubscriptionOptions,
  channel: string,
): Promise<void> {
  const waiting = await desk.waiting(channel ? placeOf(channel) : undefined);
  if (json) {
    await out(`${JSON.stringify({ waiting }, null, 2)}\n`);
  } else if (waiting.length === 0) {
    await out('No question waits for news.\n');
  } else {
    const lines = waiting.map(
      (one) =>
        `${outStyle.paint('bold', one.id)}  ${placeName(one)} · ends ${aheadOf(one.until, clock())} · ${plain(one.question)}`,
    );
    await out(`${lines.join('\n')}\n`);
  }
}

async function stopWaiting(
  { out, outStyle }: Session,
  desk: DigestDesk,
  _options: SubscriptionOptions,
  id: string,
): Promise<void> {
  if (!/^[0-9a-f]{1,64}$/i.test(id)) {
    throw new BotError(
      'usage',
      'subscriptions stop needs the id of a question, as subscriptions waiting shows it',
    );
  }
  await desk.endWaiting(id);
  await out(`${outStyle.paint('green', '✓')} it waits no more\n`);
}

/** The channel with what it gets, and under it how it goes. */
function linesOf(subscription: ShownSubscription, { clock, outStyle }: Session): string[] {
  const { breaking, days, isPaused, language, last, length, nextAt, quiet, spoilers, time, zone } =
    subscription;
  const what = [
    `${time} ${zone}, ${daysText(days)}`,
    followsText(subscription),
    `${length} ${length === 1 ? 'story' : 'stories'}`,
    spoilers === 'hide' ? 'results hidden' : '',
    quiet === 'silent' ? 'silent on quiet days' : '',
    breaking ? `breaking stories, up to ${breaking} a day` : '',
    language === 'en' ? '' : language,
  ];
  const how = [
    isPaused || nextAt === undefined ? 'paused' : `next ${aheadOf(nextAt, clock())}`,
    last ? `${last.localDate} ${last.state}${last.reason ? ` (${plain(last.reason)})` : ''}` : '',
    ...['missed', 'undeliverable', 'unknown'].map((state) =>
      subscription.counts[state] ? `${subscription.counts[state]} ${state}` : '',
    ),
  ];
  const join = (parts: string[]) => parts.filter(Boolean).join(' · ');
  return [
    `${outStyle.paint('bold', placeName(subscription))}  ${join(what)}`,
    `  ${outStyle.paint('dim', join(how))}`,
  ];
}

function followsText({ following }: ShownSubscription): string {
  const { formats, leagues, sides, teams } = following;
  const names = [...teams, ...leagues, ...formats, ...sides];
  return names.length === 0 ? 'all cricket' : names.join(', ');
}
