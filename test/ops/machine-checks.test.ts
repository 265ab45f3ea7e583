// What `doctor` says of the machine.
import { expect, it } from 'vitest';
import { checkClock, checkDisk, checkGpu, checkNode } from '#src/ops/machine-checks.js';
import { tempFolder } from '../helpers/temp-folder.js';

const NOW = new Date('2026-03-01T08:00:00Z');
const GPU = { name: 'NVIDIA L4', memory: 24e9, free: 20e9, computeCapability: '8.9', driver: '580.65' };

it.each([
  ['20.18.3', 'fail'],
  ['20.19.0', 'ok'],
  ['24.1.0', 'ok'],
])('reads Node %s as %s', (version, status) => {
  expect(checkNode(version).status).toBe(status);
});

it.each([
  [undefined, 'ok'],
  [new Date('2026-03-01T07:59:30Z'), 'ok'],
  [new Date('2026-03-01T07:54:00Z'), 'fail'],
  [new Date('2026-03-01T08:06:00Z'), 'fail'],
])('compares the clock with %s', (elsewhere, status) => {
  expect(checkClock(NOW, elsewhere).status).toBe(status);
});

it('says how far the clock is off, and how to mend it', () => {
  expect(checkClock(NOW, new Date('2026-03-01T08:06:00Z'))).toMatchObject({
    fact: expect.stringContaining('360 s behind'),
    fix: expect.stringContaining('time synchronisation'),
  });
});

it('fails with a clock that was never set', () => {
  expect(checkClock(new Date('1970-01-01T00:00:10Z')).status).toBe('fail');
});

it('tells the space on the disk', () => {
  expect(checkDisk(tempFolder()).fact).toMatch(/GB free/);
});

it('tells the GPU with driver and compute capability', () => {
  expect(checkGpu(GPU, 'auto')).toEqual({
    status: 'ok',
    fact: expect.stringMatching(/^NVIDIA L4, .* free, driver 580\.65, compute capability 8\.9$/),
  });
});

it.each([
  ['an old card', { ...GPU, computeCapability: '7.0' }, 'auto', 'warn'],
  ['no card', undefined, 'auto', 'ok'],
  ['no card where one is named', undefined, 'cuda', 'fail'],
])('judges %s', (_, gpu, wanted, status) => {
  expect(checkGpu(gpu, wanted).status).toBe(status);
});
