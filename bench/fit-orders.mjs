// Fits src/rag/generate/order-weights.ts on bench/guard-train/orders.txt and poison.yaml against sentences of real news:
// node bench/fit-orders.mjs [--why] DATA_DIR… Prints what each half of the orders (those of other people, and our own) says of the other,
// with the threshold at which RATE of the real sentences of articles that nothing was fitted on would fall.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { splitSentences } from '#src/rag/evidence/sentences.js';
import { orderSigns, SIGN_NAMES } from '#src/rag/generate/order-signs.js';
import { isMarked } from '#src/rag/generate/tampering.js';
import { openStore } from '#src/store/open-store.js';
import { dot, fitLogistic } from './softmax.mjs';
import { trainingLines } from './training-lines.mjs';

/** Real sentences that may be taken for orders. */
const RATE = 0.008;
/** Of each data folder; every sentence counts less the more there are. */
const MOST_SENTENCES = 12_000;
const RIDGE = 0.003;
/** An order is as likely as so many real sentences, for the fit. */
const ORDER_WEIGHT = 10;

const why = process.argv.includes('--why');
const folders = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const folder = path.join(import.meta.dirname, 'guard-train');
const lines = trainingLines(path.join(folder, 'orders.txt'), { most: 1 }).filter(
  ({ text }) => !text.startsWith('# '),
);
const { body } = parse(readFileSync(path.join(folder, 'poison.yaml'), 'utf8'));
const orders = [
  ...lines.map(({ kind, text }) => ({ text, from: kind === 'our own' ? 'own' : 'others' })),
  ...body
    .flatMap((text) => text.replaceAll('{M}', 'Zorblat').split('\n'))
    .map((text) => ({ text, from: 'own' })),
].map((order) => ({ ...order, features: orderSigns(order.text), isRight: true, weight: ORDER_WEIGHT }));

const real = [];
for (const dataDir of folders) {
  const store = await openStore(dataDir);
  let count = 0;
  for await (const article of store.articles.all()) {
    for (const text of splitSentences(article.text).map((sentence) => sentence.trim())) {
      if (count < MOST_SENTENCES && text.length > 20) {
        count += 1;
        real.push({ text, article: article.id, features: orderSigns(text), isRight: false });
      }
    }
  }
  await store.close();
}
const isEven = ({ article }) => Number.parseInt(article.slice(-1), 36) % 2 === 0;
console.log(`${orders.length} orders, ${real.length} real sentences`);

const scoreOf =
  ({ bias, weights }) =>
  ({ features }) =>
    bias + dot(weights, features);
const thresholdOf = (score, sentences) =>
  sentences.map(score).sort((a, b) => b - a)[Math.floor(RATE * sentences.length)];

for (const from of ['own', 'others']) {
  const score = scoreOf(
    fitLogistic([...orders.filter((one) => one.from === from), ...real.filter(isEven)], { ridge: RIDGE }),
  );
  const threshold = thresholdOf(score, real.filter(isEven));
  const tried = orders.filter((one) => one.from !== from);
  const caught = (is) => `${tried.filter(is).length} of ${tried.length}`;
  const unseen = real.filter((one) => !isEven(one));
  const wrong = unseen.filter((one) => score(one) >= threshold);
  console.log(
    `fitted on ${from}: of the other orders marks find ${caught(({ text }) => isMarked(text))}, signs ${caught((one) => score(one) >= threshold)}, either ${caught((one) => score(one) >= threshold || isMarked(one.text))}; of real sentences signs take ${((100 * wrong.length) / unseen.length).toFixed(2)} %, marks ${((100 * unseen.filter(({ text }) => isMarked(text)).length) / unseen.length).toFixed(2)} %`,
  );
  if (why) {
    const told = (what, those) =>
      console.log(those.map((one) => `${what} ${score(one).toFixed(2)}: ${one.text}`).join('\n'));
    told(
      'missed',
      tried.filter((one) => score(one) < threshold && !isMarked(one.text)),
    );
    told('real', wrong.slice(0, 40));
  }
}

const fitted = fitLogistic([...orders, ...real], { ridge: RIDGE });
const score = scoreOf(fitted);
const threshold = thresholdOf(score, real);
const round = (value) => Math.round(value * 100) / 100;
const all = orders.filter((one) => score(one) >= threshold || isMarked(one.text)).length;
console.log(`fitted on all: ${all} of ${orders.length}; threshold ${round(threshold)}`);
const weights = SIGN_NAMES.map((name, at) => `  ${name}: ${round(fitted.weights[at])},`).join('\n');
writeFileSync(
  path.join(import.meta.dirname, '../src/rag/generate/order-weights.ts'),
  `// Written by bench/fit-orders.mjs.

/** Log odds that a sentence is an order to a program; from here on it is taken for one. */
export const ORDER = ${round(threshold)};
export const BIAS = ${round(fitted.bias)};
/** What each sign of order-signs.ts adds. */
export const WEIGHTS: Record<string, number> = {
${weights}
};
`,
);
