// A store of any size that looks like news: sentences of a store ingested from the kit recombined under new article
// ids, their vectors real ones with noise. Words keep the shares that they have in the kit, so the commonest stand in
// every third chunk at any size: harder for an index than news that grows, where new names come with new articles.
import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { splitSentences } from '#src/rag/evidence/sentences.js';
import { openStore } from '#src/store/open-store.js';
import { MODEL_KEY } from './kit.mjs';

const CHUNKS_PER_ARTICLE = 5;
const SENTENCES_PER_CHUNK = 8;
const PUBLISHERS = 40;
/** Of each component of a vector; gives a cosine of about .99 with the real one. */
const NOISE = 0.02;

/** Makes a store of `size` chunks and their vectors in `folder`, once. `source` = an open store of the kit's. */
export async function makeCorpus(source, folder, size) {
  const done = `${folder}/made-${size}`;
  if (existsSync(done)) {
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  const { puts } = await source.chunks.changesAfter(0, 1e6);
  const sentences = puts.flatMap((chunk) => splitSentences(chunk.text).map((text) => text.trim()));
  const headers = puts.map((chunk) => chunk.header);
  const known = [];
  for await (const batch of source.vectors.allVectors(MODEL_KEY)) {
    known.push(...batch.map(({ vector }) => vector));
  }
  const random = generator(7);
  const pick = (list) => list[Math.floor(random() * list.length)];
  // Written straight into the tables: looking for copies among random sentences would take longer than all else.
  const store = await openStore(folder);
  const database = new DatabaseSync(store.file);
  const statement = (table, columns) =>
    database.prepare(`insert into ${table} (${columns}) values (${columns.split(',').map(() => '?')})`);
  const putArticle = statement(
    'articles',
    'id,canonical_url,url,title,publisher,published_at,text,origin,content_hash',
  );
  const putChunk = statement('chunks', 'id,article_id,ordinal,header,text,revision');
  const putVector = statement('vectors', 'model,chunk_id,vector');
  database.exec('begin immediate');
  for (let article = 0; article * CHUNKS_PER_ARTICLE < size; article += 1) {
    const url = `https://example.org/${article}`;
    const id = hashOf(url, 16);
    const header = pick(headers);
    const texts = Array.from({ length: CHUNKS_PER_ARTICLE }, () =>
      Array.from({ length: SENTENCES_PER_CHUNK }, () => pick(sentences)).join(' '),
    );
    const publishedAt = new Date(1.1e12 + article * 3e5).toISOString();
    const publisher = `Example ${Math.floor(random() * PUBLISHERS)}`;
    const text = texts.join('\n');
    putArticle.run(id, url, url, header.split('. ')[0], publisher, publishedAt, text, 'page', id);
    for (const [ordinal, part] of texts.entries()) {
      const chunkId = `${id}:${ordinal}:${hashOf(`${header}\n${part}`, 8)}`;
      putChunk.run(chunkId, id, ordinal, header, part, article * CHUNKS_PER_ARTICLE + ordinal + 1);
      putVector.run(MODEL_KEY, chunkId, new Uint8Array(like(pick(known), random).buffer));
    }
  }
  database.prepare("update counters set value = ? where name = 'revision'").run(size);
  database.exec('commit');
  database.close();
  await store.close();
  writeFileSync(done, '');
}

function hashOf(text, length) {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

function like(vector, random) {
  const noisy = Float32Array.from(vector, (x) => x + (random() - 0.5) * NOISE);
  const length = Math.hypot(...noisy);
  return noisy.map((x) => x / length);
}

/** Park and Miller's minimal standard generator: the same corpus every time. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
