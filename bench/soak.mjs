// A long life in a short time, on any platform: questions one after another, so many at once, in time that runs ten
// times as fast for leases, limits and what is forgotten, so that they come round (calls of the platform and what waits
// for them take the time that they take); the memory of the bot's process by tenths of the way. What is shown is looked at once more a little later, as an answer may come twice.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { watchStalls } from './watch-stalls.mjs';

/** The time of leases, limits and retention runs so many times as fast. */
export const SPEED = 10;
const SHOWN_WITHIN_MS = 60_000;
/** One that is not shown by then is lost; one that is shown after all came late. */
const LOST_AFTER_MS = 240_000;
const TWICE_WITHIN_MS = 2_000;
const MOST_GROWTH = 0.1;

export function soakOptions() {
  const { values } = parseArgs({
    options: {
      questions: { type: 'string', default: '60000' },
      'at-once': { type: 'string', default: '32' },
    },
  });
  return { count: Number(values.questions), atOnce: Number(values['at-once']) };
}

/**
 * `ask(n, person)` asks question n of a person and gives: `shown()`, how many whole answers stand there; `tell()`, what
 * stands there, in words; `forget()`, which takes it out of the loopback's memory. True = all as it should be.
 */
export async function soak({ ask, bot, violations }, { atOnce, count }) {
  const started = Date.now();
  const figures = { shown: 0, late: 0, lost: 0, doubled: 0 };
  const tenths = [];
  const after = [];
  const ownStalls = [];
  watchStalls((ms, cpu) => ownStalls.push({ ms, cpu }));
  let asked = 0;

  async function isShown(question, limitMs) {
    for (const end = Date.now() + limitMs; Date.now() < end; await sleep(5)) {
      if (question.shown() > 0) {
        return true;
      }
    }
    return false;
  }

  async function follow(question, n) {
    if (await isShown(question, SHOWN_WITHIN_MS)) {
      figures.shown += 1;
      return;
    }
    console.log(
      `question ${n} is not shown within a minute (${bot.stalls.length} stalls so far); there stands: ${question.tell()}`,
    );
    const isLate = await isShown(question, LOST_AFTER_MS - SHOWN_WITHIN_MS);
    figures[isLate ? 'late' : 'lost'] += 1;
    console.log(`question ${n} ${isLate ? 'came late' : `is lost; there stands: ${question.tell()}`}`);
  }

  async function lookAgain(question) {
    await sleep(TWICE_WITHIN_MS);
    figures.doubled += question.shown() > 1 ? 1 : 0;
    question.forget();
  }

  async function measure(n) {
    const { heap, rss } = await bot.memory();
    tenths.push(rss);
    const minutes = ((Date.now() - started) / 60_000).toFixed(1);
    console.log(`${n} questions, ${minutes} min: RSS ${inMb(rss)} MB, heap ${inMb(heap)} MB`);
  }

  async function person(own) {
    while (asked < count) {
      const n = asked;
      asked += 1;
      const question = await ask(n, own);
      await follow(question, n);
      after.push(lookAgain(question));
      if (n % (count / 10) === count / 10 - 1) {
        await measure(n + 1);
      }
    }
  }

  await Promise.all(Array.from({ length: atOnce }, (_, own) => person(own)));
  await Promise.all(after);
  const growth = tenths[9] / tenths[1] - 1;
  console.log(
    `${count} questions: shown ${figures.shown}, late ${figures.late}, lost ${figures.lost}, doubled ${figures.doubled}`,
  );
  console.log(
    `RSS by tenths ${tenths.map(inMb).join(' ')} MB: last against second ${(growth * 100).toFixed(1)} %`,
  );
  console.log(`stood still for over a second: bot ${longest(bot.stalls)}, bench ${longest(ownStalls)}`);
  console.log(`violations ${violations.length}; problems ${bot.problems.length}`);
  for (const line of [...violations, ...bot.problems].slice(0, 20)) {
    console.log(`  ${String(line).trim()}`);
  }
  return figures.shown === count && figures.doubled === 0 && growth < MOST_GROWTH && violations.length === 0;
}

function longest(stalls) {
  const [most] = stalls.toSorted((a, b) => b.ms - a.ms);
  return most ? `${stalls.length} times, at most ${most.ms} ms (${most.cpu} ms of CPU)` : 'never';
}

const inMb = (bytes) => (bytes / 1e6).toFixed(0);
