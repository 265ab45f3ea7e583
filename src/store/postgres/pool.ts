// Connections to PostgreSQL: a bounded number, each statement within a limit, and one that broke is thrown away, so that
// the next statement makes a new one. Losing the database and finding it again is told once each.
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { DatabaseAddress } from './address.js';
import { isLost, tellFailure } from './failures.js';

export interface DatabaseLimits {
  /** Connections at most. Default 10. */
  connections?: number | undefined;
  /** A server that does not let us in within so long is unreachable, and so is one with no connection free. Default 5. */
  connectSeconds?: number | undefined;
  /** A statement that takes longer is broken off. 0 = none is. Default 30. */
  statementSeconds?: number | undefined;
}

/** A server that does not even break it off has gone. */
const PATIENCE_MS = 5000;
/** A process that sleeps in the middle of a transaction keeps others waiting no longer. */
const IDLE_IN_TRANSACTION_MS = 10_000;

export function createPool(
  address: DatabaseAddress,
  {
    connections = 10,
    connectSeconds = 5,
    statementSeconds = 30,
    log,
  }: DatabaseLimits & { log?: Log | undefined },
): PostgresPool {
  const limitMs = statementSeconds * 1000;
  const pool = new pg.Pool({
    connectionString: address.url,
    application_name: 'third-umpire',
    max: connections,
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
    types: { getTypeParser },
    ...(limitMs > 0 ? { statement_timeout: limitMs, query_timeout: limitMs + PATIENCE_MS } : {}),
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  });
  let isGone = false;

  function lost(error: unknown): void {
    if (!isGone) {
      isGone = true;
      log?.error({ database: address.shown, why: describeError(error) }, 'the database is lost');
    }
  }
  function found(): void {
    if (isGone) {
      isGone = false;
      log?.warn({ database: address.shown }, 'the database is back');
    }
  }

  // Each of them also fails the statement that it had on; one that was idle is thrown away by the pool.
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));

  function failed(error: unknown): unknown {
    if (isLost(error)) {
      lost(error);
    }
    return tellFailure(error, address);
  }

  async function connect(): Promise<PostgresPoolClient> {
    const client = await pool.connect().catch((error: unknown) => {
      throw failed(error);
    });
    let isBroken = false;
    // Kysely asks with a text; cursors are for streams, of which the store has none.
    const query = (async (text: string, values: readonly unknown[] = []) => {
      if (isBroken && text === 'rollback') {
        // It has been rolled back, and why is known.
        return { command: 'ROLLBACK' as const, rowCount: 0, rows: [] };
      }
      try {
        const result = await client.query(text, values.map(whole));
        found();
        return result;
      } catch (error) {
        isBroken ||= isLost(error);
        throw failed(error);
      }
    }) as unknown as PostgresPoolClient['query'];
    return { query, release: () => client.release(isBroken) };
  }

  return { connect, end: () => pool.end() };
}

/** PostgreSQL takes no NUL in a text; HTML's own rule for one is U+FFFD, and SQLite's side does the same. */
function whole(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** As SQLite gives them: counts and revisions, 64 bits wide there and far from 2^53, are numbers, and bytes are their own. */
const getTypeParser = ((type: number, format?: 'text') => {
  const parse = pg.types.getTypeParser(type, format);
  switch (type) {
    case pg.types.builtins.INT8:
      return Number;
    case pg.types.builtins.BYTEA:
      return (text: string) => Uint8Array.from(parse(text) as Buffer);
    default:
      return parse;
  }
}) as typeof pg.types.getTypeParser;
