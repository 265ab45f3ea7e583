// What reaches the text of a page and what does not, on hand-made pages.
import { expect, it } from 'vitest';
import { readPage } from '#src/feeds/page-read.js';

const FIRST =
  'Zimbabwe needed eleven off the last over in Harare, and Sikandar Raza took them with two balls to spare.';
const SECOND =
  'It was their third win in four matches against the touring side, whose captain spoke of a long week ahead.';
const THIRD =
  'The teams travel to Bulawayo on Thursday, where rain is expected on the first two days of the only Test.';

function aPage(body: string, head = ''): string {
  return `<!doctype html><html lang="en-GB"><head><title>Raza sees them home</title>${head}</head><body>${body}</body></html>`;
}
const anArticle = (inside: string) =>
  `<main><article><h1>Raza sees them home</h1><p>${FIRST}</p>${inside}<p>${SECOND}</p><p>${THIRD}</p></article></main>`;
const textOf = (html: string) => readPage(html, 'https://news.example/raza').text;
const ALONE = [FIRST, SECOND, THIRD].join('\n');

it('reads one paragraph a line and leaves the headline to the title', () => {
  const page = readPage(aPage(anArticle('')), 'https://news.example/raza');

  expect(page.text).toBe(ALONE);
  expect(page.title).toBe('Raza sees them home');
  expect(page.language).toBe('en');
});

it('keeps headings, list items and preformatted lines as lines of their own', () => {
  const text = textOf(
    aPage(
      anArticle('<h2>The squads</h2><ul><li>Raza (captain)</li><li><p>Ervine</p></li></ul>Rain<br>again'),
    ),
  );

  expect(text.split('\n').slice(1, 6)).toEqual([
    'The squads',
    '- Raza (captain)',
    '- Ervine',
    'Rain',
    'again',
  ]);
});

it('keeps the cells of a scorecard side by side', () => {
  const card = `<table><thead><tr><th>Batter</th><th>R</th><th>B</th></tr></thead>
    <tbody><tr><td>Raza <i>not out</i></td><td>61</td><td>38</td></tr>
    <tr><td><p>Ervine</p></td><td></td><td>12</td></tr></tbody></table>`;

  const lines = textOf(aPage(anArticle(card))).split('\n');

  expect(lines.slice(1, 4)).toEqual(['Batter | R | B', 'Raza not out | 61 | 38', 'Ervine | | 12']);
});

it('keeps the columns of a scorecard that is made of other elements, and of one that is preformatted', () => {
  const card = `<div role="table"><div role="row"><span role="columnheader">Batter</span><span role="columnheader">R</span></div>
    <div role="row"><span role="cell">Raza</span><span role="cell">61</span></div></div><pre>Ervine   c Root   12\nBurl     not out  30</pre>`;

  const lines = textOf(aPage(anArticle(card))).split('\n');

  expect(lines.slice(1, 5)).toEqual(['Batter | R', 'Raza | 61', 'Ervine c Root 12', 'Burl not out 30']);
});

it('numbers the items of an ordered list', () => {
  const text = textOf(aPage(anArticle('<ol><li>Raza</li><li><p>Ervine</p></li></ol>')));

  expect(text.split('\n').slice(1, 3)).toEqual(['1. Raza', '2. Ervine']);
});

it('reads paragraphs that stand in the cells of a layout table', () => {
  const page = `<table><tr><td><p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p></td><td><a href="/a">Home</a></td></tr></table>`;

  expect(textOf(aPage(page))).toContain(ALONE);
});

it.each([
  ['a script', '<script>var secret = "SECRET sentence that nobody sees.";</script>'],
  ['a style sheet', '<style>.SECRET { color: red }</style>'],
  ['a template', '<template><p>SECRET sentence that nobody sees.</p></template>'],
  ['noscript', '<noscript><p>SECRET sentence that nobody sees.</p></noscript>'],
  ['a comment', '<!-- <p>SECRET sentence that nobody sees.</p> -->'],
  ['the hidden attribute', '<p hidden>SECRET sentence that nobody sees.</p>'],
  ['aria-hidden', '<div aria-hidden="true"><p>SECRET sentence that nobody sees.</p></div>'],
  ['display: none', '<div style="color:red; display : none"><p>SECRET sentence that nobody sees.</p></div>'],
  ['visibility: hidden', '<p style="visibility:hidden">SECRET sentence that nobody sees.</p>'],
  ['a class for screen readers', '<p class="visually-hidden">SECRET sentence that nobody sees.</p>'],
  ['a select', '<select><option>SECRET</option></select>'],
])('leaves out what %s hides', (_, hidden) => {
  expect(textOf(aPage(anArticle(hidden)))).toBe(ALONE);
});

