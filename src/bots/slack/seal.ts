// Tokens at rest: AES-256-GCM under a key that is derived from the installation's secret (HKDF, RFC 5869). The
// workspace is bound in, so that a row copied to another workspace opens nothing.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { BotError } from '../../errors.js';

export interface Seal {
  /** Base64 of version, nonce, tag and ciphertext. */
  close(team: string, text: string): string;
  /** Error: `seal_broken`. */
  open(team: string, sealed: string): string;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'third-umpire slack installations v1', 32));

  return {
    close(team, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(team));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]).toString('base64');
    },

    open(team, sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
      const tag = bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, nonce)
          .setAAD(Buffer.from(team))
          .setAuthTag(tag);
        return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString(
          'utf8',
        );
      } catch (error) {
        throw new BotError(
          'seal_broken',
          'an installation cannot be opened: THIRD_UMPIRE_SECRET is not the one it was stored with; install the app again',
          { cause: error },
        );
      }
    },
  };
}

/** What signs the state of an installation under way. */
export function stateSecretOf(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', 'third-umpire slack oauth state v1', 32)).toString('hex');
}
