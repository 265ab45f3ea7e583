// Reads YAML so that a wrong value can be named with its place: file:line, key, what was found, what is
// allowed. Several files are laid over each other, the last one wins, and the message points at the file
// that holds the wrong value. Right files, the usual case, are read by the faster library (a third of the time);
// JSON, which is YAML, too, by the runtime.
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import type { z } from 'zod';
import { type ConfigText, describeIssue, describeSyntaxError } from './config-place.js';
import { BotError } from './errors.js';

/** The checked value of the files laid over each other. Error: `config_invalid`, for the first wrong value. */
export function parseYaml<Schema extends z.ZodType>(files: ConfigText[], schema: Schema): z.output<Schema> {
  const merged = files.map(readValue).reduce(layOver);
  const result = schema.safeParse(merged);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  if (!issue) {
    throw result.error;
  }
  throw new BotError('config_invalid', describeIssue(files, issue, merged));
}

function readValue(given: ConfigText): unknown {
  try {
    if (given.file.endsWith('.json')) {
      return JSON.parse(given.text);
    }
    const [value, second] = loadAll(given.text, { schema: CORE_SCHEMA });
    if (second !== undefined) {
      throw new Error('it holds more than one document');
    }
    return value ?? {};
  } catch (error) {
    throw new BotError('config_invalid', describeSyntaxError(given, error), { cause: error });
  }
}

function layOver(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) {
    return above === undefined ? below : above;
  }
  const result: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    result[key] = layOver(below[key], value);
  }
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
