import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LANGUAGE_MODELS, namedModel } from '#src/rag/adapters/language-models.js';
import { tempFolder } from '../../helpers/temp-folder.js';

it.each([
  ['mixtral', 'Mixtral-8x7B-Instruct-v0.1.Q4_K_M.gguf'],
  ['small', 'Mistral-7B-Instruct-v0.3.Q4_K_M.gguf'],
  ['hf:one/Some-GGUF', 'Some.Q4_K_M.gguf'],
  ['hf:one/Some-GGUF:Q5_K_S', 'Some.Q5_K_S.gguf'],
  ['hf:one/Some-GGUF/files/Some.Q8.gguf#v2', 'Some.Q8.gguf'],
  ['https://example.org/a/My%20Model.gguf?download=true', 'My Model.gguf'],
])('finds the file of %s where it was fetched to', (name, file) => {
  expect(namedModel(name, '/models').file).toBe(path.join('/models', file));
});

it('tells where a model of the hub comes from', () => {
  expect(namedModel('hf:one/Some-GGUF/files/Some.Q8.gguf#v2', '/m').source).toEqual({
    repository: 'one/Some-GGUF',
    revision: 'v2',
    path: 'files/Some.Q8.gguf',
  });
  expect(namedModel('mixtral', '/m').source).toMatchObject({ quantization: 'Q4_K_M', revision: 'main' });
  expect(LANGUAGE_MODELS['mixtral']?.uri).toBe('hf:mradermacher/Mixtral-8x7B-Instruct-v0.1-GGUF:Q4_K_M');
});

it('takes a file of the operator as it is named, or by its bare name among the fetched ones', () => {
  const models = tempFolder();
  writeFileSync(path.join(models, 'own.gguf'), '');

  expect(namedModel('/elsewhere/own.gguf', models)).toEqual({
    name: '/elsewhere/own.gguf',
    file: '/elsewhere/own.gguf',
  });
  expect(namedModel('own.gguf', models).file).toBe(path.join(models, 'own.gguf'));
  expect(namedModel('other.gguf', models).file).toBe(path.resolve('other.gguf'));
});

it.each(['gpt', 'hf:nobody', 'hf:a/b/../../c.gguf', 'https://example.org/model.bin', '', 'model.bin'])(
  'says what can be named instead of "%s"',
  (name) => {
    expect(() => namedModel(name, '/models')).toThrowError(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(/allowed: |should end in/) }),
    );
  },
);