it('reads what a page built by React streams as hidden and moves into place', () => {
  const streamed = `<div id="root"></div><div hidden id="S:1a">${anArticle('')}</div>`;

  expect(textOf(aPage(streamed))).toBe(ALONE);
});

const PROSE =
  'SECRET words of another kind that go on for long enough to be taken for prose, if one is careless.';
it.each([
  ['navigation', `<nav><p>${PROSE}</p></nav>`],
  ['a cookie notice', `<div class="cookie-banner"><p>${PROSE}</p></div>`],
  ['a newsletter box', `<div id="newsletterSignup"><p>${PROSE}</p></div>`],
  ['share buttons', '<div class="social-share"><a href="/f">SECRET share</a></div>'],
  ['related stories', `<section class="related-stories"><h3>SECRET</h3><p>${PROSE}</p></section>`],
  ['comments', `<ol class="comment-list"><li><p>${PROSE}</p></li><li><p>${PROSE}</p></li></ol>`],
  ['an aside', `<aside><p>${PROSE}</p></aside>`],
  [
    'a photo caption',
    `<figure><img src="a.jpg"><figcaption>SECRET, photographed by her.</figcaption></figure>`,
  ],
  ['a list of links', '<ul><li><a href="/1">SECRET one</a></li><li><a href="/2">SECRET two</a></li></ul>'],
  ['a section of other stories', `<h2>You may also like</h2><p>${PROSE}</p><h2>Conditions</h2>`],
  ['a section of references', `<h2>Sources</h2><p>${PROSE}</p><h2>Conditions</h2>`],
  ['a section about the author', `<h3>About the author: SECRET</h3><p>${PROSE}</p><h2>Conditions</h2>`],
  ['a link to another story', '<p>Read more: SECRET story of the week</p>'],
  ['an advertisement line', '<p>Advertisement</p>'],
])('leaves out %s', (_, furniture) => {
  const text = textOf(aPage(anArticle(furniture)));

  expect(text).not.toMatch(/SECRET|Advertisement/);
  expect(
    text
      .split('\n')
      .filter((line) => line !== 'Conditions')
      .join('\n'),
  ).toBe(ALONE);
});

it.each([
  ['a body that is called sidebar-less', `<div class="layout no-sidebar">${anArticle('')}</div>`],
  [
    'a body whose id is a headline',
    `<div id="cookie-maker-turned-bowler-shares-her-story">${anArticle('')}</div>`,
  ],
  ['an article called social, with all the prose', `<div class="social">${anArticle('')}</div>`],
  ['paragraphs with names of their own', anArticle('').replaceAll('<p>', '<p class="ad print">')],
])('is not misled by %s', (_, body) => {
  expect(textOf(aPage(body))).toBe(ALONE);
});

it('keeps an article whose pieces are called like furniture, one by one', () => {
  const piece = (text: string) => `<div class="skip-item"><p>${text}</p></div>`;
  const text = textOf(aPage(`<h1>Raza sees them home</h1>${[FIRST, SECOND, THIRD].map(piece).join('')}`));

  expect(text).toBe(ALONE);
});

it('goes on after a box about a newsletter in the middle of an article', () => {
  const box = '<div><h2>Get our stories in your inbox</h2><p>SECRET words about it.</p></div>';

  expect(
    textOf(aPage(`<h1>Raza sees them home</h1><p>${FIRST}</p>${box}<p>${SECOND}</p><p>${THIRD}</p>`)),
  ).toBe(ALONE);
});

it('keeps the paragraphs beside a box that holds most of the article', () => {
  const inner = `<div><p>${SECOND}</p><p>${THIRD}</p><p>${SECOND}</p><p>${THIRD}</p></div>`;
  const text = textOf(aPage(`<div><h1>Raza sees them home</h1><p>${FIRST}</p>${inner}</div>`));

  expect(text).toBe([FIRST, SECOND, THIRD, SECOND, THIRD].join('\n'));
});

