// What Postgres and the network say when something is wrong, as one line with a way out. Anything else is left as it is:
// it is a mistake of ours, or two transactions in each other's way.
import { BotError, describeError } from '../../errors.js';
import type { DatabaseAddress } from './address.js';

/** Codes of PostgreSQL's appendix A, and of the network. */
const ENDED = /^(08|57P0[1-5])/;
const UNREACHABLE =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET|ENOENT|EACCES|ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO)/;
/** The driver has no codes for its own. */
const LOST =
  /connection (terminated|error)|closed and is not queryable|timeout exceeded|read timeout|does not support SSL/i;
const REFUSED = /^(28|SASL)/;

const codeOf = (error: unknown) => String((error as { code?: unknown } | undefined)?.code ?? '');

/** Whether the connection is of no use any more. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return ENDED.test(code) || UNREACHABLE.test(code) || LOST.test(describeError(error));
}

/** The same for people, where it is something that they can mend; else the error itself. */
export function tellFailure(error: unknown, { shown, user }: DatabaseAddress): unknown {
  const code = codeOf(error);
  const because = (name: string, line: string) => new BotError(name, line, { cause: error });
  if (isLost(error)) {
    const why = describeError(error) || code;
    return because(
      'database_unreachable',
      `The ${shown} cannot be reached (${why}); check DATABASE_URL and that PostgreSQL runs there; it is tried again by itself`,
    );
  }
  if (REFUSED.test(code) || /^SASL/.test(describeError(error))) {
    return because(
      'database_refused',
      `The ${shown} refuses the user "${user}"; check name and password in DATABASE_URL`,
    );
  }
  switch (code) {
    case '3D000':
      return because('database_missing', `There is no ${shown}; make it with createdb, or mend DATABASE_URL`);
    case '53100':
      return because(
        'disk_full',
        `The disk of the ${shown} is full; free some space there, nothing is lost and it goes on by itself`,
      );
    case '53300':
      return because(
        'database_unreachable',
        `The ${shown} has no connection left; lower database.connections, or raise max_connections there`,
      );
    case '57014':
      return because(
        'database_slow',
        `The ${shown} took longer than database.statementSeconds allows; look at what it is busy with`,
      );
    case '25006':
      return because(
        'database_unusable',
        `The ${shown} is read-only, as a standby is; name the one that takes writes in DATABASE_URL`,
      );
    case '42501':
      return because(
        'database_refused',
        `The user "${user}" may not do all that is needed in the ${shown}; make it the owner of the database`,
      );
    default:
      return error;
  }
}
