// One answer against what its question demands. Sources are compared as articles: several passages of one count
// once, where the first of them stands.
import type { Answer } from '../../domain.js';
import type { EvalQuestion } from './question-file.js';

/** How one question went. A measure that its question does not ask for is undefined. */
export interface Score {
  id: string;
  question: string;
  /** '' when it failed. */
  answer: string;
  abstained: boolean;
  mustAbstain: boolean;
  /** Addresses cited by an answer that is no abstention. */
  cited: string[];
  /** How many of them are named in must-cite. */
  citedRight?: number | undefined;
  /** 1-based place of the first named article among those retrieved; 0 = not retrieved. */
  rank?: number | undefined;
  /** 1-based place by which each entry of must-cite has been met; 0 = never. */
  rankOfAll?: number | undefined;
  /** Whether it was answered with a source for each entry of must-cite. */
  sourcesRight?: boolean | undefined;
  /** Whether it was answered with all that must-contain asks for. */
  answerRight?: boolean | undefined;
  /** Whether it was answered from a source as new as fresh-since. */
  fresh?: boolean | undefined;
  /** Hours between the newest cited source and the moment of the question. */
  ageHours?: number | undefined;
  latencyMs: number;
  /** What is wrong, one thing each; [] = nothing. */
  mistakes: string[];
  /** The line of a failure; absent = an answer came. */
  error?: string | undefined;
}

export function scoreAnswer(
  question: EvalQuestion,
  answer: Answer,
  { latencyMs, now }: { latencyMs: number; now: Date },
): Score {
  const { freshSince, mustAbstain, mustCite, mustContain } = question;
  const { abstained } = answer;
  const cited = abstained ? [] : unique(answer.citations.map(({ url }) => url).filter(Boolean));
  const age = abstained || !answer.asOf ? undefined : now.getTime() - Date.parse(answer.asOf);
  const uncited = mustCite.filter((entry) => !cited.some((url) => names(entry, url)));
  const missing = mustContain.filter((entry) => !entry.some((text) => contains(answer.text, text)));
  const isFresh = !freshSince || (!abstained && Date.parse(answer.asOf ?? '') >= freshSince.getTime());
  return {
    id: question.id,
    question: question.text,
    answer: answer.text,
    abstained,
    mustAbstain,
    cited,
    ...(mustCite.length > 0 ? sourceScores(mustCite, cited, answer) : {}),
    sourcesRight: mustCite.length > 0 ? !abstained && uncited.length === 0 : undefined,
    answerRight: mustContain.length > 0 ? !abstained && missing.length === 0 : undefined,
    fresh: freshSince && isFresh,
    ageHours: age === undefined ? undefined : age / 3_600_000,
    latencyMs,
    mistakes: abstained
      ? silence(mustAbstain)
      : [
          ...(mustAbstain ? ['answered, but should have abstained'] : []),
          ...missing.map((entry) => `does not contain ${entry.join(' or ')}`),
          ...uncited.map((entry) => `does not cite ${entry.join(' or ')}`),
          ...(isFresh ? [] : [`newest source is of ${answer.asOf ?? 'no known time'}`]),
        ],
  };
}

/** A question that no answer came to: wrong in all that is asked of it. */
export function scoreFailure(question: EvalQuestion, error: string, latencyMs: number): Score {
  const { freshSince, mustAbstain, mustCite, mustContain } = question;
  return {
    id: question.id,
    question: question.text,
    answer: '',
    abstained: false,
    mustAbstain,
    cited: [],
    ...(mustCite.length > 0 ? { rank: 0, rankOfAll: 0, sourcesRight: false } : {}),
    ...(mustContain.length > 0 ? { answerRight: false } : {}),
    ...(freshSince ? { fresh: false } : {}),
    latencyMs,
    mistakes: [`failed: ${error}`],
    error,
  };
}

function silence(mustAbstain: boolean): string[] {
  return mustAbstain ? [] : ['abstained, but the articles answer it'];
}

function sourceScores(mustCite: string[][], cited: string[], answer: Answer) {
  const found = unique(answer.retrieved.map(({ url }) => url).filter(Boolean));
  const ranks = mustCite.map((entry) => found.findIndex((url) => names(entry, url)) + 1);
  const met = ranks.filter((rank) => rank > 0);
  return {
    citedRight: cited.filter((url) => names(mustCite.flat(), url)).length,
    rank: met.length > 0 ? Math.min(...met) : 0,
    rankOfAll: met.length === ranks.length ? Math.max(...ranks) : 0,
  };
}

/** An entry may be a whole address or any part of it: hosts and ports change, the end of an address does not. */
function names(entry: string[], url: string): boolean {
  return entry.some((part) => url.includes(part));
}

/** Markers, case, white space and the shape of quotation marks do not matter; "36" does not stand in "365" or "1.36". */
function contains(answer: string, text: string): boolean {
  const escaped = normal(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<!\\d|\\d[.,])${escaped}(?!\\d|[.,]\\d)`).test(normal(answer));
}

function normal(text: string): string {
  return text
    .replace(/\s*\[\d+\]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}

function unique(urls: string[]): string[] {
  return [...new Set(urls)];
}
