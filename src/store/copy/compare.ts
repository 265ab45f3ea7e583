// Whether two databases hold the same: every row of every table is read on both sides, in the order of its keys, and hashed.
import { createHash } from 'node:crypto';
import type { Table } from '../tables.js';
import { type AnyDatabase, pages } from './copy-table.js';

export interface TableFacts {
  name: string;
  rows: number;
  /** SHA-256 over all rows. */
  sha256: string;
}

export async function factsOf(db: AnyDatabase, table: Table): Promise<TableFacts> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const page of pages(db, table)) {
    for (const row of page) {
      const values = Object.keys(row)
        .sort()
        .map((column) => [column, plain(row[column])]);
      hash.update(JSON.stringify(values)).update('\n');
    }
    rows += page.length;
  }
  return { name: table.name, rows, sha256: hash.digest('hex') };
}

const plain = (value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
