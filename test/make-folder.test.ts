import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '#src/make-folder.js';
import { tempFolder } from './helpers/temp-folder.js';

describe('the data folder', () => {
  it('is made with all that is above it, and may be there already', () => {
    const folder = path.join(tempFolder(), 'a', 'b', 'c');
    makeFolder(folder);
    makeFolder(folder);
    expect(existsSync(folder)).toBe(true);
  });

  it('is told at once where none can be made', () => {
    expect(() => makeFolder('/proc/none/of/these')).toThrow(/\/proc\/none\/of\/these cannot be made/);
  });
});
