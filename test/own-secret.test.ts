import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createIdHash } from '#src/bots/id-hash.js';
import { ownSecret } from '#src/own-secret.js';
import { SECRET } from './fixtures/secrets.mjs';
import { tempFolder } from './helpers/temp-folder.js';

it('makes a secret once, for the eyes of its owner alone', () => {
  const folder = tempFolder();
  const file = path.join(folder, 'secret');

  const secret = ownSecret(folder, undefined);

  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(ownSecret(folder, undefined)).toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(ownSecret(tempFolder(), undefined)).not.toBe(secret);
});

it('takes the one of the environment, and writes it nowhere', () => {
  const folder = tempFolder();

  expect(ownSecret(folder, `elsewhere-${SECRET}`)).toBe(`elsewhere-${SECRET}`);
  expect(() => readFileSync(path.join(folder, 'secret'))).toThrow('ENOENT');
});

it('refuses one that is too short, or a file that cannot be made', () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'secret'), 'short\n');

  expect(() => ownSecret(tempFolder(), 'short')).toThrow(
    /THIRD_UMPIRE_SECRET is no secret: it needs 16 characters/,
  );
  expect(() => ownSecret(folder, undefined)).toThrow(/secret is no secret/);
  expect(() => ownSecret(path.join(folder, 'secret'), undefined)).toThrow(/cannot be read or made/);
});

it('hashes ids so that they tell nothing, and parts so that they do not run together', () => {
  const hash = createIdHash(`own-${SECRET}`);

  expect(hash('slack', 'T1', 'U123')).toMatch(/^[0-9a-f]{32}$/);
  expect(hash('slack', 'T1', 'U123')).toBe(hash('slack', 'T1', 'U123'));
  expect(hash('ab', 'c')).not.toBe(hash('a', 'bc'));
  expect(createIdHash('another secret of tests')('slack', 'T1', 'U123')).not.toBe(
    hash('slack', 'T1', 'U123'),
  );
});
