// Reads YAML so that a wrong value can be named with its place: file:line, key, what was found, what is
// allowed. Several files are laid over each other, the last one wins, and the message points at the file
// that holds the wrong value.
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { BotError } from './errors.js';

interface ParsedFile {
  file: string;
  root: Node | null;
  value: unknown;
  lines: LineCounter;
}

/** The checked value of the files laid over each other. Error: `config_invalid`, for the first wrong value. */
export function parseYaml<Schema extends z.ZodType>(
  files: { file: string; text: string }[],
  schema: Schema,
): z.output<Schema> {
  const parsed = files.map(parseFile);
  const merged = parsed.map(({ value }) => value).reduce(layOver);
  const result = schema.safeParse(merged);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  if (!issue) {
    throw result.error;
  }
  throw new BotError('config_invalid', describeIssue(parsed, issue, merged));
}

function parseFile({ file, text }: { file: string; text: string }): ParsedFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const { line } = lines.linePos(error.pos[0]);
    throw new BotError(
      'config_invalid',
      `${file}:${line}  not valid YAML: ${error.message.split('\n', 1)[0]}`,
    );
  }
  return { file, root: document.contents as Node | null, value: document.toJS() ?? {}, lines };
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

function describeIssue(files: ParsedFile[], issue: z.core.$ZodIssue, merged: unknown): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const keys = [...issue.path, ...(unknown === undefined ? [] : [unknown])];
  const owner = [...files].reverse().find(({ root }) => nodeAt(root, keys)) ?? files.at(-1);
  const node = owner && (nodeAt(owner.root, keys) ?? nodeAt(owner.root, keys.slice(0, -1)));
  const line = node?.range && owner ? `:${owner.lines.linePos(node.range[0]).line}` : '';
  const place = `${owner?.file ?? 'configuration'}${line}  ${keys.join('.') || '(whole file)'}`;
  if (unknown !== undefined) {
    const known = Object.keys((valueAt(merged, issue.path) ?? {}) as object).filter((key) => key !== unknown);
    const beside = known.length > 0 ? ` (beside it: ${known.slice(0, 8).join(', ')})` : '';
    return `${place}: no such setting${beside}`;
  }
  const found = valueAt(merged, issue.path);
  const shown = found === undefined ? 'is missing' : `${JSON.stringify(found).slice(0, 80)} is not allowed`;
  return `${place}: ${shown} (${allowed(issue)})`;
}

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `allowed: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `allowed: ${issue.minimum} or more`;
    case 'too_big':
      return `allowed: ${issue.maximum} or less`;
    case 'invalid_type':
      return `allowed: ${issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`}`;
    case 'invalid_format':
      return `allowed: ${issue.format === 'url' ? 'an http or https address' : issue.format}`;
    default:
      return issue.message;
  }
}

function nodeAt(root: Node | null | undefined, keys: PropertyKey[]): Node | undefined {
  let node: unknown = root;
  for (const key of keys) {
    node = isNodeWithGet(node) ? node.get(key, true) : undefined;
  }
  return isScalar(node) || isMap(node) || isNodeWithGet(node) ? (node as Node) : undefined;
}

function valueAt(value: unknown, keys: PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

function isNodeWithGet(node: unknown): node is { get(key: unknown, keepScalar: true): unknown } {
  return typeof node === 'object' && node !== null && 'get' in node;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
