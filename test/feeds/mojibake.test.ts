import { expect, it } from 'vitest';
import { mendMojibake } from '#src/feeds/mojibake.js';

/** UTF-8 read as windows-1252, as browsers define it: bytes without a sign become C1 controls. */
const lost = (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

it.each(['Zimbabwe’s', '“Out!”', 'café', 'España', 'over – under', 'GuardÂ', '£5', '🏏', 'a\u00a0b'])(
  'finds "%s" again',
  (text) => {
    expect(mendMojibake(lost(text))).toBe(text);
  },
);

it.each([
  'Zimbabwe’s café',
  'Spaß“ sagte er',
  '« CAFÉ\u00a0»',
  'Nguyễn',
  'Âge',
  'NÃO',
  'â',
  'हिन्दी',
  '£5 – £6',
])('leaves "%s" as it is', (text) => {
  expect(mendMojibake(text)).toBe(text);
});
