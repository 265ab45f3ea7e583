// A question below a digest is asked of the digest's own stories first, and of all articles when those do not answer it.
import type { Answer, AnswerEvent, Ask } from '../domain.js';

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
      const isSettled = event.type === 'done' && !event.answer.choices && isToldOrDeclined(event.answer);
      if (isSettled) {
        yield* held;
        return;
      }
    }
    yield* ask(question, signal);
  };
}

/** Of doubtful scope it is only because the stories do not answer: the articles may. */
function isToldOrDeclined({ abstained, refused }: Answer): boolean {
  return !abstained || (refused !== undefined && refused !== 'doubtful');
}
