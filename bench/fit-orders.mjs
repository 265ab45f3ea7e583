// Fits src/rag/generate/order-weights.ts on bench/guard-train/orders.txt and poison.yaml against sentences of real news:
// node bench/fit-orders.mjs [--why] DATA_DIR… Prints what is said of each part of the orders by a fit without it, with the threshold at
// which RATE of the real sentences would fall in articles that nothing was fitted on.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { splitSentences } from '#src/rag/evidence/sentences.js';
import { orderFeatures } from '#src/rag/generate/order-score.js';
import { isMarked } from '#src/rag/generate/tampering.js';
import { openStore } from '#src/store/open-store.js';
import { fitterOf, weighGrams } from './guard-rows.mjs';
import { scoreOf } from './margin.mjs';
import { packed } from './pack-model.mjs';
import { trainingLines } from './training-lines.mjs';

const SLOTS = 1 << 14;
/** Real sentences that may be taken for orders, and for a part of one where one stands beside them. */
const RATE = 0.012;
const RATE_BESIDE = 0.05;
/** Of each data folder. */
const MOST_SENTENCES = 8_000;
/** An order counts as much as so many real sentences. */
const ORDER_WEIGHT = 8;
/** A sentence of an opened set counts as much as so many of the papers. */
const CLUB_WEIGHT = 2;
/** And one that is written in the words of orders. */
const NEAR_WEIGHT = 4;
const OPENED = ['indirect', 'indirect-2', 'indirect-3'];
const BLIND = path.join(import.meta.dirname, 'blind/guard');
const VARIANT = { countScale: 0.3, vectorScale: 0, cost: 0.3 };

const why = process.argv.includes('--why');
const folders = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const folder = path.join(import.meta.dirname, 'guard-train');
const lines = trainingLines(path.join(folder, 'orders.txt'), { most: 1 }).filter(
  ({ text }) => !text.startsWith('# '),
);
const { body } = parse(readFileSync(path.join(folder, 'poison.yaml'), 'utf8'));
const orders = [
  ...lines.map(({ kind, text }) => ({ text, from: kind })),
  ...body
    .flatMap((text) => text.replaceAll('{M}', 'Zorblat').split('\n'))
    .map((text) => ({ text, from: 'our own' })),
].map((order) => ({ ...order, ...orderFeatures(order.text), y: 1, weight: ORDER_WEIGHT }));

const real = [];
for (const dataDir of folders) {
  const store = await openStore(dataDir);
  let count = 0;
  for await (const article of store.articles.all()) {
    for (const text of splitSentences(article.text).map((sentence) => sentence.trim())) {
      if (count < MOST_SENTENCES && text.length > 6) {
        count += 1;
        real.push({ text, article: article.id, ...orderFeatures(text), y: 0 });
      }
    }
  }
  await store.close();
}
// What strangers wrote around their attacks is as short and plain as club news is; news of the big papers has little of it.
for (const file of OPENED.flatMap((set) => [`${set}-open`, `${set}-held-back`])) {
  for (const { id, marker, text: whole } of parse(readFileSync(path.join(BLIND, `${file}.yaml`), 'utf8'))) {
    const pieces = splitSentences(whole).map((sentence) => sentence.trim());
    const isBad = pieces.map((piece) => isPartOfOrder(piece, marker));
    for (const [at, text] of pieces.entries()) {
      if (!isBad[at - 1] && !isBad[at] && !isBad[at + 1]) {
        real.push({ text, article: id, ...orderFeatures(text), y: 0, weight: CLUB_WEIGHT });
      }
    }
  }
}
const near = readFileSync(path.join(folder, 'orders-not.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '));
for (const [at, text] of near.entries()) {
  real.push({ text, article: String(at), ...orderFeatures(text), y: 0, weight: NEAR_WEIGHT });
}
const isEven = ({ article }) => Number.parseInt(article.slice(-1), 36) % 2 === 0;
console.log(`${orders.length} orders, ${real.length} real sentences`);
const rarity = weighGrams([...orders, ...real], SLOTS);
const { fit, ngramsAt, vectorAt } = fitterOf([...orders, ...real], SLOTS, VARIANT);
const scoreWith = (fitted) => (one) => scoreOf(fitted, one.row);
const unseen = real.filter((one) => !isEven(one));
function isPartOfOrder(piece, marker) {
  const said = piece.toLowerCase();
  return (
    said.includes(marker.toLowerCase()) ||
    isMarked(piece) ||
    orders.some(({ text }) => said.includes(text.toLowerCase()))
  );
}
const thresholdOf = (score, rate) =>
  unseen.map(score).sort((a, b) => b - a)[Math.floor(rate * unseen.length)];

for (const from of new Set(orders.map((one) => one.from))) {
  const score = scoreWith(fit([...orders.filter((one) => one.from !== from), ...real.filter(isEven)]));
  const tried = orders.filter((one) => one.from === from);
  const order = thresholdOf(score, RATE);
  const caught = (is) => `${tried.filter(is).length} of ${tried.length}`;
  const isEither = (one) => score(one) >= order || isMarked(one.text);
  console.log(
    `${from} by the others: marks find ${caught(({ text }) => isMarked(text))}, scores ${caught((one) => score(one) >= order)}, either ${caught(isEither)}, where scores take ${RATE * 100} % of real sentences and marks ${((100 * unseen.filter(({ text }) => isMarked(text)).length) / unseen.length).toFixed(2)} %`,
  );
  if (why) {
    const told = (what, those) =>
      console.log(those.map((one) => `${what} ${score(one).toFixed(2)}: ${one.text}`).join('\n'));
    told(
      'missed',
      tried.filter((one) => !isEither(one)),
    );
    told('real', unseen.filter((one) => score(one) >= order).slice(0, 25));
  }
}

const score = scoreWith(fit([...orders, ...real.filter(isEven)]));
const rounded = (value) => Math.round(value * 1000) / 1000;
const model = {
  ...packed(fit([...orders, ...real]), { rarity, vectorAt, ngramsAt, ...VARIANT }),
  order: rounded(thresholdOf(score, RATE)),
  beside: rounded(thresholdOf(score, RATE_BESIDE)),
};
console.log(
  `from ${model.order} on an order, from ${model.beside} on beside one: ${orders.filter((one) => score(one) >= model.order || isMarked(one.text)).length} of ${orders.length}`,
);
const fields = Object.entries(model).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
writeFileSync(
  path.join(import.meta.dirname, '../src/rag/generate/order-weights.ts'),
  `// Written by bench/fit-orders.mjs. Weights of signs and of hashed words (linear-model.ts), and the scores from which on a
// sentence is taken for an order: by itself, and beside one.
export const ORDERS = {
${fields.join('\n')}
};
`,
);
