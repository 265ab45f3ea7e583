// Where vectors are kept when others run Chroma: a server, a cluster or Chroma's Cloud.
import { BotError } from './errors.js';

export interface ChromaSecrets {
  /** Absent = a server of our own in the data folder. */
  chromaUrl?: string | undefined;
  /** Sent as x-chroma-token. */
  chromaApiKey?: string | undefined;
  /** Of the Cloud or a server with several; absent = the server's default ones. */
  chromaTenant?: string | undefined;
  chromaDatabase?: string | undefined;
}

/** Empty variables count as absent. Error: `config_invalid`. */
export function chromaSecretsOf(environment: NodeJS.ProcessEnv): ChromaSecrets {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const address = read('CHROMA_URL');
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (
    address !== undefined &&
    !(url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.username && !url.password)
  ) {
    // It may hold a password, so it is not repeated.
    throw new BotError(
      'config_invalid',
      'CHROMA_URL is no address of a Chroma server (allowed: http://HOST:PORT or https://HOST; a key goes into CHROMA_API_KEY)',
    );
  }
  return {
    chromaUrl: address?.replace(/\/$/, ''),
    chromaApiKey: read('CHROMA_API_KEY'),
    chromaTenant: read('CHROMA_TENANT'),
    chromaDatabase: read('CHROMA_DATABASE'),
  };
}
