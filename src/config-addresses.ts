// Addresses that the environment names: of a model server and of proxies.
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
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    // It may hold a password, so it is not repeated.
    throw new BotError(
      'config_invalid',
      `LLM_BASE_URL: the ${place}address is none of a server (allowed: http://HOST:PORT or https://HOST/v1, several with commas between; a key goes into LLM_API_KEY)`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path || '/v1'}`;
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
