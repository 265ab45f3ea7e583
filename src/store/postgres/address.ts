// DATABASE_URL, read once: what the driver needs, and what may be shown of it. A password is never part of a message.
import pg from 'pg';
import { BotError } from '../../errors.js';

export interface DatabaseAddress {
  /** With its secrets; for the driver alone. */
  url: string;
  /** As "database cricket on db.example.org:5432". */
  shown: string;
  user: string;
}

/** Error: `database_url_invalid`. */
export function readAddress(url: string): DatabaseAddress {
  try {
    const { database, host, port, user } = new pg.Client({ connectionString: url });
    if (!database || !host) {
      throw new Error('no database or no host');
    }
    return { url, user: user ?? '', shown: `database ${database} on ${host}:${port}` };
  } catch {
    // Without its cause, which may hold the address.
    throw new BotError(
      'database_url_invalid',
      'DATABASE_URL is no address of a database; it looks like postgres://USER:PASSWORD@HOST:5432/NAME, with signs as @ and / in the password written %40 and %2F',
    );
  }
}
