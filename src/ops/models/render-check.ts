// A checked model as a person reads it: what it is, what it needs, what to do.
import { plain, type Style } from '../../bots/terminal/style.js';
import type { AskedServer, CheckedModel } from './model-desk.js';
import { gigabytes } from './plan-memory.js';

export function renderCheck(model: CheckedModel, style: Style): string {
  const { advice, bufferBytes, contextTokens, gpu, plan, sequences } = model;
  const experts =
    model.experts > 0 ? `, ${model.experts} experts of which ${model.expertsUsed} are used` : '';
  const where = gpu
    ? `${gpu.name}: ${gigabytes(gpu.free)} of ${gigabytes(gpu.memory)} free${gpu.computeCapability && `, compute capability ${gpu.computeCapability}, bfloat16 ${gpu.bfloat16 ? 'yes' : 'no (not needed: the weights are quantized)'}`}${gpu.driver && `, driver ${gpu.driver}`}`
    : 'no GPU: the processor does it all';
  const fits = gpu
    ? `${plan.gpuLayers} of ${plan.layers} layers on the GPU (${gigabytes(plan.gpuBytes)}), ${gigabytes(plan.cpuBytes)} beside; up to ${plan.sequencesThatFit} questions at once with all layers there`
    : `${gigabytes(plan.cpuBytes)} of memory`;
  const rows = [
    ['model', `${plain(model.name) || model.file} ${model.quantization}`.trim()],
    [
      'made of',
      `${plain(model.architecture)}, ${(model.parameters / 1e9).toFixed(1)} B parameters${experts}`,
    ],
    ['reads', `${contextTokens} tokens a question (trained for ${model.trainedTokens})`],
    [
      'takes',
      `${gigabytes(plan.totalBytes)}: weights ${gigabytes(plan.totalBytes - plan.kvBytes - bufferBytes)}, ${sequences} questions at once ${gigabytes(plan.kvBytes)}, buffers ${gigabytes(bufferBytes)}`,
    ],
    ['runs on', where],
    ['fits', fits],
  ];
  const lines = rows.map(([name = '', text]) => `${style.paint('dim', name.padEnd(8))} ${text}`);
  return `${[...lines, ...advice.map((line) => style.paint('yellow', `→ ${line}`))].join('\n')}\n`;
}

/** A line for each; '' = there are none. */
export function renderServers(servers: AskedServer[], style: Style): string {
  const width = Math.max(...servers.map(({ name }) => name.length));
  return servers
    .map(({ model, ms, name, problem, url }) =>
      model
        ? `${style.paint('green', '✓')} ${name.padEnd(width)}  ${url}  ${plain(model.name)}, ${model.contextTokens} tokens, ${model.limit} answers at once (asked in ${ms} ms)\n`
        : `${style.paint('red', '✗')} ${name.padEnd(width)}  ${plain(problem ?? '')}\n`,
    )
    .join('');
}
