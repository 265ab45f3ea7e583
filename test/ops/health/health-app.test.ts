// The three addresses, as a balancer and Prometheus ask them.
import { expect, it } from 'vitest';
import { createHealthApp, type HealthSource } from '#src/ops/health/health-app.js';
import type { Readings } from '#src/ops/health/readings.js';

const OK = { status: 'ok' as const, fact: 'well' };

function open(parts: Partial<HealthSource> = {}, readings: Readings = { store: OK }) {
  let looks = 0;
  const source: HealthSource = {
    phase: () => 'running',
    readings: async () => {
      looks += 1;
      return readings;
    },
    metrics: async () => ({ text: 'third_umpire_articles 3\n', contentType: 'text/plain; version=0.0.4' }),
    now: () => 0,
    ...parts,
  };
  const app = createHealthApp(source);
  const ask = async (path: string) => {
    const response = await app.request(path);
    return { code: response.status, body: await response.text() };
  };
  return { ask, app, looks: () => looks };
}

it.each(['starting', 'running', 'stopping'] as const)('is alive while it is %s', async (phase) => {
  expect(await open({ phase: () => phase }).ask('/livez')).toEqual({ code: 200, body: 'ok\n' });
});

it.each([
  ['ready', 200, { store: OK, model: { status: 'off' as const, fact: 'as configured' } }],
  ['degraded', 200, { store: OK, slack: { status: 'degraded' as const, fact: 'not connected' } }],
  ['failed', 503, { store: { status: 'failed' as const, fact: 'the disk is gone' }, chroma: OK }],
])('is %s by how its parts do, and names each', async (status, code, readings) => {
  const found = await open({}, readings).ask('/readyz');

  expect([found.code, JSON.parse(found.body)]).toEqual([code, { status, checks: readings }]);
});

it.each(['starting', 'stopping'] as const)('is not ready while it is %s', async (phase) => {
  const { ask, looks } = open({ phase: () => phase });

  const { body, code } = await ask('/readyz');

  expect([code, JSON.parse(body), looks()]).toEqual([503, { status: phase, checks: {} }, 0]);
});

it('looks once a second, however often it is asked', async () => {
  let now = 0;
  const { ask, looks } = open({ now: () => now });
  await Promise.all([ask('/readyz'), ask('/readyz'), ask('/readyz')]);
  now = 1001;
  await ask('/readyz');

  expect(looks()).toBe(2);
});

it('gives the metrics in the format of Prometheus', async () => {
  const { app } = open();

  const response = await app.request('/metrics');

  expect(response.headers.get('content-type')).toContain('version=0.0.4');
  expect(await response.text()).toBe('third_umpire_articles 3\n');
});
