// Who may speak with the console. A page of anywhere can make a browser send requests to this machine, also under a
// name that it owns (DNS rebinding); so the host that is asked for must be ours, and what changes something must come
// from our own page. Opened to other machines, it wants a token besides.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { isLoopback } from './serve.js';

export interface GuardOptions {
  /** Names by which it may be asked for, beside the loopback ones: "umpire.example.org". Ports do not count. */
  hosts: string[];
  /** Absent = none is wanted. */
  token?: string | undefined;
  /** The one style that may stand within a page. */
  style: string;
}

/** Nothing from elsewhere, nothing inline but our own style, no frame around it, and no script made of text. */
const policyOf = (style: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  // With none at all a browser would not name the origin of a form either.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const TOKEN_COOKIE = 'third-umpire-token';
const TOKEN_SECONDS = 30 * 86_400;

/** Headers of every answer, and 421, 403 or 401 for whoever may not ask. */
export function createGuard({ hosts, style, token }: GuardOptions): MiddlewareHandler {
  const headers = { ...HEADERS, 'content-security-policy': policyOf(style) };
  return async (context, next) => {
    for (const [name, value] of Object.entries(headers)) {
      context.header(name, value);
    }
    const host = context.req.header('host') ?? '';
    const name = hostName(host);
    if (name === undefined || !(isLoopback(name) || hosts.includes(name))) {
      return context.text('This address is not one of mine: name it in web.hosts.', 421);
    }
    const { method, path } = context.req;
    // An image of another page's may ask for what costs much, though it is not told what comes.
    if (path.startsWith('/api/') && context.req.header('sec-fetch-site') === 'cross-site') {
      return context.text('Only the console itself may do that.', 403);
    }
    if (method !== 'GET' && method !== 'HEAD' && !isFromOurPage(context.req.raw.headers, host)) {
      return context.text('Only the console itself may do that.', 403);
    }
    if (token === undefined || isForAll(path)) {
      return next();
    }
    if (isSame(getCookie(context, TOKEN_COOKIE) ?? '', keyOf(token))) {
      return next();
    }
    return isPage(context.req.raw.headers)
      ? context.redirect(SIGN_IN_PATH, 303)
      : context.text('The token of the console is wanted.', 401);
  };
}

export const SIGN_IN_PATH = '/sign-in';
/** The page's own files tell nothing, and the page to sign in wants its style. */
const isForAll = (path: string) => path === SIGN_IN_PATH || /^\/page\/[\w.-]+$/.test(path);

/** Takes the token of a form field `token`; a right one opens the console for this browser. */
export function createSignIn(token: string): MiddlewareHandler {
  return async (context) => {
    const { token: given } = await context.req.parseBody();
    if (typeof given !== 'string' || !isSame(given.trim(), token)) {
      return context.redirect(`${SIGN_IN_PATH}?wrong`, 303);
    }
    const secure = context.req.header('x-forwarded-proto') === 'https';
    setCookie(context, TOKEN_COOKIE, keyOf(token), {
      ...{ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: TOKEN_SECONDS, secure },
    });
    return context.redirect('/', 303);
  };
}

/** What the browser keeps: the token itself stays with whoever typed it. */
const keyOf = (token: string) => createHash('sha256').update(`console ${token}`).digest('hex');

/** In constant time, whatever the lengths. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(one as Buffer, other as Buffer);
}

/** "localhost:8321" is "localhost", "[::1]:8321" is "::1"; undefined = it is no host. */
function hostName(host: string): string | undefined {
  if (host === '' || /[@/\\?#\s]/.test(host) || !URL.canParse(`http://${host}`)) {
    return undefined;
  }
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Browsers name where a request comes from; a form of another page cannot set a header of its own. */
function isFromOurPage(headers: Headers, host: string): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const isOurs = origin !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
  return isOurs && (site === null || site === 'same-origin');
}

const isPage = (headers: Headers) => (headers.get('accept') ?? '').includes('text/html');
