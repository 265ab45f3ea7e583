// How well the grounding check tells true sentences from changed ones:
//   node bench/grounding.mjs PAIRS.yaml          a file like test/rag/grounding-pairs.yaml: caught, lost, and which
//   node bench/grounding.mjs --why PAIRS.yaml    the same, with what spoke against each sentence judged wrongly
//   node bench/grounding.mjs --store DATA_DIR    sentences of a store, as they stand and with one figure or name changed
import { loadCricketNames } from '#src/cricket.js';
import { splitSentences } from '#src/rag/evidence/sentences.js';
import { createGroundingCheck } from '#src/rag/ground/check.js';
import { createNameReader } from '#src/rag/ground/names.js';
import { openStore } from '#src/store/open-store.js';
import { readPairs, sourceOf } from './grounding-pairs.mjs';
import { whyUngrounded } from './grounding-why.mjs';

const PASSAGES = 400;
const checker = (now) => createGroundingCheck(createNameReader(loadCricketNames()), () => new Date(now));
const rate = (part, whole) => Number((part / whole).toFixed(4));

function scorePairs(files, isWhy) {
  const outcomes = new Map();
  for (const pair of readPairs(files)) {
    const { changed, hard, id, now, sentence, supported } = pair;
    const ungrounded = checker(now)(sentence, [sourceOf(pair)]);
    const isFlagged = ungrounded.length > 0;
    const kinds = supported ? ['lost'] : ['caught', `caught ${changed}`, ...(hard ? ['caught hard'] : [])];
    for (const kind of kinds) {
      outcomes.set(kind, [...(outcomes.get(kind) ?? []), isFlagged]);
    }
    if (supported === isFlagged) {
      const why = isWhy ? whyUngrounded(sentence, sourceOf(pair)).map((line) => `\n         ${line}`) : [];
      console.log(supported ? 'lost  ' : 'missed', id, sentence, ungrounded, ...why);
    }
  }
  for (const [kind, flags] of [...outcomes].sort(([one], [other]) => one.localeCompare(other))) {
    const [low, high] = intervalOf(flags);
    const count = flags.filter(Boolean).length;
    console.log(
      `${kind}: ${count} of ${flags.length} = ${rate(count, flags.length)} (95 %: ${low} to ${high})`,
    );
  }
}

/** From 2000 resamples of the pairs, seeded. */
function intervalOf(flags) {
  // The low digits of such a sequence repeat soon; the high ones do not.
  const draw = seeded(7);
  const pick = (limit) => Math.floor((draw(1_000_003) / 1_000_003) * limit);
  const rates = Array.from({ length: 2000 }, () =>
    rate(flags.filter(() => flags[pick(flags.length)]).length, flags.length),
  ).sort((one, other) => one - other);
  return [rates[50], rates[1949]];
}

/** Numbers below `limit` that depend on nothing but their order. */
function seeded(seed) {
  let state = seed;
  return (limit) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % limit;
  };
}

async function scoreStore(dataDir) {
  const store = await openStore(dataDir);
  const check = checker(await store.chunks.newestArticle());
  const chunks = [];
  let batch = await store.chunks.changesAfter(0, 500);
  while (batch) {
    chunks.push(...batch.puts);
    batch = await store.chunks.changesAfter(batch.revision, 500);
  }
  const step = Math.max(1, Math.floor(chunks.length / PASSAGES));
  const ids = chunks.filter((_, i) => i % step === 0).map(({ id }) => id);
  const passages = await store.chunks.passages(ids.slice(0, PASSAGES));
  const surnames = [
    ...new Set(
      chunks.flatMap(({ text }) =>
        [...text.matchAll(/(?<=[a-z] )\p{Lu}\p{Ll}+ (\p{Lu}\p{Ll}{3,})/gu)].map(([, name]) => name),
      ),
    ),
  ];
  const pick = seeded(7);
  const counts = { sentences: 0, lost: 0, figures: 0, figuresCaught: 0, names: 0, namesCaught: 0 };
  const started = performance.now();
  for (const passage of passages) {
    const isFlagged = (sentence) => check(sentence, [{ passage, context: passage.text }]).length > 0;
    for (const sentence of splitSentences(passage.text).map((text) => text.trim())) {
      counts.sentences += 1;
      counts.lost += isFlagged(sentence) ? 1 : 0;
      const figures = [...sentence.matchAll(/(?<![\w.])\d{1,4}(?!\w)/g)];
      if (figures.length > 0) {
        const { 0: figure, index } = figures[pick(figures.length)];
        const wrong = `${sentence.slice(0, index)}${Number(figure) + 1 + pick(7)}${sentence.slice(index + figure.length)}`;
        counts.figures += 1;
        counts.figuresCaught += isFlagged(wrong) ? 1 : 0;
      }
      const named = [
        ...sentence.matchAll(/(?<=[a-z] )(?:\p{Lu}\p{Ll}+ )?(\p{Lu}\p{Ll}{3,})(?!\p{L})/gu),
      ].filter(([, name]) => surnames.includes(name));
      const other = surnames[pick(surnames.length)];
      if (named.length > 0 && !`${passage.title} ${passage.text}`.includes(other)) {
        const { 0: all, 1: name, index } = named[pick(named.length)];
        const at = index + all.length - name.length;
        counts.names += 1;
        counts.namesCaught += isFlagged(`${sentence.slice(0, at)}${other}${sentence.slice(at + name.length)}`)
          ? 1
          : 0;
      }
    }
  }
  const { figures, figuresCaught, names, namesCaught } = counts;
  const perCheckMs = rate(performance.now() - started, counts.sentences + figures + names);
  console.log({
    ...counts,
    figureRate: rate(figuresCaught, figures),
    nameRate: rate(namesCaught, names),
    perCheckMs,
  });
  await store.close();
}

const args = process.argv.slice(2);
if (args[0] === '--store') {
  await scoreStore(args[1]);
} else {
  const files = args.filter((arg) => arg !== '--why');
  scorePairs(files.length > 0 ? files : ['test/rag/grounding-pairs.yaml'], args.includes('--why'));
}
