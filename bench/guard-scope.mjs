// Which questions of files ({id, text, kind}; the id begins with scope-cricket or scope-other) are declined: by words alone, and with --model
// DIR by meaning, too. No index stands behind it, so that no name is known from articles and a doubtful question counts
// as declined: the worst case for cricket.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadScopeRules } from '#src/guard-rules.js';
import { createScope } from '#src/rag/guard/scope.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { withoutIndex } from './no-index.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--model');
const [, folder] = at >= 0 ? args.splice(at, 2) : [];
const why = args.includes('--why');
const files = args.filter((arg) => !arg.startsWith('--'));
const rules = loadScopeRules();
const embedder =
  folder && (await (await import('#src/rag/adapters/embedder.js')).openEmbedder(folder, { threads: 1 }));
const decide = createScope(rules, { embedder: embedder || undefined });
const kinds = new Map();
const times = [];
for (const { id, kind, lang, text, turns = [] } of files.flatMap((file) =>
  parse(readFileSync(file, 'utf8')),
)) {
  const query = await understandInThread(text, turns, withoutIndex);
  const started = performance.now();
  const refused = await decide(query);
  times.push(performance.now() - started);
  const set = id.replace(/-\d+$/, '');
  for (const tag of [set, `  ${kind}${lang ? ` in ${lang}` : ''}`]) {
    const entry = kinds.get(tag) ?? { count: 0, refused: 0, doubtful: 0, failing: [] };
    entry.count += 1;
    entry.refused += refused ? 1 : 0;
    entry.doubtful += refused === 'doubtful' ? 1 : 0;
    if (set.startsWith('scope-other') !== Boolean(refused)) {
      entry.failing.push(`${id}${refused ? ` (${refused})` : ''}${why ? `: ${text}` : ''}`);
    }
    kinds.set(tag, entry);
  }
}
for (const [tag, { count, doubtful, failing, refused }] of kinds) {
  const ids = failing.length > 0 && !tag.startsWith(' ') ? `\n    failing: ${failing.join(', ')}` : '';
  console.log(
    `${tag}: ${refused} of ${count} declined (${((100 * refused) / count).toFixed(1)} %; ${doubtful} of them in doubt)${ids}`,
  );
}
times.sort((a, b) => a - b);
console.log(
  `one decision: p50 ${times[times.length >> 1]?.toFixed(2)} ms, p95 ${times[Math.floor(times.length * 0.95)]?.toFixed(2)} ms, ${embedder ? 'with' : 'without'} weights`,
);
await embedder?.close();
