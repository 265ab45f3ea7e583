// What goes wrong between a program and Slack, put in by a test at any call.
import { createFaultPlan, type Faults as FaultPlan } from '../faults.js';

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

export type Faults = FaultPlan<Fault, Call>;

export function createFaults(): Faults {
  return createFaultPlan<Fault, Call>();
}
