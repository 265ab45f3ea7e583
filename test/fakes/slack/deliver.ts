// An event is sent until it is acknowledged: again at once, after a minute and after five, with the same id. A command
// or a press of a button is sent once; who does not answer within three seconds shows people an error.
import type { FakeClock } from '../clock.js';
import type { Acknowledgement, Delivery, EnvelopeType, Send } from './envelope.js';
import type { JsonObject } from './state.js';

/** Before the first, second and third repetition. */
const RETRY_MS = [0, 60_000, 5 * 60_000];

export interface Deliverer {
  /** Comes back when the first sending is acknowledged or failed. */
  deliver(type: EnvelopeType, payload: JsonObject): Promise<Acknowledgement>;
  /** Every event goes out so often, acknowledged or not: 1 = as Slack promises, more = as it sometimes does. */
  copies(count: number): void;
  /** Deliveries without an acknowledgement in time, and what they were. */
  late: { type: EnvelopeType; attempt: number }[];
  /** Repetitions that went out. */
  repeated(): number;
  /** Deliveries that are not acknowledged yet. */
  open(): number;
}

export function createDeliverer(clock: FakeClock, send: Send): Deliverer {
  const late: Deliverer['late'] = [];
  let copies = 1;
  let repeated = 0;
  let open = 0;

  async function sendOne(delivery: Delivery): Promise<Acknowledgement> {
    open += 1;
    const answer = await send(delivery).finally(() => {
      open -= 1;
    });
    if (!answer.isAcknowledged) {
      late.push({ type: delivery.type, attempt: delivery.attempt });
      const wait = RETRY_MS[delivery.attempt];
      if (delivery.type === 'events_api' && wait !== undefined) {
        repeated += 1;
        clock.after(
          wait,
          () => void sendOne({ ...delivery, attempt: delivery.attempt + 1, reason: 'timeout' }),
        );
      }
    }
    return answer;
  }

  return {
    async deliver(type, payload) {
      const delivery = { type, payload, attempt: 0, reason: '' };
      const count = type === 'events_api' ? copies : 1;
      const all = await Promise.all(Array.from({ length: count }, () => sendOne(delivery)));
      return all[0] as Acknowledgement;
    },
    copies(count) {
      copies = count;
    },
    late,
    repeated: () => repeated,
    open: () => open,
  };
}
