// The embedding models that can be named, and what must lie in a folder for one to load.
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface EmbeddingModel {
  /** Repository on the Hugging Face hub. */
  repository: string;
  /** How token vectors become one: their mean, or the first token's. */
  pooling: 'mean' | 'cls';
  /** Set before a question (not a passage), as the model was trained. */
  questionPrefix: string;
  /** Checksum of onnx/model_quantized.onnx; absent = the server's own checksum is compared instead. */
  sha256?: string;
}

/** all-mpnet-base-v2 is the reference recipe's. */
export const EMBEDDING_MODELS: Record<string, EmbeddingModel> = {
  'all-MiniLM-L6-v2': {
    repository: 'Xenova/all-MiniLM-L6-v2',
    pooling: 'mean',
    questionPrefix: '',
    sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
  },
  'all-mpnet-base-v2': { repository: 'Xenova/all-mpnet-base-v2', pooling: 'mean', questionPrefix: '' },
  'bge-small-en-v1.5': {
    repository: 'Xenova/bge-small-en-v1.5',
    pooling: 'cls',
    questionPrefix: 'Represent this sentence for searching relevant passages: ',
  },
};

export const WEIGHTS_FILE = 'onnx/model_quantized.onnx';
/** In the order of the download: small ones first, so that a wrong address fails at once. */
export const MODEL_FILES = ['config.json', 'tokenizer_config.json', 'tokenizer.json', WEIGHTS_FILE];

/** The first file that a model folder lacks; undefined = it is complete. */
export function missingFile(folder: string): string | undefined {
  return MODEL_FILES.find((file) => !existsSync(path.join(folder, file)));
}
