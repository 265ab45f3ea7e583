// Where in a YAML file a wrong value stands. The library that knows is slow to load and to read, so it is asked
// only when something is wrong.
import { createRequire } from 'node:module';
import type { Document, LineCounter, Node } from 'yaml';
import type { z } from 'zod';
import { describeError } from './errors.js';

/** A file with its text. */
export interface ConfigText {
  file: string;
  text: string;
}

interface ParsedFile {
  file: string;
  document: Document;
  root: Node | null;
  lines: LineCounter;
}

/** "own.yaml:3  not valid YAML: …" for a text that `error` was thrown for. */
export function describeSyntaxError(given: ConfigText, error: unknown): string {
  const { document, file, lines } = parse(given);
  const [found] = document.errors;
  const [place, reason] = found
    ? [`:${lines.linePos(found.pos[0]).line}`, found.message]
    : ['', describeError(error)];
  return `${file}${place}  not valid YAML: ${reason.split('\n', 1)[0]}`;
}

/** "own.yaml:3  feeds.count: 10 is not allowed (allowed: 9 or less)" */
export function describeIssue(given: ConfigText[], issue: z.core.$ZodIssue, merged: unknown): string {
  const files = given.map(parse);
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
  return typeof node === 'object' && node !== null && 'range' in node ? (node as Node) : undefined;
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

function parse({ file, text }: ConfigText): ParsedFile {
  const yaml = createRequire(import.meta.url)('yaml') as typeof import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines });
  return { file, document, root: document.contents as Node | null, lines };
}
