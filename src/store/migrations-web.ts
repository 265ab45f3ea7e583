// What the console in the browser shows: it is a platform that keeps its own messages.
import { type Kysely, type Migration, sql } from 'kysely';

const posts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table web_posts (
      id text primary key, question_id text not null, thread text not null, posted_at text not null,
      post text not null)`.execute(db);
    await sql`create index web_posts_by_thread on web_posts (thread, posted_at)`.execute(db);
    await sql`create index web_posts_by_question on web_posts (question_id)`.execute(db);
    await sql`create index web_posts_by_time on web_posts (posted_at)`.execute(db);
  },
};

export const webMigrations: Record<string, Migration> = { '0070-web-posts': posts };
