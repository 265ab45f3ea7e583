// What people said of answers: the last word of each, kept as long as the answer.
import type { Database } from './schema.js';
import { inTurn } from './sql/transactions.js';
import { earlierQuestions } from './threads.js';

/** An answer that somebody found wrong, with all that a question of an evaluation is made of. */
export interface Complaint {
  questionId: string;
  /** `down` or `wrong-source`; each that was given, once. */
  kinds: string[];
  askedAt: string;
  text: string;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
  answer: string;
  generator: string;
  citations: { url: string; title: string; publisher: string }[];
  passages: { url: string; title: string; publisher: string }[];
}

export interface FeedbackStore {
  /** The last of a user counts. False = the answer is not kept any more. */
  putFeedback(questionId: string, userKey: string, kind: string, at: string): Promise<boolean>;
  /** In the order of asking; `since` = complained of from then on. */
  complaints(since?: string): Promise<Complaint[]>;
}

export function createFeedbackStore(db: Database): FeedbackStore {
  return {
    async putFeedback(questionId, userKey, kind, at) {
      const values = { kind, given_at: at };
      // The answer may be about to go, with what was said of it.
      const row = await inTurn(db, 'questions', (transaction) =>
        transaction
          .insertInto('feedback')
          .columns(['question_id', 'user_key', 'kind', 'given_at'])
          .expression((e) =>
            e
              .selectFrom('answers')
              .select(({ val }) => [
                'question_id',
                val(userKey).as('user_key'),
                val(kind).as('kind'),
                val(at).as('at'),
              ])
              .where('question_id', '=', questionId),
          )
          .onConflict((conflict) => conflict.columns(['question_id', 'user_key']).doUpdateSet(values))
          .returning('question_id')
          .executeTakeFirst(),
      );
      return row !== undefined;
    },

    async complaints(since = '') {
      const votes = await db
        .selectFrom('feedback')
        .select(['question_id', 'kind'])
        .where('kind', 'in', ['down', 'wrong-source'])
        .where('given_at', '>=', since)
        .execute();
      const found: Complaint[] = [];
      for (const id of new Set(votes.map(({ question_id }) => question_id))) {
        const asked = await db.selectFrom('asked').selectAll().where('id', '=', id).executeTakeFirst();
        const answer = await db
          .selectFrom('answers')
          .selectAll()
          .where('question_id', '=', id)
          .executeTakeFirst();
        if (asked && answer) {
          const kinds = votes.filter(({ question_id }) => question_id === id).map(({ kind }) => kind);
          found.push({
            questionId: id,
            kinds: [...new Set(kinds)].sort(),
            askedAt: asked.asked_at,
            text: asked.text,
            earlier: await earlierQuestions(db, asked),
            answer: answer.text,
            generator: answer.generator,
            citations: JSON.parse(answer.citations) as Complaint['citations'],
            passages: JSON.parse(answer.passages) as Complaint['passages'],
          });
        }
      }
      return found.sort(
        (a, b) => a.askedAt.localeCompare(b.askedAt) || a.questionId.localeCompare(b.questionId),
      );
    },
  };
}
