// A discrete-event simulation of questions on their way: a core of a replica understands and retrieves, then the question
// waits in the pool's queue, first come first served, until one of its places writes the answer. Times in seconds.

/** Events by time; a binary heap in three flat arrays, so that a million of them stay cheap. */
function createAgenda() {
  const heap = [];
  const swap = (a, b) => {
    [heap[a], heap[b]] = [heap[b], heap[a]];
  };
  return {
    push(event) {
      let at = heap.push(event) - 1;
      while (at > 0 && heap[(at - 1) >> 1].at > heap[at].at) {
        swap(at, (at - 1) >> 1);
        at = (at - 1) >> 1;
      }
    },
    pop() {
      swap(0, heap.length - 1);
      const event = heap.pop();
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        least = left < heap.length && heap[left].at < heap[least].at ? left : least;
        least = right < heap.length && heap[right].at < heap[least].at ? right : least;
        if (least === at) {
          return event;
        }
        swap(at, least);
        at = least;
      }
    },
    size: () => heap.length,
  };
}

/** A station with `places` and one line before it. */
function createStation(places, agenda, secondsOf, next) {
  const line = [];
  let begun = 0;
  let free = places;
  function begin(question, now) {
    free -= 1;
    agenda.push({ at: now + secondsOf(question), run: end, question });
  }
  function end(question, now) {
    free += 1;
    if (begun < line.length) {
      begin(line[begun], now);
      begun += 1;
    }
    next(question, now);
  }
  return (question, now) => (free > 0 ? begin(question, now) : line.push(question));
}

/**
 * `questions`: `{at, cpu, service}` in order of `at`; a `service` of 0 = answered without the model. Gives for each of the
 * others `wait` (from its arrival to the writing of its answer, less the work of the cores) and `response`.
 */
export function simulate(questions, { cores, places }) {
  const agenda = createAgenda();
  const ended = [];
  const model = createStation(
    places,
    agenda,
    ({ service }) => service,
    (question, now) => {
      const response = now - question.at;
      ended.push({ response, wait: response - question.service - question.cpu });
    },
  );
  const core = createStation(
    cores,
    agenda,
    ({ cpu }) => cpu,
    (question, now) => question.service > 0 && model(question, now),
  );
  let coming = 0;
  const arrive = () => {
    const question = questions[coming];
    coming += 1;
    if (question) {
      agenda.push({ at: question.at, run: take, question });
    }
  };
  const take = (question, now) => {
    arrive();
    core(question, now);
  };
  arrive();
  while (agenda.size() > 0) {
    const { at, question, run } = agenda.pop();
    run(question, at);
  }
  return ended;
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomBy(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const exponential = (random, mean) => -mean * Math.log(1 - random());

/** A lognormal time of this mean whose deviation is `spread` of it. */
export function lognormal(random, mean, spread) {
  const variance = Math.log(1 + spread ** 2);
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return mean * Math.exp(normal * Math.sqrt(variance) - variance / 2);
}

export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
