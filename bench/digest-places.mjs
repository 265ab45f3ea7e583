// Where the digests of a measurement go: a post office, or the loopback Slack or Discord of the tests, which the program's
// own clients post to (digest-platforms.mjs). All look the same to the measurement:
//   given      what digest-process.mjs opens as its platforms
//   places     {platform, tenant, channel} of each channel
//   choose     set it: called at each post; 'before' or 'after' = its connection is cut then, undefined = nothing
//   postsOf    how many messages of a channel are the digest of that date
import { openPostOffice } from '../test/fixtures/post-office.mjs';

const OPEN = { office, slack, discord };
/** "Cricket, Tuesday 19 December" */
const titleOf = (localDate) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
    .format(new Date(localDate))
    .replace(',', '');

export const openPlaces = (kind, count) => OPEN[kind](Array.from({ length: count }, (_, i) => `c${i}`));

async function office(names) {
  const post = await openPostOffice();
  const places = {
    given: [{ name: 'office', officeUrl: post.url, of: 'all' }],
    places: names.map((channel) => ({ platform: 'office', tenant: '', channel })),
    choose: () => undefined,
    postsOf: ({ channel }, localDate) =>
      (post.channels.get(channel) ?? []).filter((message) => message.localDate === localDate).length,
    close: post.close,
  };
  post.fault = () => {
    const cut = places.choose();
    return cut && { kind: 'silent', posted: cut === 'after' };
  };
  return places;
}

async function slack(names) {
  const { loadFakeSlack } = await import('./slack-kit.mjs');
  const { openFakeSlack, visibleText } = await loadFakeSlack();
  const { apiUrl, appToken, close, faults, team } = await openFakeSlack({ hasRateLimits: false });
  const channels = names.map((name) => team.channel(name));
  const places = {
    given: [{ name: 'slack', apiUrl, appToken, botToken: team.botToken }],
    places: channels.map(({ id }) => ({ platform: 'slack', tenant: team.id, channel: id })),
    choose: () => undefined,
    postsOf: countPosts(team.channels, visibleText),
    close,
  };
  cutPosts(faults, 'chat.postMessage', places);
  return places;
}

async function discord(names) {
  const { loadFakeDiscord } = await import('./discord-kit.mjs');
  const { openFakeDiscord, visibleText } = await loadFakeDiscord();
  const { apiUrl, close, faults, state, token } = await openFakeDiscord({ hasRateLimits: false });
  const guild = state.guild('club');
  const channels = names.map((name) => state.channel(guild, name));
  const places = {
    given: [{ name: 'discord', apiUrl, token }],
    places: channels.map(({ id }) => ({ platform: 'discord', tenant: guild.id, channel: id })),
    choose: () => undefined,
    postsOf: countPosts(state.channels, visibleText),
    close,
  };
  cutPosts(faults, 'POST /channels/:channel/messages', places);
  return places;
}

const countPosts =
  (channels, visibleText) =>
  ({ channel }, localDate) =>
    [...channels.get(channel).messages.values()].filter((message) =>
      visibleText(message).includes(titleOf(localDate)),
    ).length;

function cutPosts(faults, post, places) {
  faults.always(({ method }) => {
    const cut = method === post ? places.choose() : undefined;
    return cut && { cut };
  });
}
