// Whether hybrid retrieval is anywhere worse than words alone: node bench/hybrid.mjs BBC_DATA_DIR INJ_DATA_DIR MHR_DATA_DIR
// For each set and measure the mean of hybrid minus words alone and its 95 % interval (paired bootstrap over questions,
// 2,000 draws, seeded). An interval wholly below 0 is marked and fails the command.
import { loadSet, MEASURES, measureSet } from './ranking.mjs';

const [bbc, inj, mhr] = process.argv.slice(2);
const { bootstrap } = await import('../../shared/eval/lib/bootstrap.mjs');
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
let worse = 0;

for (const [dataDir, name] of [
  [bbc, 'dev-qa'],
  [bbc, 'dev-followup'],
  [bbc, 'dev-recency'],
  [inj, 'dev-inj'],
  [mhr, 'mhr-dev'],
]) {
  if (!dataDir) {
    continue;
  }
  const set = await loadSet(dataDir, name);
  const hybrid = await measureSet(set);
  const words = await measureSet(set, { denseWeight: 0 });
  for (const key of MEASURES[name]) {
    const pairs = hybrid.map((row, i) => [row[key], words[i][key]]).filter(([value]) => value != null);
    const { high, low, value } = bootstrap(
      pairs.map(([a, b]) => a - b),
      mean,
    );
    const isWorse = high < 0;
    worse += isWorse ? 1 : 0;
    const [a, b] = [0, 1].map((side) => mean(pairs.map((pair) => pair[side])).toFixed(3));
    const interval = `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
    console.log(`${name} ${key}: ${a} - ${b} = ${value.toFixed(3)} ${interval}${isWorse ? ' WORSE' : ''}`);
  }
}
process.exitCode = worse > 0 ? 1 : 0;
