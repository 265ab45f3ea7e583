// Answers to interactions: the first response, the message that it made, and messages after it.
import { z } from 'zod';
import type { FakeInteraction } from './interactions.js';
import { checkMessage, EPHEMERAL, type MessageBody, readBody, webhookBody } from './message-body.js';
import { changeMessage, makeMessage } from './message-routes.js';
import { messageOf } from './payloads.js';
import {
  alreadyAcknowledged,
  invalidBody,
  Refusal,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './refusal.js';
import { nothing, ok, type Result, type Route, type RouteContext } from './route.js';
import type { FakeMessage } from './state.js';

const callbackBody = z.strictObject({ type: z.int(), data: z.record(z.string(), z.unknown()).optional() });
const deferredData = z.strictObject({ flags: z.int().optional() });
const choice = z.strictObject({
  name: z.string().min(1).max(100),
  value: z.string().max(100),
  name_localizations: z.unknown().optional(),
});
const autocompleteData = z.strictObject({ choices: z.array(choice).max(25) });
const MESSAGE = 4;
const DEFERRED = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const AUTOCOMPLETE = 8;
const LOADING = 1 << 7;

function callback(context: RouteContext): Result {
  const { interactions, params, violate } = context;
  const interaction = interactions.byToken(params['token'] ?? '');
  if (!interaction || interaction.id !== params['id'] || interaction.state === 'failed') {
    throw unknownInteraction();
  }
  const { data, type } = readBody(callbackBody, context.body, violate, context.name);
  if (interaction.state !== 'waiting') {
    throw alreadyAcknowledged();
  }
  const fits = {
    command: [MESSAGE, DEFERRED],
    component: [MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE],
    autocomplete: [AUTOCOMPLETE],
  };
  if (!fits[interaction.kind].includes(type)) {
    throw invalidBody(['type'], `Cannot respond to this interaction with type ${type}`);
  }
  respond(context, interaction, type, data);
  const { original } = interaction;
  return context.query.get('with_response') === 'true'
    ? ok({
        interaction: {
          id: interaction.id,
          type: interaction.kind === 'command' ? 2 : interaction.kind === 'component' ? 3 : 4,
          ...(original ? { response_message_id: original.id } : {}),
          response_message_loading: type === DEFERRED,
          response_message_ephemeral: interaction.isEphemeral,
        },
        // Of a deferral Discord gives no message.
        resource: {
          type,
          ...(original && type === MESSAGE ? { message: messageOf(context.state, original) } : {}),
        },
      })
    : nothing();
}

function respond(context: RouteContext, interaction: FakeInteraction, type: number, data: unknown): void {
  const { interactions, violate } = context;
  if (type === AUTOCOMPLETE) {
    interaction.choices = readBody(autocompleteData, data, violate, context.name).choices;
    interactions.acknowledge(interaction, 'answered');
  } else if (type === DEFERRED) {
    const { flags = 0 } = readBody(deferredData, data, violate, context.name);
    interaction.original = post(context, interaction, { flags: flags | LOADING });
    interactions.acknowledge(interaction, 'deferred');
  } else if (type === MESSAGE) {
    const body = readBody(webhookBody, data, violate, context.name);
    checkMessage(body);
    interaction.original = post(context, interaction, body);
    interactions.acknowledge(interaction, 'answered');
  } else {
    interaction.original = interaction.source;
    if (type === UPDATE && interaction.source) {
      changeMessage(context, interaction.source, data, context.name);
    }
    interactions.acknowledge(interaction, 'answered');
  }
}

function post(context: RouteContext, interaction: FakeInteraction, body: MessageBody): FakeMessage {
  const isEphemeral = ((body.flags ?? 0) & EPHEMERAL) !== 0;
  interaction.isEphemeral ||= isEphemeral;
  return makeMessage(context, interaction.channel, body, {
    interactionId: interaction.id,
    webhookId: context.state.bot.id,
    ...(isEphemeral ? { ephemeralFor: interaction.user.id } : {}),
  });
}

function interactionOf({ interactions, params, state }: RouteContext): FakeInteraction {
  const interaction = interactions.byToken(params['token'] ?? '');
  if (!interaction) {
    throw new Refusal(401, 50027, 'Invalid Webhook Token');
  }
  if (params['app'] !== state.bot.id || interaction.state === 'waiting' || interaction.state === 'failed') {
    throw unknownWebhook();
  }
  return interaction;
}

function messageOfInteraction(context: RouteContext): FakeMessage {
  const interaction = interactionOf(context);
  const { channel, id, original } = interaction;
  const name = context.params['message'];
  const found = name === '@original' ? original : channel.messages.get(name ?? '');
  if (
    !found ||
    !channel.messages.has(found.id) ||
    (found.interactionId !== id && found !== interaction.source)
  ) {
    throw unknownMessage();
  }
  return found;
}

export const interactionRoutes: Route[] = [
  {
    name: 'POST /interactions/:id/:token/callback',
    isOpen: true,
    limit: { calls: 1_000, seconds: 1 },
    run: callback,
  },
  {
    name: 'GET /webhooks/:app/:token/messages/:message',
    isOpen: true,
    limit: { calls: 5, seconds: 5 },
    run: (context) => ok(messageOf(context.state, messageOfInteraction(context))),
  },
  {
    name: 'PATCH /webhooks/:app/:token/messages/:message',
    isOpen: true,
    limit: { calls: 5, seconds: 5 },
    run(context) {
      const message = messageOfInteraction(context);
      message.flags &= ~LOADING;
      return ok(messageOf(context.state, changeMessage(context, message, context.body, context.name)));
    },
  },
  {
    name: 'DELETE /webhooks/:app/:token/messages/:message',
    isOpen: true,
    limit: { calls: 5, seconds: 1 },
    run(context) {
      const message = messageOfInteraction(context);
      context.state.channels.get(message.channelId)?.messages.delete(message.id);
      context.deleted(message);
      return nothing();
    },
  },
  {
    name: 'POST /webhooks/:app/:token',
    isOpen: true,
    limit: { calls: 5, seconds: 2 },
    run(context) {
      const interaction = interactionOf(context);
      const body = readBody(webhookBody, context.body, context.violate, context.name);
      checkMessage(body);
      return ok(messageOf(context.state, post(context, interaction, body)));
    },
  },
];
