// HTTP mode: events, commands and interactions are posted to the app's request URL, signed as Slack signs them
// (docs.slack.dev/authentication/verifying-requests-from-slack).
import { createHmac } from 'node:crypto';
import type { FakeClock } from '../clock.js';
import { ACK_MS, type Send } from './envelope.js';

export interface HttpDeliveryOptions {
  /** "http://127.0.0.1:3000/slack/events" */
  requestUrl: string;
  signingSecret: string;
  clock: FakeClock;
}

/** The headers that make a body Slack's; `ageSeconds` makes it an old one. */
export function signed(body: string, secret: string, nowMs: number, ageSeconds = 0): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000) - ageSeconds);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

export function createHttpDelivery({ clock, requestUrl, signingSecret }: HttpDeliveryOptions): Send {
  return async ({ attempt, payload, reason, type }) => {
    const isEvent = type === 'events_api';
    const body = isEvent
      ? JSON.stringify(payload)
      : new URLSearchParams(
          type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>),
        ).toString();
    try {
      const response = await fetch(requestUrl, {
        method: 'POST',
        body,
        headers: {
          'content-type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
          ...signed(body, signingSecret, clock.now()),
          ...(attempt > 0 ? { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason } : {}),
        },
        signal: AbortSignal.timeout(ACK_MS),
      });
      const text = await response.text();
      return response.ok ? { isAcknowledged: true, payload: text } : { isAcknowledged: false };
    } catch {
      return { isAcknowledged: false };
    }
  };
}
