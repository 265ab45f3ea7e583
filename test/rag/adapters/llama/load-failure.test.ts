import { expect, it } from 'vitest';
import { isFileAtFault, loadFailure } from '#src/rag/adapters/llama/load-failure.js';

const CUT_OFF = "llama_model_load: error loading model: tensor 'blk.1' data is not within the file bounds";

it('tells a broken file from a lack of memory, also when the library logs it a moment later', async () => {
  const lines = ['ggml_backend_cuda_buffer_type_alloc_buffer: out of memory'];

  const isBroken = isFileAtFault(lines);
  lines.push(CUT_OFF);

  expect(await isBroken).toBe(true);
  expect(await isFileAtFault(['ggml_backend_cuda_buffer_type_alloc_buffer: out of memory'])).toBe(false);
});

it('says what is wrong with the file and what to do', () => {
  expect(loadFailure('a.gguf', ['something before', CUT_OFF])).toMatchObject({
    code: 'model_broken',
    message: 'a.gguf cannot be loaded: the file ends too early; download it again',
  });
});
