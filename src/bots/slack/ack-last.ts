// Bolt acknowledges an event before anybody has heard it; what was not yet safe on disk is lost then when the process
// dies. Put between a receiver and the app, this acknowledges when all listeners have come back, and not at all when
// one fails: Slack delivers again.
import type { App, ReceiverEvent } from '@slack/bolt';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';

/** The part of Bolt's App that receivers use. */
type Processor = Pick<App, 'processEvent'>;

/** What a receiver is given instead of `app`, which must let errors of its listeners through. */
export function ackLast(app: Processor, log: Log): App {
  const processor: Processor = {
    async processEvent(event: ReceiverEvent): Promise<void> {
      let answer: { body?: unknown } | undefined;
      if (isEcho(event.body)) {
        await acknowledge(event, undefined, log);
        return;
      }
      try {
        await app.processEvent({
          ...event,
          ack: async (body?: unknown) => {
            answer ??= { body };
          },
        });
      } catch (error) {
        log.warn({ why: describeError(error) }, 'slack event not taken; it will be delivered again');
        return;
      }
      if (answer) {
        await acknowledge(event, answer.body, log);
      }
    },
  };
  return processor as App;
}

/** Slack tells us of every message of our own; half of all events are that, and nobody wants to know. */
function isEcho(body: ReceiverEvent['body']): boolean {
  const { api_app_id: us, event } = body as { api_app_id?: string; event?: Told };
  const of = event?.message ?? event?.previous_message ?? event;
  return us !== undefined && event?.type === 'message' && of?.app_id === us;
}

interface Told {
  type?: string;
  app_id?: string;
  message?: { app_id?: string };
  previous_message?: { app_id?: string };
}

/** A socket that closed meanwhile cannot take it; the delivery comes again and is known then. */
async function acknowledge(event: ReceiverEvent, body: unknown, log: Log): Promise<void> {
  try {
    await (body === undefined ? event.ack() : event.ack(body));
  } catch (error) {
    log.debug({ why: describeError(error) }, 'slack event not acknowledged');
  }
}
