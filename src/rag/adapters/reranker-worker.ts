// The thread behind reranker.ts: one model, loaded once, never from the network.
import path from 'node:path';
import { AutoModelForSequenceClassification, AutoTokenizer, env } from '@xenova/transformers';
import { workerData } from 'piscina';

const { folder, threads } = workerData as { folder: string; threads: number };
env.allowRemoteModels = false;
env.localModelPath = path.dirname(folder);

/** Word pieces of question and text together; what such models were trained with. */
const LONGEST = 512;

async function load() {
  const name = path.basename(folder);
  const options = {
    dtype: 'q8',
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  } as const;
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(name),
    AutoModelForSequenceClassification.from_pretrained(name, options),
  ]);
  return { tokenizer, model };
}

let loaded: ReturnType<typeof load> | undefined;

/** How well the text answers the question, 0..1: the logistic function of the model's one number. */
export async function rate({ question, text }: { question: string; text: string }): Promise<number> {
  loaded ??= load();
  const { model, tokenizer } = await loaded;
  const inputs = tokenizer(question, { text_pair: text, truncation: true, max_length: LONGEST });
  const { logits } = (await model(inputs)) as { logits: { data: Float32Array } };
  return 1 / (1 + Math.exp(-(logits.data[0] ?? 0)));
}
