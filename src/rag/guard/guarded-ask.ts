// Moderation around the core: a question is looked at before anything is done for it, and an answer before anybody sees
// it. Rules look at each piece as it is released, so that text still streams; where a guard model is configured, the
// answer is held back until the model has passed it, and without its word nothing is shown but the sources. A question
// that it could not look at is not answered: whoever runs the bot wanted each one looked at.
import type { Answer, AnswerEvent, Ask, Citation, Question, Refusal } from '../../domain.js';
import { describeError } from '../../errors.js';
import type { JudgeText } from '../ports.js';
import type { Finding, Moderate } from './moderate.js';
import { lineOf, refuse } from './refuse.js';

export interface GuardDeps {
  /** Absent = no rules. */
  moderate?: Moderate | undefined;
  /** Looks again at a question that the rules let pass; absent = nobody does. */
  secondLook?: ((text: string, signal: AbortSignal) => Promise<Finding | undefined>) | undefined;
  /** Absent = no model. */
  judge?: JudgeText | undefined;
  /** Told of each refusal, for the operator: the rule, never the text. */
  onRefused?: (finding: { refused: Refusal; rule: string }) => void;
  /** Gets the failure of the model. */
  onJudgeFailure?: (error: unknown) => void;
}

export function createGuardedAsk(ask: Ask, deps: GuardDeps): Ask {
  return async function* guardedAsk(question, signal) {
    let refused: Refusal | undefined;
    try {
      refused = await refusalOf(question, deps, signal);
    } catch (error) {
      signal.throwIfAborted();
      deps.onJudgeFailure?.(error);
      yield { type: 'error', code: 'guard_down', message: describeError(error) };
      return;
    }
    if (refused) {
      yield* refuse(refused, 'none');
      return;
    }
    yield* deps.judge
      ? judged(ask, question, deps, deps.judge, signal)
      : moderated(ask, question, deps, signal);
  };
}

async function refusalOf(
  { text }: Question,
  { judge, moderate, onRefused, secondLook }: GuardDeps,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const found = moderate?.(text, 'in') ?? (await secondLook?.(text, signal));
  if (found) {
    const refused = kindOf(found);
    onRefused?.({ refused, rule: found.rule });
    return refused;
  }
  const harm = await judge?.({ question: text }, signal);
  if (harm) {
    onRefused?.({ refused: harm, rule: 'guard model' });
  }
  return harm;
}

function kindOf({ category }: Finding): Refusal {
  return category === 'self-harm' ? 'self-harm' : 'abuse';
}

/** Passes events on until a piece of text must not be shown; then the sources so far are what is left. */
async function* moderated(
  ask: Ask,
  question: Question,
  deps: GuardDeps,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const citations: Citation[] = [];
  let shown = '';
  for await (const event of ask(question, signal)) {
    if (event.type === 'citation') {
      citations.push(event.citation);
    }
    const headlines = citations.map(({ title }) => title);
    const found = event.type === 'delta' ? deps.moderate?.(event.text, 'out', headlines) : undefined;
    if (found) {
      deps.onRefused?.({ refused: 'answer', rule: found.rule });
      yield* sourcesOnly(shown, citations);
      return;
    }
    shown += event.type === 'delta' ? event.text : '';
    yield event;
  }
}

/** Holds all text back until it is whole and judged. */
async function* judged(
  ask: Ask,
  question: Question,
  deps: GuardDeps,
  judge: JudgeText,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const held: AnswerEvent[] = [];
  const citations: Citation[] = [];
  let text = '';
  for await (const event of moderated(ask, question, deps, signal)) {
    if (event.type === 'status' || event.type === 'error') {
      yield event;
      continue;
    }
    held.push(event);
    text += event.type === 'delta' ? event.text : '';
    if (event.type === 'citation') {
      citations.push(event.citation);
    }
  }
  if (held.length === 0) {
    return;
  }
  if (text === '' || (await isPassed(judge, question.text, text, deps, signal))) {
    yield* held;
  } else {
    yield* citations.map((citation): AnswerEvent => ({ type: 'citation', citation }));
    yield* sourcesOnly('', citations);
  }
}

/** No word of the model is a no. */
async function isPassed(
  judge: JudgeText,
  question: string,
  answer: string,
  { onJudgeFailure, onRefused }: GuardDeps,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const harm = await judge({ question, answer }, signal);
    if (harm) {
      onRefused?.({ refused: 'answer', rule: `guard model: ${harm}` });
    }
    return harm === undefined;
  } catch (error) {
    signal.throwIfAborted();
    onJudgeFailure?.(error);
    return false;
  }
}

/** The sources, which were told already, and a line. */
function* sourcesOnly(shown: string, citations: Citation[]): Iterable<AnswerEvent> {
  const markers = citations.map(({ n }) => `[${n}]`).join('');
  const line = `${shown === '' ? '' : '\n'}${lineOf('answer')} ${markers}`.trimEnd();
  const answer: Answer = {
    text: shown + line,
    citations,
    retrieved: [],
    abstained: shown === '',
    refused: 'answer',
    publishersAgree: 0,
    warnings: [],
    dropped: 0,
    generator: 'none',
  };
  yield { type: 'delta', text: line };
  yield { type: 'done', answer };
}
