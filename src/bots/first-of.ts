// A question below a digest is asked of the digest's own stories first, and of all articles when those do not answer it.
import type { AnswerEvent, Ask } from '../domain.js';

/** Text is held back until the stories are known to answer: what is shown is never taken back. */
export function firstOf(ask: Ask, articles: string[]): Ask {
  return async function* (question, signal) {
    const held: AnswerEvent[] = [];
    for await (const event of ask({ ...question, articles }, signal)) {
      if (event.type === 'status') {
        yield event;
        continue;
      }
      held.push(event);
      const isSettled =
        event.type === 'done' &&
        !event.answer.choices &&
        (!event.answer.abstained || event.answer.refused !== undefined);
      if (isSettled) {
        yield* held;
        return;
      }
    }
    yield* ask(question, signal);
  };
}
