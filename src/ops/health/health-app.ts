// The three addresses for whoever watches the process: /livez (it runs its event loop), /readyz (whether it can answer,
// and how each part does), /metrics (Prometheus). A degraded bot answers, so it is ready.
import { Hono } from 'hono';
import type { Reading, Readings } from './readings.js';

export interface HealthSource {
  phase(): 'starting' | 'running' | 'stopping';
  /** Asked when somebody wants to know, at most once a second. */
  readings(): Promise<Readings>;
  metrics(): Promise<{ text: string; contentType: string }>;
  /** Milliseconds. */
  now(): number;
}

export interface Readiness {
  /** `ready` and `degraded` can answer. */
  status: 'ready' | 'degraded' | 'failed' | 'starting' | 'stopping';
  checks: Readings;
}

const FRESH_MS = 1000;

export function createHealthApp(source: HealthSource): Hono {
  const app = new Hono();
  let last: { at: number; readings: Promise<Readings> } | undefined;

  /** Whoever asks in a loop costs no more than one look a second. */
  function readings(): Promise<Readings> {
    if (!last || source.now() - last.at >= FRESH_MS) {
      last = { at: source.now(), readings: source.readings() };
    }
    return last.readings;
  }

  async function readiness(): Promise<Readiness> {
    const phase = source.phase();
    if (phase !== 'running') {
      return { status: phase, checks: {} };
    }
    const checks = await readings();
    return { status: statusOf(Object.values(checks)), checks };
  }

  app.get('/livez', (context) => context.text('ok\n'));
  app.get('/readyz', async (context) => {
    const found = await readiness();
    return context.json(found, found.status === 'ready' || found.status === 'degraded' ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const { contentType, text } = await source.metrics();
    return context.body(text, 200, { 'content-type': contentType });
  });
  return app;
}

function statusOf(readings: Reading[]): Readiness['status'] {
  const has = (status: Reading['status']) => readings.some((reading) => reading.status === status);
  return has('failed') ? 'failed' : has('degraded') ? 'degraded' : 'ready';
}
