// Requests to the console's server. What fails gives a sentence for people.

export class Failure extends Error {}

const UNREACHABLE = 'Third Umpire cannot be reached. Is it running?';

export async function read<Told>(path: string): Promise<Told> {
  return told<Told>(await fetch(`/api${path}`).catch(unreachable));
}

export async function send<Told>(path: string, body: object): Promise<Told> {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify(body) };
  return told<Told>(await fetch(`/api${path}`, request).catch(unreachable));
}

function unreachable(): never {
  throw new Failure(UNREACHABLE);
}

async function told<Told>(response: Response): Promise<Told> {
  if (response.status === 401) {
    // The token has run out, or the cookies are gone.
    location.reload();
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new Failure((body as { line?: string } | undefined)?.line ?? UNREACHABLE);
  }
  return body as Told;
}

/** A sentence for whatever was thrown. */
export const lineOf = (error: unknown): string =>
  error instanceof Failure ? error.message : 'Something broke on this page. Load it anew.';

/** 32 hex digits that nobody guesses; also where the page is served without TLS. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
