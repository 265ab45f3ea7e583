import { expect, it } from 'vitest';
import type { AuditEntry } from '#src/store/audit.js';
import { openTestStore } from '../helpers/bots.js';

const anEntry = (changes: Partial<AuditEntry>): AuditEntry => ({
  ...{ at: '2023-12-19T10:00:00.000Z', via: 'slack', tenant: 'T1', actor: 'key of ann' },
  ...{ action: 'digest added', subject: 'C1', details: '' },
  ...changes,
});

it('gives the latest in the order of time, from a time on and by a person', async () => {
  const { audit } = await openTestStore();
  await audit.add(anEntry({ at: '2023-12-19T12:00:00.000Z', action: 'third' }));
  await audit.add(anEntry({ at: '2023-12-19T10:00:00.000Z', action: 'first', actor: 'key of ben' }));
  await audit.add(anEntry({ at: '2023-12-19T11:00:00.000Z', action: 'second' }));
  const actions = async (query: Parameters<typeof audit.list>[0]) =>
    (await audit.list(query)).map(({ action }) => action);

  expect(await actions({ most: 10 })).toEqual(['first', 'second', 'third']);
  expect(await actions({ most: 2 })).toEqual(['second', 'third']);
  expect(await actions({ most: 10, since: '2023-12-19T11:00:00.000Z' })).toEqual(['second', 'third']);
  expect(await actions({ most: 10, actors: ['key of ben'] })).toEqual(['first']);
});

it('forgets what is old', async () => {
  const { audit } = await openTestStore();
  await audit.add(anEntry({ at: '2023-12-18T10:00:00.000Z' }));
  await audit.add(anEntry({}));

  expect(await audit.forgetBefore('2023-12-19T00:00:00.000Z')).toBe(1);
  expect(await audit.list({ most: 10 })).toEqual([anEntry({})]);
});

it('keeps what was done and not by whom, when they are forgotten', async () => {
  const { audit, conversations } = await openTestStore();
  await audit.add(anEntry({}));
  await audit.add(anEntry({ actor: 'key of ben' }));

  expect(await conversations.tenants()).toEqual([{ platform: 'slack', tenant: 'T1' }]);
  expect(await conversations.forgetUser(['key of ann'])).toEqual({ questions: 0, others: 1 });
  expect((await audit.list({ most: 10 })).map(({ actor }) => actor).sort()).toEqual(['', 'key of ben']);
});
