// The console as one Hono app: who may in, the page, what it reads, and what it hears.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Assets } from './assets.js';
import { createGuard, createSignIn, type GuardOptions, SIGN_IN_PATH } from './guard.js';
import { type HearDeps, hearRoutes } from './hear.js';
import type { ConsoleDesk } from './ports.js';
import { shell, signInPage, VIEWS } from './shell.js';
import { deskRoutes } from './show-desk.js';
import { type ShowThreadsDeps, threadRoutes } from './show-threads.js';
import { greet } from './user.js';

export interface WebAppDeps extends HearDeps, Omit<ShowThreadsDeps, 'desk'> {
  desk: ConsoleDesk;
  assets: Assets;
}

/** Of whatever is sent to us, before anybody reads it. */
const MOST_BYTES = 64 * 1024;

export function createWebApp(deps: WebAppDeps, guard: Omit<GuardOptions, 'style'>): Hono {
  const { assets, desk, log } = deps;
  const app = new Hono();
  app.use(createGuard({ ...guard, style: assets.style }));
  app.use(bodyLimit({ maxSize: MOST_BYTES }));
  if (guard.token !== undefined) {
    app.get(SIGN_IN_PATH, (context) =>
      context.html(signInPage(assets.style, context.req.query('wrong') !== undefined)),
    );
    app.post(SIGN_IN_PATH, createSignIn(guard.token));
  }
  for (const view of VIEWS) {
    const page = shell(view, assets.style);
    app.get(view.path, (context) => {
      greet(context);
      context.header('cache-control', 'no-store');
      return context.html(page);
    });
  }
  app.route('/', assets.routes);
  app.use('/api/*', async (context, next) => {
    context.header('cache-control', 'no-store');
    await next();
  });
  app.route('/api', threadRoutes(deps));
  app.route('/api', deskRoutes(desk, log));
  app.route('/api', hearRoutes(deps));
  app.notFound((context) => context.text('There is nothing here.', 404));
  return app;
}
