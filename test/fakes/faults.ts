// What goes wrong between a program and a platform, planned by a test: for the next calls of a method, or by a rule.

export interface Faults<Fault, Call extends { method: string }> {
  /** The next `times` calls of a method fare so; "*" = of any. */
  next(method: string, fault: Fault, times?: number): void;
  /** Asked at every call that no `next` is for. */
  always(choose: ((call: Call) => Fault | undefined) | undefined): void;
  /** Takes the fault of this call. */
  take(call: Call): Fault | undefined;
  /** How many calls fared badly. */
  count(): number;
}

export function createFaultPlan<Fault, Call extends { method: string }>(): Faults<Fault, Call> {
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
