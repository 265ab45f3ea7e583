import { expect, it } from 'vitest';
import { shardingOf } from '#src/discord.js';

it.each([
  ['auto', undefined, 'inside'],
  ['auto', 'postgres://there/store', 'shared'],
  ['inside', 'postgres://there/store', 'inside'],
  ['processes', 'postgres://there/store', 'processes'],
  ['shared', undefined, 'shared'],
] as const)('shards by %s with a database at %s are held %s', (wanted, databaseUrl, held) => {
  expect(shardingOf(wanted, databaseUrl)).toBe(held);
});
