// Addresses that the environment names: of a database, of a model server and of proxies.
import { BotError } from './errors.js';

/**
 * Addresses of model servers, separated by commas or spaces, each once; with `/v1` where only a host is named. A password
 * does not belong into an address: addresses are shown.
 */
export function baseUrlsOf(value = ''): string[] {
  const given = value.split(/[\s,]+/).filter(Boolean);
  return [...new Set(given.map((address, i) => baseUrlOf(address, given.length > 1 ? `${i + 1}. ` : '')))];
}

/** One of them; `place` stands before what is told when it is none. Error: `config_invalid`. */
export function baseUrlOf(address: string, place = ''): string {
  return (
    apiAddress(address) ??
    // It may hold a password, so it is not repeated.
    invalid(
      `LLM_BASE_URL: the ${place}address is none of a server (allowed: http://HOST:PORT or https://HOST/v1, several with commas between; a key goes into LLM_API_KEY)`,
    )
  );
}

/** What people ask and are told goes there, so nobody on the way may read it: HTTPS, or this machine. */
export function privateUrlOf(value: string | undefined): string | undefined {
  const given = value?.trim();
  if (!given) {
    return undefined;
  }
  const address = apiAddress(given);
  const { hostname, protocol } = new URL(address ?? 'none:');
  const isPrivate = protocol === 'https:' || /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
  return address !== undefined && isPrivate
    ? address
    : invalid(
        'GUARD_BASE_URL is no address to send questions to (allowed: https://HOST/v1, or http://127.0.0.1:PORT on this machine; a key goes into GUARD_API_KEY)',
      );
}

/** With `/v1` where only a host is named; undefined = no address of a server. */
function apiAddress(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    return undefined;
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path || '/v1'}`;
}

/** It may hold a password, so it is never repeated. */
export function databaseUrlOf(value: string | undefined): string | undefined {
  const address = value?.trim();
  if (address && !/^postgres(ql)?:\/\//i.test(address)) {
    throw new BotError(
      'config_invalid',
      'DATABASE_URL is no address of a PostgreSQL database (allowed: postgres://USER:PASSWORD@HOST:5432/NAME)',
    );
  }
  return address || undefined;
}

function invalid(message: string): never {
  throw new BotError('config_invalid', message);
}

/** Proxies are named in capitals or small letters, as curl and others do; an empty one counts as absent. */
export function variable(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name] || environment[name.toLowerCase()] || undefined;
}

export function proxyOf(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = variable(environment, name);
  const address = value && !value.includes('://') ? `http://${value}` : value;
  if (address && !(URL.canParse(address) && /^https?:$/.test(new URL(address).protocol))) {
    // The value may hold a password, so it is not repeated.
    throw new BotError(
      'config_invalid',
      `${name} is no address of a proxy (allowed: http://[USER:PASSWORD@]HOST:PORT)`,
    );
  }
  return address;
}
