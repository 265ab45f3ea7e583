// Who somebody is to the console: a random id that their browser keeps. It says nothing but "the same as before"; the
// store has only hashes of it.
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const COOKIE = 'third-umpire-browser';
const DAYS = 400;

/** Undefined = the page was never loaded. */
export function userOf(context: Context): string | undefined {
  const user = getCookie(context, COOKIE);
  return user && /^[0-9a-f]{32}$/.test(user) ? user : undefined;
}

/** Gives the browser an id where it has none. */
export function greet(context: Context): void {
  if (userOf(context) === undefined) {
    const maxAge = DAYS * 86_400;
    setCookie(context, COOKIE, randomBytes(16).toString('hex'), {
      ...{ httpOnly: true, sameSite: 'Strict', path: '/', maxAge },
    });
  }
}
