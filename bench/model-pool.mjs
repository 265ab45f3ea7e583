// What a pool of model servers is worth. Each server is a process of its own on loopback that writes `--slots` answers at
// once, queues the rest as llama-server does, and takes `--seconds` for one (a fifth of it before the first text).
//   node bench/model-pool.mjs throughput          one server against three: answers a second, and their ratio
//   node bench/model-pool.mjs kill                one of three killed with -9 while it writes, started again later
//   node bench/model-pool.mjs affinity            threads of 6 questions: share that stays at its server, by load
// Options: --servers 3 --slots 4 --seconds 2 --questions 240
import { parseArgs } from 'node:util';
import { askAll, load } from './model-pool-kit.mjs';
import { openOver } from './model-pool-open.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    servers: { type: 'string', default: '3' },
    slots: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '2' },
    questions: { type: 'string', default: '240' },
  },
});
const [servers, slots, seconds, questions] = ['servers', 'slots', 'seconds', 'questions'].map((name) =>
  Number(values[name]),
);

const runs = {
  async throughput() {
    const rates = [];
    for (const count of [1, servers]) {
      const { close, pool } = await openOver(count, { slots, seconds });
      const share = (questions * count) / servers;
      const { answers, ms } = await askAll(
        pool,
        Array.from({ length: share }, (_, i) => ({ user: `u${i}` })),
      );
      await close();
      rates.push(answers.filter(({ isWhole }) => isWhole).length / (ms / 1000));
      const ideal = (count * slots) / seconds;
      console.log(
        `${count} servers: ${rates.at(-1).toFixed(2)} answers a second (ideal ${ideal}), ${load()}`,
      );
    }
    console.log(`ratio ${(rates[1] / rates[0]).toFixed(2)}`);
  },

  async kill() {
    const { close, pool, started } = await openOver(servers, { slots, seconds });
    const timers = [
      setTimeout(() => started[0].kill(), seconds * 2200),
      setTimeout(() => void started[0].restart(), seconds * 6200),
    ];
    const { answers, ms } = await askAll(
      pool,
      Array.from({ length: questions }, (_, i) => ({ user: `u${i}`, thread: `t${i}` })),
    );
    timers.forEach(clearTimeout);
    const states = pool.servers().map(({ state }) => state);
    await close();
    const count = (of) => answers.filter(of).length;
    const failed = answers.filter(({ code }) => code);
    console.log(
      `${questions} asked, ${count(({ isWhole }) => isWhole)} written whole, ${failed.length} told of a break after their first text (${[...new Set(failed.map(({ code }) => code))].join()}), ` +
        `${count(({ code, isWhole }) => !isWhole && !code)} lost, ${count(({ isDoubled }) => isDoubled)} doubled; ` +
        `${(ms / 1000).toFixed(1)} s, servers then ${states.join(', ')}; ${load()}`,
    );
  },

  async affinity() {
    for (const share of [0.25, 0.5, 0.75, 1]) {
      const { close, pool } = await openOver(servers, { slots, seconds });
      const threads = Math.max(1, Math.round(servers * slots * share));
      const stays = await Promise.all(
        Array.from({ length: threads }, async (_, t) => {
          const places = [];
          for (let i = 0; i < 6; i += 1) {
            const { answers } = await askAll(pool, [{ user: `u${t}`, thread: `t${t}` }]);
            places.push(answers[0].at);
          }
          return places.slice(1).filter((at, i) => at === places[i]).length;
        }),
      );
      await close();
      const kept = stays.reduce((sum, one) => sum + one, 0) / (threads * 5);
      console.log(
        `${threads} threads at ${servers * slots} places: ${kept.toFixed(2)} of follow-ups stay (chance ${(1 / servers).toFixed(2)}), ${load()}`,
      );
    }
  },
};
await runs[positionals[0] ?? 'throughput']();
