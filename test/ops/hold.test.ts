import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { BotError } from '#src/errors.js';
import { createHold, type HoldDeps, isGoneOwner, ownerName } from '#src/ops/hold.js';

const CLAIM = { subject: 'https://example.com/feed.xml', job: 'poll' };
const never = new AbortController().signal;

function holder(
  claims: Partial<HoldDeps['claims']> = {},
  clock = () => new Date('2023-12-19T10:00:00.000Z'),
) {
  const calls: string[] = [];
  const renewals: (() => void)[] = [];
  const hold = createHold({
    owner: 'me',
    clock,
    claims: {
      take: async (_claim, owner, { expiresAt }) => {
        calls.push(`take ${owner} until ${expiresAt.slice(11, 19)}`);
        return true;
      },
      renew: async () => true,
      release: async () => {
        calls.push('release');
      },
      ...claims,
    },
    every: (_milliseconds, run) => {
      renewals.push(run);
      return () => {
        calls.push('stop renewing');
      };
    },
  });
  return { calls, hold, renewals };
}

it('does the work between taking and giving back', async () => {
  const { calls, hold } = holder();

  const held = await hold(CLAIM, never, async () => calls.push('work'));

  expect(held?.result).toBe(2);
  expect(calls).toEqual(['take me 1 until 10:00:30', 'work', 'stop renewing', 'release']);
});

it('does nothing while another process works', async () => {
  const { calls, hold } = holder({ take: async () => false });

  expect(await hold(CLAIM, never, async () => calls.push('work'))).toBeUndefined();
  expect(calls).toEqual([]);
});

it('gives the claim back when the work fails', async () => {
  const { calls, hold } = holder();

  await expect(hold(CLAIM, never, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(calls.at(-1)).toBe('release');
});

it('ends the work when another process took the claim over', async () => {
  const { hold, renewals } = holder({ renew: async () => false });

  const work = hold(CLAIM, never, async (signal) => {
    renewals[0]?.();
    await once(signal, 'abort');
    signal.throwIfAborted();
  });

  expect(await work).toBeUndefined();
});

it('gives each hold a name of its own, for what is written under it', async () => {
  const { calls, hold } = holder();
  const owners: string[] = [];

  for (const _ of [1, 2]) {
    await hold(CLAIM, never, async (_signal, { owner }) => owners.push(owner));
  }

  expect(owners).toEqual(['me 1', 'me 2']);
  expect(calls.filter((call) => call.startsWith('take'))).toEqual([
    'take me 1 until 10:00:30',
    'take me 2 until 10:00:30',
  ]);
});

it('goes on while the store is away, until the claim has run out', async () => {
  let now = new Date('2023-12-19T10:00:10.000Z');
  const away = () => Promise.reject(new Error('the store is away'));
  const { hold, renewals } = holder({ renew: away, release: away }, () => now);
  const states: boolean[] = [];

  const work = hold(CLAIM, never, async (signal) => {
    for (const time of ['10:00:20', '10:00:39', '10:00:41']) {
      now = new Date(`2023-12-19T${time}.000Z`);
      renewals[0]?.();
      await new Promise(setImmediate);
      states.push(signal.aborted);
    }
    signal.throwIfAborted();
  });

  expect(await work).toBeUndefined();
  expect(states).toEqual([false, false, true]);
});

it('ends without a result when a write finds that the claim is lost', async () => {
  const { hold } = holder();

  const work = hold(CLAIM, never, () => Promise.reject(new BotError('claim_lost', 'taken over')));

  expect(await work).toBeUndefined();
});

it('passes an abort on to the work', async () => {
  const controller = new AbortController();
  const { hold } = holder();

  const work = hold(CLAIM, controller.signal, async (signal) => {
    controller.abort(new Error('stopped'));
    signal.throwIfAborted();
  });

  await expect(work).rejects.toThrow('stopped');
});

it('knows processes of this machine that have ended, and judges no other machine', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const self = ownerName();
  const other = `${hostname()} ${child.pid} 00000000`;

  const whileAlive = isGoneOwner(other, self);
  child.kill('SIGKILL');
  await once(child, 'close');

  expect(whileAlive).toBe(false);
  expect(isGoneOwner(other, self)).toBe(true);
  expect(isGoneOwner(`elsewhere ${child.pid} 00000000`, self)).toBe(false);
  expect(isGoneOwner(self, self)).toBe(false);
  expect(isGoneOwner(`${self} 7`, self)).toBe(false);
  expect(isGoneOwner(`${hostname()} ${process.pid} 00000000`, self)).toBe(true);
});
