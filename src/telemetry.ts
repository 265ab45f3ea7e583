// How long the stages of an answer take, as a histogram and as OpenTelemetry's spans with the names that its
// conventions give to generative AI. The one file that knows OpenTelemetry, and of it the API alone: spans cost nothing
// until a host installs an SDK (node --import).
import { type Attributes, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Ask } from './domain.js';
import { isBotError } from './errors.js';
import { stageTimes } from './metrics.js';
import type { Observe, Step } from './rag/observe.js';

const tracer = trace.getTracer('third-umpire');
const AGENT = 'third-umpire';

export const observe: Observe = (step, run) => {
  const { attributes, name } = spanOf(step);
  const end = stageTimes.startTimer({ stage: step.name });
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await run();
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      end();
      span.end();
    }
  });
};

/** The same core; a question from its beginning to its last event is a span that the steps lie in. */
export function observedAsk(ask: Ask): Ask {
  return async function* observedEvents(question, signal) {
    const attributes = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': AGENT,
      'gen_ai.conversation.id': question.id,
    };
    const span = tracer.startSpan(`invoke_agent ${AGENT}`, { attributes });
    const inside = trace.setSpan(context.active(), span);
    const end = stageTimes.startTimer({ stage: 'ask' });
    let firstText: (() => void) | undefined = stageTimes.startTimer({ stage: 'first_text' });
    const events = context.with(inside, () => ask(question, signal)[Symbol.asyncIterator]());
    try {
      for (;;) {
        const step = await context.with(inside, () => events.next());
        if (step.done) {
          return;
        }
        if (step.value.type === 'delta') {
          firstText?.();
          firstText = undefined;
        } else if (step.value.type === 'error') {
          span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', step.value.code);
        }
        yield step.value;
      }
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      end();
      span.end();
      await events.return?.();
    }
  };
}

function spanOf({ model, name }: Step): { name: string; attributes: Attributes } {
  switch (name) {
    case 'chat':
      return {
        name: `chat ${model}`,
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': model },
      };
    case 'retrieve':
      return { name: 'retrieval', attributes: { 'gen_ai.operation.name': 'retrieval' } };
    case 'assess':
      return { name: 'assess', attributes: {} };
  }
}

/** The code of what failed and nothing of its text: that may hold what people asked. */
function fail(span: Span, error: unknown): void {
  const type = isBotError(error) ? error.code : error instanceof Error ? error.name : '_OTHER';
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
}
