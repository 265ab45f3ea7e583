// How a call of Slack's Web API failed, as far as it matters for what to do next: it was turned away and has no
// effect, it was refused for good, or nobody knows whether it took effect.
import { webApi } from '@slack/bolt';
import { describeError } from '../../errors.js';

/**
 * `limited`: too often, nothing happened. `refused`: Slack says no and why. `unknown`: the answer was lost, is late
 * or a server's error; it may have happened.
 */
export type FailureKind = 'limited' | 'refused' | 'unknown';

export class SlackFailure extends Error {
  override readonly name = 'SlackFailure';
  readonly kind: FailureKind;
  /** Slack's word for it: "not_in_channel"; of other kinds "http_500", "connection". */
  readonly code: string;
  /** Only of `limited`: asking makes sense again after so long. */
  readonly waitMs: number;
  /** Only of `missing_scope`: the scope that is missing. */
  readonly needed: string | undefined;
  constructor(
    method: string,
    {
      code,
      kind,
      needed,
      waitMs = 0,
    }: { kind: FailureKind; code: string; waitMs?: number; needed?: string | undefined },
  ) {
    super(`${method}: ${code}${needed ? ` (${needed})` : ''}`);
    this.kind = kind;
    this.code = code;
    this.waitMs = waitMs;
    this.needed = needed;
  }
}

/** Slack's own trouble comes with status 200 and one of these words; the call may have taken effect. */
const OWN_TROUBLE = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

export function failureOf(method: string, error: unknown): SlackFailure {
  if (error instanceof SlackFailure) {
    return error;
  }
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new SlackFailure(method, {
      kind: 'limited',
      code: 'ratelimited',
      waitMs: error.retryAfter * 1000,
    });
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: code, needed } = error.data as { error: string; needed?: string };
    return new SlackFailure(method, { kind: OWN_TROUBLE.has(code) ? 'unknown' : 'refused', code, needed });
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    // A server that does not know the method has done nothing.
    const kind = error.statusCode === 404 ? 'refused' : 'unknown';
    return new SlackFailure(method, { kind, code: `http_${error.statusCode}` });
  }
  if (error instanceof webApi.WebAPIRequestError) {
    return new SlackFailure(method, { kind: 'unknown', code: 'connection' });
  }
  return new SlackFailure(method, { kind: 'unknown', code: describeError(error) });
}

export function isFailure(error: unknown, ...codes: string[]): error is SlackFailure {
  return error instanceof SlackFailure && (codes.length === 0 || codes.includes(error.code));
}
