import { expect, it } from 'vitest';
import { pageRefusal } from '#src/feeds/page-wishes.js';

const page = (head: string) => ({ body: Buffer.from(`<!doctype html><html><head>${head}</head><body>`) });

it.each([
  ['noai in its robots tag', page('<meta name="robots" content="index, noai">'), 'the page says "noai"'],
  ['noai without quotes', page('<META CONTENT=noai NAME=robots>'), 'the page says "noai"'],
  ['noai in the header', { ...page(''), robotsTag: 'otherbot: noindex, noai' }, 'the page says "noai"'],
  [
    'a reservation in its tags',
    page("<meta content='1' name='tdm-reservation'>"),
    'its publisher reserves text and data mining',
  ],
  [
    'a reservation in the header',
    { ...page(''), tdmReservation: '1' },
    'its publisher reserves text and data mining',
  ],
])('hears %s', (_, given, reason) => {
  expect(pageRefusal(given)).toBe(reason);
});

it.each([
  ['other robots directives', page('<meta name="robots" content="index, follow, noarchive">')],
  ['a reservation of 0', page('<meta name="tdm-reservation" content="0">')],
  ['the word in another tag', page('<meta name="description" content="noai">')],
  ['nothing', page('')],
])('takes %s for leave', (_, given) => {
  expect(pageRefusal(given)).toBeUndefined();
});
