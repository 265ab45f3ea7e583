// What Slack sends an app: an event, a slash command or an interaction. Over a socket it is wrapped in an envelope,
// over HTTP it is signed; either way it wants an answer within three seconds.
import type { JsonObject } from './state.js';

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

export interface Delivery {
  type: EnvelopeType;
  payload: JsonObject;
  /** 0 = the first. Only events are sent again. */
  attempt: number;
  /** Why it is sent again. */
  reason: string;
}

/** How a delivery fared: what the app answered, or nothing in time. */
export type Acknowledgement = { isAcknowledged: true; payload: unknown } | { isAcknowledged: false };

/** A way to the app. Comes back when it is acknowledged, or the three seconds are over. */
export type Send = (delivery: Delivery) => Promise<Acknowledgement>;

export const ACK_MS = 3_000;
