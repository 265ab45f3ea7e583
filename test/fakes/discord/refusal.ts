// How Discord says no: an HTTP status, a number of its own, words, and for bodies where in them the fault lies.
import type { JsonObject } from './json.js';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: JsonObject;
  constructor(status: number, code: number, message: string, errors?: JsonObject) {
    super(`${code} ${message}`);
    this.status = status;
    this.body = { message, code, ...(errors ? { errors } : {}) };
  }
}

export const unknownChannel = () => new Refusal(404, 10003, 'Unknown Channel');
export const unknownMessage = () => new Refusal(404, 10008, 'Unknown Message');
export const unknownInteraction = () => new Refusal(404, 10062, 'Unknown interaction');
export const unknownWebhook = () => new Refusal(404, 10015, 'Unknown Webhook');
export const alreadyAcknowledged = () =>
  new Refusal(400, 40060, 'Interaction has already been acknowledged.');
export const missingAccess = () => new Refusal(403, 50001, 'Missing Access');
export const missingPermissions = () => new Refusal(403, 50013, 'Missing Permissions');

/** 50035, with the path to what is wrong: `{data: {components: {0: {_errors: [...]}}}}`. */
export function invalidBody(
  path: (string | number)[],
  message: string,
  code = 'BASE_TYPE_BAD_VALUE',
): Refusal {
  const errors = path.reduceRight<JsonObject>((inner, key) => ({ [String(key)]: inner }), {
    _errors: [{ code, message }],
  });
  return new Refusal(400, 50035, 'Invalid Form Body', errors);
}
