// Tells whoever measures how long the steps of an answer take. The core names the steps; what is made of them
// (histograms, spans) is decided outside.
import type { Generator } from './generate/generate.js';
import type { SettleGenerator } from './generate/settle.js';

export interface Step {
  name: 'retrieve' | 'assess' | 'chat';
  /** The language model that is asked; only of `chat`. */
  model?: string | undefined;
}

/** Runs a step and gives what comes of it. */
export type Observe = <Result>(step: Step, run: () => Promise<Result>) => Promise<Result>;

export const unobserved: Observe = (_step, run) => run();

/** The same function, each call of which is a step. */
export function observed<Given extends unknown[], Result>(
  observe: Observe,
  name: Step['name'],
  run: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return (...given) => observe({ name }, () => run(...given));
}

/** The same generators; each time that a language model writes is a step. */
export function observedWriting(observe: Observe, settle: SettleGenerator): SettleGenerator {
  const watched = (generator: Generator): Generator =>
    generator.style === 'quotes'
      ? generator
      : {
          ...generator,
          generate: (request, options) =>
            observe({ name: 'chat', model: generator.name }, () => generator.generate(request, options)),
        };
  return (signal) => {
    const settled = settle(signal);
    return settled instanceof Promise ? settled.then(watched) : watched(settled);
  };
}
