// A guard model of this machine in the real library. The tiny model speaks of cricket and gives no verdict: what is tried
// here is the way to it (its process, its template, its deadline), and that nothing passes without its word. How well
// Llama Guard judges its own weights tell.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { AnswerEvent } from '#src/domain.js';
import { openGuard } from '#src/rag/open-guard.js';
import { openJudge } from '#src/rag/open-judge.js';
import { makeTinyModel } from '../fixtures/gguf/make-model.mjs';
import { scriptedAsk } from '../helpers/scripted-ask.js';
import { aLog, llamaOptions, SLOW_MS } from '../helpers/tiny-llama.js';

vi.setConfig({ testTimeout: SLOW_MS });

function tinyJudge(timeoutMs = SLOW_MS) {
  const folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'guard.gguf');
  makeTinyModel(file, {});
  const llama = llamaOptions({ file, template: 'llama-guard', sequences: 2 });
  return { kind: 'llama' as const, llama, timeoutMs };
}

it('asks the model in its own process, and takes no match report for a verdict', async () => {
  const { log, logged } = aLog();
  const { close, judge } = await openJudge({ log }, tinyJudge());
  onTestFinished(close);

  await expect(judge({ question: 'Did Kent win?' }, new AbortController().signal)).rejects.toMatchObject({
    code: 'guard_unreadable',
  });
  expect(logged.filter(({ msg }) => msg === 'the guard model did not open')).toEqual([]);
});

it('answers nothing while it loads or has no verdict', async () => {
  const { log } = aLog();
  const rules = { swearing: false, judge: tinyJudge(1) };
  const guard = await openGuard({ log, embedder: undefined }, rules);
  onTestFinished(guard.close);
  const ask = guard.around(scriptedAsk().ask);

  const events: AnswerEvent[] = [];
  for await (const event of ask({ id: '1', text: 'Who won?' }, new AbortController().signal)) {
    events.push(event);
  }

  expect(events).toMatchObject([{ type: 'error', code: 'guard_down' }]);
  expect(await guard.isPassed('Kent won.', new AbortController().signal)).toBe(false);
});

it('says that a file is not there, and answers nothing', async () => {
  const { log, logged } = aLog();
  const settings = tinyJudge();
  const { close, judge } = await openJudge(
    { log },
    { ...settings, llama: { ...settings.llama, file: '/nowhere/guard.gguf' } },
  );
  onTestFinished(close);

  await expect(judge({ question: 'Who won?' }, new AbortController().signal)).rejects.toMatchObject({
    code: 'guard_failed',
  });
  expect(logged.some(({ msg }) => msg === 'the guard model did not open')).toBe(true);
});
