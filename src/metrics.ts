// What is counted for Prometheus, by its naming rules: base units, `_total` for counters. Whoever does the work counts
// it here; what is a state of the moment (queues, feeds, indexes) is asked for when somebody reads the metrics.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const registry = new Registry();
const PREFIX = 'third_umpire_';
/** From a quotation out of a small index to a model that is asked by many. */
const ANSWER_SECONDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120];
const STAGE_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60];

export const questions = new Counter({
  name: `${PREFIX}questions_total`,
  help: 'Questions taken up to be answered.',
  labelNames: ['platform'],
  registers: [registry],
});

export const questionEnds = new Counter({
  name: `${PREFIX}question_ends_total`,
  help: 'Questions that ended: answered, failed, stopped, removed, undeliverable; code says why it failed.',
  labelNames: ['platform', 'ending', 'code'],
  registers: [registry],
});

export const answerTimes = new Histogram({
  name: `${PREFIX}answer_duration_seconds`,
  help: 'From a question to the end of its answer, as people see it.',
  labelNames: ['platform', 'ending'],
  buckets: ANSWER_SECONDS,
  registers: [registry],
});

export const stageTimes = new Histogram({
  name: `${PREFIX}stage_duration_seconds`,
  help: 'A stage of an answer: retrieve, assess, write, first_text (from the question to the first words), ask (all).',
  labelNames: ['stage'],
  buckets: STAGE_SECONDS,
  registers: [registry],
});

export const modelAnswers = new Counter({
  name: `${PREFIX}model_server_answers_total`,
  help: 'Completions by the model server that was asked: written or failed; one that fails before its first text is asked of another.',
  labelNames: ['server', 'outcome'],
  registers: [registry],
});

export const feedPolls = new Counter({
  name: `${PREFIX}feed_polls_total`,
  help: 'Polls of feeds: read or failed.',
  labelNames: ['outcome'],
  registers: [registry],
});

export const feedEntries = new Counter({
  name: `${PREFIX}feed_entries_total`,
  help: 'Entries of feeds by what became of them: new, changed, same, skipped, failed.',
  labelNames: ['outcome'],
  registers: [registry],
});

/** A state of the moment: its values by labels, one object a series. */
export type Sample = { value: number } & Record<string, string | number>;

/** Adds a gauge that is asked for its samples at each reading; one that fails has none then. */
export function addGauge(
  name: string,
  help: string,
  labels: string[],
  samples: () => Promise<Sample[]>,
): void {
  new Gauge({
    name: PREFIX + name,
    help,
    labelNames: labels,
    registers: [registry],
    async collect() {
      this.reset();
      for (const { value, ...labelled } of await samples().catch(() => [])) {
        this.set(labelled, value);
      }
    },
  });
}

/** Begins to count what the process itself takes: memory, CPU, the event loop's lag. */
export function countProcess(): void {
  collectDefaultMetrics({ register: registry });
}

/** All of it in Prometheus's text format, and its content type. */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  return { text: await registry.metrics(), contentType: registry.contentType };
}
