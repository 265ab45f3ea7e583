// Ids of people, channels and messages as they stand in logs and in the store: always the same, and without the secret
// nobody can find out whose they are.
import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 over the parts, 32 hex digits. */
export type HashId = (...parts: string[]) => string;

export function createIdHash(secret: string): HashId {
  return (...parts) => createHmac('sha256', secret).update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