it('takes the standfirst between headline and body', () => {
  const standfirst = 'Two sixes in an over decide the third match of the series in Harare.';
  const body = `<header><h1>Raza sees them home</h1><p>${standfirst}</p></header><div class="story"><p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p></div>`;

  expect(textOf(aPage(body))).toBe(`${standfirst}\n${ALONE}`);
});

it('takes all sections of an article that is split into boxes', () => {
  const section = (text: string) => `<section><h2>Part</h2><p>${text}</p></section>`;
  const text = textOf(
    aPage(`<main><h1>Raza sees them home</h1>${[FIRST, SECOND, THIRD].map(section).join('')}</main>`),
  );

  expect(text).toBe(`Part\n${FIRST}\nPart\n${SECOND}\nPart\n${THIRD}`);
});

it('survives a head that is never closed and a page that is only a fragment', () => {
  expect(textOf(`<html><head><title>Raza</title><body>${anArticle('')}`)).toBe(ALONE);
  expect(textOf(`<p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p>`)).toBe(ALONE);
});

it.each([
  ['an empty page', ''],
  ['an error page', '<h1>404</h1><p>We could not find what you were looking for.</p>'],
  [
    'a front page',
    `<h1>Cricket</h1>${'<h3><a href="/x">Hundreds for two openers before the rain comes to Harare again</a></h3>'.repeat(30)}`,
  ],
  [
    'a cookie wall',
    '<h1>We value your privacy</h1><p>We and our 812 partners store and access information on a device, such as cookies, and process personal data for the purposes described below.</p><p>You may accept all cookies or manage your consent.</p>',
  ],
  [
    'a paywall',
    '<h1>Raza sees them home</h1><p>To go on reading this article, you need a subscription.</p><p>Subscribe now to continue reading and get unlimited access to all of our reports from Harare, and cancel anytime.</p>',
  ],
  [
    'a robot check',
    '<h1>One moment</h1><p>We have seen unusual traffic from your network. Please wait while we are checking your browser before you go on to the site that you asked for, it takes a few seconds.</p>',
  ],
])('finds no article on %s', (_, body) => {
  expect(textOf(aPage(body))).toBe('');
});

const PARAGRAPHS = `<p>${FIRST}</p><p>${SECOND}</p>`;
const bodyOf = (text: string, more = {}) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody: text, ...more })}</script>`;

it('takes the text that a page carries for programs when it shows none', () => {
  expect(textOf(aPage('<div id="root"></div>', bodyOf(PARAGRAPHS)))).toBe(`${FIRST}\n${SECOND}`);
  expect(textOf(aPage(anArticle(''), bodyOf('SECRET '.repeat(100))))).toBe(ALONE);
});

it.each([
  ['says that it is not free', '<div id="root"></div>', { isAccessibleForFree: false }],
  ['shows a wall', '<p>Already a subscriber? Log in to continue.</p>', {}],
  ['asks whether we are human', '<p>Please verify you are human.</p>', {}],
])('leaves the text for programs alone when the page %s', (_, body, more) => {
  expect(textOf(aPage(body, bodyOf(PARAGRAPHS, more)))).toBe('');
});

it('asks Defuddle for an article that is hidden until a script shows it', () => {
  const page = `<div style="visibility:hidden">${anArticle('')}</div>`;

  expect(textOf(aPage(page))).toBe(ALONE);
  expect(
    textOf(
      aPage(`<p>Members only: sign in to read on.</p>${page}`, bodyOf('', { isAccessibleForFree: false })),
    ),
  ).toBe('');
});

it('does not index the teaser of an article that the page says is not free', () => {
  const data =
    '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>';

  expect(textOf(aPage(anArticle(''), data))).toBe('');
  expect(textOf(aPage(anArticle('')))).toBe(ALONE);
});

it('asks Readability where no line looks like prose', () => {
  const lines = 'Harare, ninth over, four runs, no wicket, sun, '
    .repeat(3)
    .split(', ')
    .map((word) => `<div>${word}</div>`);

  const text = textOf(
    aPage(`<form class="login"><div class="content">${lines.join('').repeat(8)}</div></form>`),
  );

  expect(text).toContain('ninth over');
});
