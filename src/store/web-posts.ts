// The messages of the console's threads. They go with what they answer: threads.ts forgets them by their age, and
// forget.ts with the person who asked.
import type { Database } from './schema.js';

/** A message as its adapter keeps it. */
export interface KeptPost {
  id: string;
  /** '' = it answers none. */
  questionId: string;
  thread: string;
  /** ISO 8601; the order within a thread. */
  postedAt: string;
}

export interface WebPostStore {
  /** Adds it, or changes what stands in it; its place and time stay. */
  put<Post extends KeptPost>(post: Post): Promise<void>;
  /** Undefined = there is none. */
  get<Post extends KeptPost>(id: string): Promise<Post | undefined>;
  /** Those that answer a question, in order. */
  answering<Post extends KeptPost>(questionId: string): Promise<Post[]>;
  /** The last `most` of a thread, in order. */
  inThread<Post extends KeptPost>(thread: string, most: number): Promise<Post[]>;
  remove(ids: string[]): Promise<void>;
}

export function createWebPostStore(db: Database): WebPostStore {
  const posts = () => db.selectFrom('web_posts').select('post');
  const read = <Post>(rows: { post: string }[]) => rows.map(({ post }) => JSON.parse(post) as Post);
  return {
    async put(post) {
      const text = JSON.stringify(post);
      const { id, postedAt, questionId, thread } = post;
      await db
        .insertInto('web_posts')
        .values({ id, question_id: questionId, thread, posted_at: postedAt, post: text })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ post: text }))
        .execute();
    },

    async get<Post extends KeptPost>(id: string) {
      return read<Post>(await posts().where('id', '=', id).execute())[0];
    },

    async answering<Post extends KeptPost>(questionId: string) {
      return read<Post>(await posts().where('question_id', '=', questionId).orderBy('posted_at').execute());
    },

    async inThread<Post extends KeptPost>(thread: string, most: number) {
      const latest = posts().where('thread', '=', thread).orderBy('posted_at', 'desc').orderBy('id', 'desc');
      return read<Post>(await latest.limit(most).execute()).reverse();
    },

    async remove(ids) {
      await (ids.length > 0 ? db.deleteFrom('web_posts').where('id', 'in', ids).execute() : undefined);
    },
  };
}
