// The snapshots of the lexical index, where the settings name a folder for them. They are told apart by an id of the
// store, which is made when one is first wanted.
import { randomUUID } from 'node:crypto';
import type { Log } from '../log.js';
import { lexicalVersion } from './adapters/lexical.js';
import { createLexicalSnapshots } from './adapters/lexical-snapshots.js';
import type { Switches } from './index/collections.js';
import type { LexicalSnapshots } from './ports.js';

const STORE_ID = 'store id';

/** Undefined = no folder is named. */
export async function openSnapshots(
  { log, switches }: { log: Log; switches: Switches },
  { file, folder, namesKey }: { folder: string | undefined; file: string; namesKey: string },
): Promise<LexicalSnapshots | undefined> {
  if (folder === undefined) {
    return undefined;
  }
  await switches.change(STORE_ID, undefined, randomUUID());
  const store = (await switches.value(STORE_ID)) ?? '';
  return createLexicalSnapshots({ log }, { folder, file, store, version: lexicalVersion(namesKey) });
}
