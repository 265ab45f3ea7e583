// What a site says to its reader instead of an article, in our own words; and reports that speak of such things.
import { expect, it } from 'vitest';
import { isWall } from '#src/feeds/page-wall.js';

it.each([
  ['consent', 'We and our up to 90 partners use cookies and similar means to read what your device tells.'],
  [
    'consent, with partners of a kind',
    'We share this with our 412 advertising partners, who keep it for a year.',
  ],
  ['consent in German', 'Wir und unsere 180 Partner speichern Informationen. Weiter geht es mit Ihrer Wahl.'],
  ['consent in French', 'Nous et nos 65 partenaires lisons des informations sur votre appareil.'],
  ['consent in Spanish', 'Nosotros y nuestros 77 socios guardamos datos. Aceptar todo.'],
  ['consent in Italian', 'Noi e i nostri 40 partner utilizziamo cookie. Accetta tutto.'],
  [
    'consent or pay',
    'Read with personalised advertising, or pay nothing to advertisers: £3 a month for no tracking.',
  ],
  [
    'a choice of cookies',
    'Cookies on our site. Accept all, or reject all and change your choice whenever you like.',
  ],
  ['a subscription', 'Rain fell at Lord’s. Subscribe to keep reading this report and all others.'],
  ['an account', 'Rain fell at Lord’s. To continue reading, please create an account; it costs nothing.'],
  ['membership', 'Rain fell at Lord’s. The rest of this article is reserved for our members.'],
  ['a used-up allowance', 'You’ve used all your free articles for November. Come back in December.'],
  ['a trial', 'Already a subscriber? Sign in. Or start your free trial, and cancel anytime.'],
  ['a check for robots', 'One more step: please prove you are human by ticking the box.'],
  ['a check of the connection', 'We are checking the security of your connection; this takes five seconds.'],
  ['scripts', 'This page requires JavaScript.'],
  ['an ad blocker', 'Please turn off your ad blocker for this site and load the page again.'],
  ['a region', 'Sorry, this video is not available in your country.'],
  ['a missing page', 'The page you were looking for has been moved to another place.'],
  ['an error', 'An unexpected error occurred.\nPlease try again later.'],
])('knows a wall: %s', (_, text) => {
  expect(isWall(text, true)).toBe(true);
  expect(isWall(text.padEnd(2000, ' and so on'), true)).toBe(false);
});

it.each([
  'The club apologised after its app asked fans to accept all cookies before tickets could be shown.',
  'Subscribers will be able to watch all Tests; viewers sign in once, and the price stays as it is.',
  'He was denied access to the ground by a steward who did not recognise him before the second session.',
  'The board has 14 partners in the region and keeps the personal data of members on servers in Mumbai.',
  'Unusual activity in betting markets before the final was reported to the anti-corruption unit.',
  'The article was removed from the club’s site after an error in the names of two players was found.',
  'She became a member of the MCC in 1999 and has paid her subscription every year since, she said.',
  'Robots now bowl to batters in the nets; checking the speed of a ball takes them a second.',
])('knows a report: %s', (text) => {
  expect(isWall(text, true)).toBe(false);
});

it('takes a short text for a teaser when the page says that the article is not free', () => {
  expect(isWall('Rain fell at Lord’s.', false)).toBe(true);
  expect(isWall('Rain fell at Lord’s. '.repeat(100), false)).toBe(false);
});
