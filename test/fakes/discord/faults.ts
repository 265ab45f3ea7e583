// What goes wrong between a program and Discord's REST API.
import type { Faults as FaultPlan } from '../faults.js';

export interface Fault {
  /** Answers with this HTTP status and does nothing. */
  status?: number;
  /** Discord's own refusal instead of the call. */
  refusal?: { status: number; code: number; message: string };
  /** Answers so much later, in milliseconds of the machine. */
  delayMs?: number;
  /** Cuts the connection: `before` the call has its effect, or `after` it. */
  cut?: 'before' | 'after';
  /** A 429 that the program did not earn, in seconds. */
  retryAfter?: number;
}

export interface Call {
  /** "POST /channels/:channel/messages". */
  method: string;
  body: unknown;
}

export type Faults = FaultPlan<Fault, Call>;
