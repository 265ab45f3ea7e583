// Ten thousand outputs of a writer that puts addresses, mentions and role tokens everywhere, in pieces of any size, past a
// check that lets everything pass: what people are shown holds none of them.
import { expect, it } from 'vitest';
import { escapeMarkdown as forDiscord } from '#src/bots/discord/escape.js';
import { escapeMrkdwn as forSlack } from '#src/bots/slack/escape.js';
import { liveText } from '../../fakes/discord/live-markdown.js';
import { askWith, eventsOf } from '../../helpers/asker.js';
import { bySeed, createScriptedModel } from '../../helpers/scripted.js';

const OUTPUTS = 10_000;
const PIECES = [
  ...[
    'Harbour won the final',
    'Quill made 71',
    'six wickets',
    'in the rain',
    '24.75 crore',
    'he said',
    '“so',
    'it”',
  ],
  ...[
    'https://evil.example/x',
    'http://evil.example',
    'www.evil.example/a',
    'evil.example/path',
    'ftp://evil.example',
  ],
  ...[
    '[words](https://evil.example)',
    '![x](https://evil.example/p.png)',
    '<https://evil.example|words>',
    'HTTPS://EVIL.EXAMPLE/',
  ],
  ...[
    '@everyone',
    '@here',
    '@channel',
    '<!channel>',
    '<!here>',
    '<@U123456>',
    '<@!99>',
    '<@&77>',
    '<#C123>',
    '<!subteam^S1>',
  ],
  ...[
    '[INST]',
    '[/INST]',
    '<s>',
    '</s>',
    '<<SYS>>',
    '<|im_start|>',
    '<|eot_id|>',
    '[[INST]INST]',
    '<start_of_turn>',
  ],
  ...[
    '. ',
    '! ',
    '? ',
    '\n',
    ' [1]',
    ' [2].',
    '[3]',
    ', ',
    ' and ',
    '\u200b',
    '\u202e',
    ' — ',
    '(',
    ')',
    '**',
    '`',
  ],
];
const FOREIGN = /(?:https?|ftp):\/\/|www\.|evil\.example\//i;
const ROLE = /\[\/?INST\]|<<\/?SYS>>|<\/?s>|<\|[^|<>]{1,40}\|>|<start_of_turn>/i;

/** A generator of numbers in 0..1 that depends on the seed alone (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function outputOf(seed: number): string {
  const next = numbers(seed);
  const count = 6 + Math.floor(next() * 16);
  const glue = () => (next() < 0.6 ? ' ' : '');
  return Array.from({ length: count }, () => PIECES[Math.floor(next() * PIECES.length)] + glue()).join('');
}

it('shows no foreign address, no live mention and no role token', async () => {
  const found: string[] = [];
  let shown = 0;
  for (let seed = 1; seed <= OUTPUTS; seed += 1) {
    const ask = askWith(createScriptedModel({ says: outputOf(seed), split: bySeed(seed) }));
    const events = await eventsOf(ask, 'Who won the final?');
    const text = events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
    shown += text.length;
    const discord = liveText(forDiscord(text));
    const isLive =
      Object.values(discord).some((live) => Array.isArray(live) && live.length > 0) ||
      /<[@#!]|@(?:everyone|here|channel)\b/i.test(forSlack(text));
    if (FOREIGN.test(text) || ROLE.test(text) || isLive) {
      found.push(`${seed}: ${text}`);
    }
  }

  expect(found).toEqual([]);
  expect(shown).toBeGreaterThan(OUTPUTS * 20);
}, 300_000);
