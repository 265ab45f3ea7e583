// Whether the model's process gets on. A native call that never returns leaves its event loop running, so that a
// timer alone proves nothing: who works must be further than when it was asked last.

export interface Pulse {
  /** A piece of a file or a prompt was read, or a token written. */
  step(): void;
  /** Call when work begins; call the result when it ends. */
  work(): () => void;
  /** Idle, or further than at the last call. */
  beats(): boolean;
}

export function createPulse(): Pulse {
  let steps = 0;
  let stepsTold = 0;
  let works = 0;
  return {
    step() {
      steps += 1;
    },
    work() {
      works += 1;
      return () => {
        works -= 1;
      };
    },
    beats() {
      const isFurther = steps !== stepsTold;
      stepsTold = steps;
      return works === 0 || isFurther;
    },
  };
}
