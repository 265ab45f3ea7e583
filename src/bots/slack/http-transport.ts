// HTTP mode, for deployments behind a load balancer: Slack posts to /slack/events, and each request's signature and
// its age (five minutes at most) are checked before anything is read of it. /healthz answers the balancer.
import { type App, HTTPReceiver, type Logger } from '@slack/bolt';
import type { Log } from '../../log.js';
import { ackLast } from './ack-last.js';
import type { OAuth } from './oauth.js';
import type { Transport } from './socket-transport.js';

export interface HttpTransportOptions {
  signingSecret: string;
  port: number;
  oauth?: OAuth['receiverOptions'] | undefined;
}

export function createHttpTransport(
  { log, logger }: { log: Log; logger: Logger },
  { oauth, port, signingSecret }: HttpTransportOptions,
): Transport {
  let isOpen = false;
  const receiver = new HTTPReceiver({
    signingSecret,
    port,
    logger,
    endpoints: ['/slack/events'],
    // Ours comes after the listeners; the SDK's warning after three seconds would come before some of them.
    processBeforeResponse: true,
    customRoutes: [
      {
        path: '/healthz',
        method: 'GET',
        handler(_, response) {
          response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
        },
      },
    ],
    ...oauth,
  });
  return {
    init: (app: App) => receiver.init(ackLast(app, log)),
    async start() {
      const server = await receiver.start(port);
      isOpen = true;
      return server;
    },
    async stop() {
      isOpen = false;
      await receiver.stop();
    },
    isOpen: () => isOpen,
  };
}
