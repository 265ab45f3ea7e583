import { expect, it } from 'vitest';
import { BotError } from '#src/errors.js';
import { createModelFallback, type ModelCandidate } from '#src/rag/generate/model-fallback.js';
import { PROMPT_PRESETS } from '#src/rag/generate/prompt-presets.js';
import { createSettler } from '#src/rag/generate/settle.js';
import { createScriptedModel } from '../../helpers/scripted.js';

/** A candidate that fails as often as told before it opens, and knows how often it was opened and closed. */
function aCandidate(name: string, failures = 0) {
  const counts = { opened: 0, closed: 0 };
  const candidate: ModelCandidate = {
    name: `${name} (not open)`,
    async open() {
      counts.opened += 1;
      if (counts.opened <= failures) {
        throw new BotError('model_broken', `${name} is broken`);
      }
      const close = async () => {
        counts.closed += 1;
      };
      return Object.assign(createScriptedModel({ says: 'Yes.', name }), { close });
    },
  };
  return Object.assign(candidate, { counts });
}

const common = { onFailure: () => {} };
const missing = () => new BotError('model_missing', 'no model');

it('ends the opening of a model when it is closed, and opens no other one', async () => {
  const second = aCandidate('second');
  const slow: ModelCandidate = {
    name: 'slow',
    open: (signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  };
  const failures: unknown[] = [];
  const pool = createModelFallback([slow, second], { onFailure: (error) => failures.push(error) });
  const opening = Promise.resolve(pool.model()).catch((error: unknown) => error);

  await pool.close();

  expect(await opening).toMatchObject({ code: 'model_closed' });
  expect({ failures, opened: second.counts.opened }).toEqual({ failures: [], opened: 0 });
});

it('opens the first candidate once, however many ask at once', async () => {
  const first = aCandidate('first');
  const pool = createModelFallback([first, aCandidate('second')], common);
  expect(pool.state().name).toBe('first (not open)');
  expect(first.counts.opened).toBe(0);

  const models = await Promise.all([pool.model(), pool.model(), pool.model()]);

  expect(models.map((model) => model?.name)).toEqual(['first', 'first', 'first']);
  expect(first.counts.opened).toBe(1);
  expect(pool.model()).not.toBeInstanceOf(Promise);
});

it('takes the next one when the first does not open, and keeps the reason', async () => {
  const reported: unknown[] = [];
  const pool = createModelFallback([aCandidate('first', 1), aCandidate('second')], {
    onFailure: (error) => reported.push(error),
  });

  expect((await pool.model())?.name).toBe('second');
  expect(pool.state()).toMatchObject({ name: 'second', failures: ['first is broken'] });
  expect(reported).toHaveLength(1);
});

it('leaves a failed one alone for a while, then tries it again', async () => {
  let now = 0;
  const only = aCandidate('only', 1);
  const pool = createModelFallback([only], { ...common, now: () => now });

  expect(await pool.model()).toBeUndefined();
  now = 20_000;
  expect(pool.model()).toBeUndefined();
  expect(only.counts.opened).toBe(1);
  now = 31_000;
  expect((await pool.model())?.name).toBe('only');
  expect(pool.state().failures).toEqual([]);
});

it('throws where a model is required: at once when there is none, with its failure when it does not open', async () => {
  expect(() => createModelFallback([], { ...common, missing }).check()).toThrow('no model');
  const pool = createModelFallback([aCandidate('only', 9)], { ...common, missing });

  pool.check();
  await expect(async () => pool.model()).rejects.toThrow('only is broken');
  await expect(async () => pool.model()).rejects.toThrow('only is broken');
});

it('closes what is open, and what is just opening', async () => {
  const [open, opening, unused] = [aCandidate('a'), aCandidate('b'), aCandidate('c')];
  const pools = [open, opening, unused].map((candidate) => createModelFallback([candidate], common));
  await pools[0]?.model();
  void pools[1]?.model();

  await Promise.all(pools.map((pool) => pool.close()));

  expect([open, opening, unused].map(({ counts }) => counts.closed)).toEqual([1, 1, 0]);
});

it('settles a question by what is open, and lets it go when it is stopped', async () => {
  const options = { preset: PROMPT_PRESETS.cited, clock: () => new Date(0) };
  const never = new AbortController();
  const quotes = createSettler({ model: () => undefined }, options)(never.signal);
  const abort = new AbortController();
  const waiting = createSettler({ model: () => new Promise(() => {}) }, options)(abort.signal);
  const open = createModelFallback([aCandidate('tiny')], common);

  abort.abort(new Error('stopped'));

  expect(quotes).toMatchObject({ style: 'quotes' });
  await expect(waiting).rejects.toThrow('stopped');
  expect(await createSettler(open, options)(never.signal)).toMatchObject({ name: 'tiny', style: 'writes' });
});
