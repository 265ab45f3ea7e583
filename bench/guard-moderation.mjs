// Layer 1 of moderation on files of lines ({id, text, kind}); the id begins with the set: ordinary and
// harmless-scary should pass, abusive should be caught; with --model DIR by meaning, too. Prints rates, the ids that fail, and what one
// look of the rules costs. Give --why for the rules.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadHarmModel, loadModerationRules } from '#src/guard-rules.js';
import { createSwearingFinder } from '#src/rag/adapters/obscenity.js';
import { createSecondLook } from '#src/rag/guard/harm.js';
import { createModerator } from '#src/rag/guard/moderate.js';

const args = process.argv.slice(2);
const modelAt = args.indexOf('--model');
const [, folder] = modelAt >= 0 ? args.splice(modelAt, 2) : [];
const files = args.filter((arg) => !arg.startsWith('--'));
const why = args.includes('--why');
const harm = loadHarmModel();
const embedder =
  folder && (await (await import('#src/rag/adapters/embedder.js')).openEmbedder(folder, { threads: 1 }));
const onFailure = (error) => {
  throw error;
};
const moderate = createModerator(
  { ...loadModerationRules(), harm, isLookedAtAgain: Boolean(embedder) },
  createSwearingFinder(),
);
const lookAgain = embedder ? createSecondLook(harm, { embedder, onFailure }) : async () => undefined;
const never = new AbortController().signal;
const kinds = new Map();
const times = [];
const lines = files.flatMap((file) => parse(readFileSync(file, 'utf8')));
const before = performance.now();
moderate('Who won the match between India and Australia?', 'in');
const first = performance.now() - before;
// A process that runs: its code is compiled.
for (const { text } of lines) {
  moderate(text, 'in');
}
for (const { id, kind, obfuscated, lang, target, text } of lines) {
  const started = performance.now();
  const byRules = moderate(text, 'in');
  times.push(performance.now() - started);
  const found = byRules ?? (await lookAgain(text, never));
  const set = id.replace(/-\d+$/, '');
  const wrong = set.startsWith('abusive') !== Boolean(found);
  const more = set.startsWith('abusive')
    ? [`  in ${lang}`, `  to ${target}`, ...(obfuscated ? ['  obfuscated'] : [])]
    : [];
  const tags = [set, `  ${kind}`, ...more];
  for (const tag of tags) {
    const entry = kinds.get(tag) ?? { count: 0, found: 0, failing: [] };
    entry.count += 1;
    entry.found += found ? 1 : 0;
    if (wrong && tag === set) {
      entry.failing.push(why && found ? `${id} (${found.category}: ${found.rule})` : id);
    }
    kinds.set(tag, entry);
  }
}
for (const [tag, { count, failing, found }] of kinds) {
  console.log(
    `${tag}: ${found} of ${count} found (${((100 * found) / count).toFixed(1)} %)${failing.length > 0 ? `\n    failing: ${failing.join(', ')}` : ''}`,
  );
}
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))]?.toFixed(2);
console.log(
  `one look: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${times.at(-1)?.toFixed(2)} ms over ${times.length} lines in a warm process; the first of all ${first.toFixed(0)} ms`,
);
await embedder?.close();
