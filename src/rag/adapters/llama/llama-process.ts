// The process that the model lives in. It takes orders over its channel and ends with it, so that no model outlives
// the program; signals that are meant for the program are the program's to handle.
import { BotError, describeError, isBotError } from '../../../errors.js';
import { loadModel } from './load-model.js';
import { type LoadOrder, type Order, orderSchema, type Report } from './messages.js';
import { createPulse } from './pulse.js';
import { templateOf } from './template.js';
import { createWriter, type Writer } from './writer.js';

let writer: Writer | undefined;
const pulse = createPulse();
const writing = new Map<number, AbortController>();

// Not by `exit`, which waits for native calls: one that hangs would keep a model alive that nobody can reach.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {});
}
// Who measures memory starts the program with --expose-gc and asks for a collection.
process.on('SIGUSR2', () => globalThis.gc?.());
process.on('message', (raw) => void obey(orderSchema.parse(raw)));

function report(message: Report): void {
  process.send?.(message, undefined, {}, () => {});
}

async function obey(order: Order): Promise<void> {
  switch (order.type) {
    case 'load':
      await load(order.options);
      break;
    case 'write':
      await write(order);
      break;
    case 'cancel':
      writing.get(order.id)?.abort();
      break;
    case 'count':
      report({ type: 'counted', id: order.id, counts: order.texts.map((text) => writer?.count(text) ?? 0) });
      break;
  }
}

async function load(options: LoadOrder): Promise<void> {
  setInterval(() => {
    if (pulse.beats()) {
      report({ type: 'alive' });
    }
  }, options.beatMs / 2);
  const loadingEnds = pulse.work();
  try {
    const loaded = await loadModel(options, {
      note: (fields, text) => report({ type: 'log', level: 'info', text, fields }),
      onStep: pulse.step,
    });
    const { context, model } = loaded;
    const template = templateOf(options.template, {
      chatTemplate: model.fileInfo.metadata.tokenizer?.chat_template,
      hasInstToken: model.tokenize('[INST]', true).length === 1,
    });
    const made = createWriter(loaded, template);
    if (options.instructions) {
      await made.warm(options.instructions, pulse.step);
    }
    writer = made;
    loadingEnds();
    const { contextTokens, device, layers, name, vramBytes } = loaded;
    const { gpuLayers } = model;
    report({
      type: 'log',
      level: 'info',
      text: 'the model is loaded',
      fields: {
        name,
        device,
        gpuLayers,
        layers,
        contextTokens,
        sequences: context.totalSequences,
        template: template.name,
      },
    });
    report({ type: 'ready', name, contextTokens, gpuLayers, layers, vramBytes, device });
  } catch (error) {
    const code = isBotError(error) ? error.code : 'model_broken';
    process.send?.(
      { type: 'failed', code, message: describeError(error) } satisfies Report,
      undefined,
      {},
      () => process.exit(1),
    );
  }
}

async function write({ id, prompt, sampling }: Extract<Order, { type: 'write' }>): Promise<void> {
  const stop = new AbortController();
  const writingEnds = pulse.work();
  writing.set(id, stop);
  try {
    if (!writer) {
      throw new BotError('model_crashed', 'The model is not loaded.');
    }
    const { stop: why, tokens } = await writer.write(prompt, sampling, {
      signal: stop.signal,
      onBegun: (counts) => report({ type: 'begun', id, ...counts }),
      onText: (text) => report({ type: 'text', id, text }),
      onStep: pulse.step,
    });
    report({ type: 'done', id, stop: why, tokens });
  } catch (error) {
    if (isBotError(error)) {
      report({ type: 'refused', id, code: error.code, message: error.message });
      return;
    }
    // What the native library could not do once it may never do again: a new process can.
    report({
      type: 'log',
      level: 'error',
      text: 'the model failed',
      fields: { reason: describeError(error) },
    });
    process.disconnect?.();
  } finally {
    writing.delete(id);
    writingEnds();
  }
}
