// The file of an evaluation: questions with what is expected of their answers, and bounds for the figures. A wrong
// value is named with its line, as in every file of settings.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseYaml } from '../../config-file.js';
import { BotError } from '../../errors.js';
import { thresholdsSchema } from './thresholds.js';

const LARGEST_FILE = 5_000_000;

// YAML reads an unquoted 501 as a number; that is what was meant all the same.
const text = z.union([z.string().trim().min(1).max(2000), z.number().transform(String)], {
  error: 'a text of 1 to 2000 characters',
});
const time = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)),
    'an ISO 8601 time, for example 2023-12-19T15:05:00Z',
  );

/** Each entry must be met; an entry that is itself a list is met by any of its texts. */
const demands = z
  .union([text, z.array(z.union([text, z.array(text).min(1).max(100)])).max(100)], {
    error: 'a text, or a list of texts; in it a list stands for any one of its texts',
  })
  .transform((value) => [value].flat(1).map((entry) => [entry].flat()))
  .default([]);

const questionSchema = z
  .strictObject({
    id: text.optional(),
    question: z.string().trim().min(1).max(2000).optional(),
    turns: z.array(z.string().trim().min(1).max(2000)).min(1).max(50).optional(),
    now: time.optional(),
    'must-cite': demands,
    'must-contain': demands,
    'must-abstain': z.boolean().default(false),
    'fresh-since': time.optional(),
  })
  .superRefine((value, context) => {
    if (value.question === undefined && value.turns === undefined) {
      context.addIssue({ code: 'custom', path: ['question'], message: 'a question, or turns of a thread' });
    }
    for (const key of ['must-cite', 'must-contain', 'fresh-since'] as const) {
      if (value['must-abstain'] && value[key]?.length) {
        context.addIssue({ code: 'custom', path: [key], message: 'nothing beside must-abstain: true' });
      }
    }
  });

const fileSchema = z.strictObject({
  now: time.optional(),
  thresholds: thresholdsSchema,
  questions: z
    .array(questionSchema)
    .min(1)
    .max(10_000)
    .superRefine((questions, context) => {
      const ids = questions.map(idOf);
      for (const [i, id] of ids.entries()) {
        if (ids.indexOf(id) < i) {
          context.addIssue({ code: 'custom', path: [i, 'id'], message: 'an id of its own' });
        }
      }
    }),
});

/** One question with what its answer must and must not do. */
export interface EvalQuestion {
  id: string;
  /** What is asked and scored. */
  text: string;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
  /** When it is asked; absent = the clock of the session. */
  now: Date | undefined;
  /** Parts of addresses: one of each inner list must be cited. [] = sources are not scored. */
  mustCite: string[][];
  /** One text of each inner list must stand in the answer. [] = the words are not scored. */
  mustContain: string[][];
  mustAbstain: boolean;
  /** The newest source cited may not be older. */
  freshSince: Date | undefined;
}

export interface EvalFile {
  thresholds: z.output<typeof thresholdsSchema>;
  questions: EvalQuestion[];
}

/**
 * Reads and checks a file of at most 10,000 questions. Errors: `questions_missing` (no such file, or more than
 * 5 MB), `config_invalid` with file and line.
 */
export function loadQuestions(file: string): EvalFile {
  const name = path.relative(process.cwd(), path.resolve(file));
  const { now, thresholds, questions } = parseYaml([{ file: name, text: read(file) }], fileSchema);
  return { thresholds, questions: questions.map((question, i) => questionOf(question, i, now)) };
}

function questionOf(given: z.output<typeof questionSchema>, i: number, fileNow?: string): EvalQuestion {
  const { question, turns = [] } = given;
  // `turns` may end with the question, or lead up to it.
  const thread = question === undefined || turns.at(-1) === question ? turns : [...turns, question];
  const now = given.now ?? fileNow;
  const since = given['fresh-since'];
  return {
    id: idOf(given, i),
    text: thread.at(-1) ?? '',
    earlier: thread.slice(0, -1),
    now: now === undefined ? undefined : new Date(now),
    mustCite: given['must-cite'],
    mustContain: given['must-contain'],
    mustAbstain: given['must-abstain'],
    freshSince: since === undefined ? undefined : new Date(since),
  };
}

function idOf({ id }: { id?: string | undefined }, i: number): string {
  return id ?? String(i + 1);
}

function read(file: string): string {
  try {
    if (statSync(file).size <= LARGEST_FILE) {
      return readFileSync(file, 'utf8');
    }
  } catch (error) {
    throw new BotError('questions_missing', `${file} cannot be read; it should hold questions in YAML`, {
      cause: error,
    });
  }
  throw new BotError('questions_missing', `${file} is larger than 5 MB; split it`);
}
