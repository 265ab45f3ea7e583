// What goes wrong between a program and Slack, put in by a test at any call.

export interface Fault {
  /** Answers with this HTTP status and does nothing. */
  status?: number;
  /** Answers `{ok: false, error}` and does nothing; "ratelimited" is a 429 with `retryAfter` seconds. */
  error?: string;
  retryAfter?: number;
  /** Answers so much later, in milliseconds of the machine. */
  delayMs?: number;
  /** Cuts the connection: `before` the call has its effect, or `after` it. */
  cut?: 'before' | 'after';
  /** Never answers; the caller's own timeout must end it. `after` = the call has its effect. */
  hang?: 'before' | 'after';
  /** Ends all open streams of the workspace first, as Slack does after some minutes. */
  closesStreams?: boolean;
}

export interface Call {
  method: string;
  arguments: Record<string, unknown>;
  team: string;
}

export interface Faults {
  /** The next `times` calls of a method fare so. */
  next(method: string, fault: Fault, times?: number): void;
  /** Asked at every call that no `next` is for. */
  always(choose: ((call: Call) => Fault | undefined) | undefined): void;
  /** Takes the fault of this call. */
  take(call: Call): Fault | undefined;
  /** How many calls fared badly. */
  count(): number;
}

export function createFaults(): Faults {
  const planned: { method: string; fault: Fault; left: number }[] = [];
  let choose: ((call: Call) => Fault | undefined) | undefined;
  let count = 0;

  function pick(call: Call): Fault | undefined {
    const plan = planned.find(({ left, method }) => left > 0 && (method === call.method || method === '*'));
    if (plan) {
      plan.left -= 1;
      return plan.fault;
    }
    return choose?.(call);
  }

  return {
    next(method, fault, times = 1) {
      planned.push({ method, fault, left: times });
    },
    always(other) {
      choose = other;
    },
    take(call) {
      const fault = pick(call);
      count += fault ? 1 : 0;
      return fault;
    },
    count: () => count,
  };
}
