// Writes a small embedding model that the real library loads: a vocabulary of cricket words and letters, and
// an ONNX graph of one Gather from a table of fixed vectors. Texts are near when they share words, no more.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unitVector } from './vectors.js';

export const MODEL_DIMENSION = 32;

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const CHARACTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const WORDS =
  'harbour valley quill ash final won win wins match rain spin bowler bowled wicket wickets runs score captain coach auction record stadium quayside cup coast the a of in and to by who what'.split(
    ' ',
  );
const VOCABULARY = [...SPECIAL, ...WORDS, ...CHARACTERS, ...CHARACTERS.map((letter) => `##${letter}`)];

/** Writes the model's files into `folder` (made when absent) and gives the folder. */
export function makeEmbeddingModel(folder: string): string {
  return makeModel(folder, graph());
}

/** A cross-encoder: its one number is the sum of what the table holds for each token. */
export function makeRerankingModel(folder: string): string {
  return makeModel(folder, rankingGraph());
}

function makeModel(folder: string, weights: Buffer): string {
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  const write = (file: string, value: object) =>
    writeFileSync(path.join(folder, file), JSON.stringify(value));
  write('config.json', { model_type: 'bert', hidden_size: MODEL_DIMENSION, vocab_size: VOCABULARY.length });
  write('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    model_max_length: 64,
    pad_token: '[PAD]',
  });
  write('tokenizer.json', tokenizer());
  writeFileSync(path.join(folder, 'onnx/model_quantized.onnx'), weights);
  return folder;
}

function tokenizer(): object {
  const special = (token: string) => ({ SpecialToken: { id: token, type_id: 0 } });
  const parts = [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')];
  return {
    version: '1.0',
    added_tokens: SPECIAL.map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: { type: 'BertNormalizer', clean_text: true, lowercase: true, strip_accents: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: parts,
      pair: [...parts, { Sequence: { id: 'B', type_id: 1 } }, { SpecialToken: { id: '[SEP]', type_id: 1 } }],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [SPECIAL.indexOf(id)], tokens: [id] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##' },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    },
  };
}

// Field numbers and enums are those of onnx.proto3 (FLOAT = 1, INT64 = 7).
function graph(): Buffer {
  const output = tensorInfo('last_hidden_state', 1, ['batch', 'sequence', MODEL_DIMENSION]);
  return modelOf([gather('last_hidden_state')], output);
}

function rankingGraph(): Buffer {
  const sum = [
    bytes(1, 'embeddings'),
    bytes(2, 'sums'),
    bytes(4, 'ReduceSum'),
    bytes(5, join([bytes(1, 'axes'), number(8, 1), number(8, 2), number(20, 7)])),
    bytes(5, join([bytes(1, 'keepdims'), number(3, 0), number(20, 2)])),
  ];
  const shaped = [bytes(1, 'sums'), bytes(2, 'logits'), bytes(4, 'Unsqueeze')];
  const axes = bytes(5, join([bytes(1, 'axes'), number(8, 1), number(20, 7)]));
  const nodes = [gather('embeddings'), join(sum), join([...shaped, axes])];
  // Operator set 11, in which both take their axes as attributes.
  return modelOf(nodes, tensorInfo('logits', 1, ['batch', 1]), 11);
}

function gather(output: string): Buffer {
  return join([bytes(1, 'table'), bytes(1, 'input_ids'), bytes(2, output), bytes(4, 'Gather')]);
}

function modelOf(nodes: Buffer[], output: Buffer, operatorSet = 13): Buffer {
  const table = Buffer.concat(VOCABULARY.map((_, id) => Buffer.from(unitVector(id, MODEL_DIMENSION).buffer)));
  const tensor = [
    number(1, VOCABULARY.length),
    number(1, MODEL_DIMENSION),
    number(2, 1),
    bytes(8, 'table'),
    bytes(9, table),
  ];
  const parts = [
    ...nodes.map((node) => bytes(1, node)),
    bytes(2, 'embeddings'),
    bytes(5, join(tensor)),
    bytes(11, tensorInfo('input_ids', 7, ['batch', 'sequence'])),
    bytes(12, output),
  ];
  return join([number(1, 8), bytes(7, join(parts)), bytes(8, join([bytes(1, ''), number(2, operatorSet)]))]);
}

function tensorInfo(name: string, type: number, dimensions: (string | number)[]): Buffer {
  const shape = dimensions.map((size) =>
    bytes(1, typeof size === 'number' ? number(1, size) : bytes(2, size)),
  );
  const tensor = join([number(1, type), bytes(2, join(shape))]);
  return join([bytes(1, name), bytes(2, bytes(1, tensor))]);
}

function join(parts: Buffer[]): Buffer {
  return Buffer.concat(parts);
}

/** A protobuf field of wire type 0. */
function number(field: number, value: number): Buffer {
  return join([varint(field << 3), varint(value)]);
}

/** A protobuf field of wire type 2. */
function bytes(field: number, value: Buffer | string): Buffer {
  const content = Buffer.from(value);
  return join([varint((field << 3) | 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const result: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) {
    result.push((rest & 127) | 128);
  }
  return Buffer.from([...result, rest]);
}
