// Interactions: a command, a button, a letter typed into an option. Each must be answered within 3 seconds, once; its
// token then lasts 15 minutes.
import { randomUUID } from 'node:crypto';
import { SECRET } from '../../fixtures/secrets.mjs';
import type { FakeClock } from '../clock.js';
import type { FakeChannel, FakeMessage, FakeUser } from './state.js';

export const FIRST_RESPONSE_MS = 3_000;
const TOKEN_MS = 15 * 60_000;

export interface FakeInteraction {
  id: string;
  token: string;
  at: number;
  kind: 'command' | 'component' | 'autocomplete';
  user: FakeUser;
  channel: FakeChannel;
  /** The message whose button was pressed. */
  source?: FakeMessage | undefined;
  /** "failed" = nothing came within 3 seconds, and the person was told so. */
  state: 'waiting' | 'deferred' | 'answered' | 'failed';
  /** Milliseconds until the first response. */
  ackMs?: number | undefined;
  /** The message that answers it; absent = none, or it was deleted. */
  original?: FakeMessage | undefined;
  isEphemeral: boolean;
  choices?: unknown[] | undefined;
  /** Comes back when it is acknowledged, or has failed. */
  acknowledged: Promise<void>;
}

export interface Interactions {
  start(parts: Pick<FakeInteraction, 'id' | 'kind' | 'user' | 'channel' | 'source'>): FakeInteraction;
  /** By its token; undefined = unknown, or older than 15 minutes. */
  byToken(token: string): FakeInteraction | undefined;
  acknowledge(interaction: FakeInteraction, state: 'deferred' | 'answered'): void;
  /** Milliseconds to the first response of all so far. */
  ackTimes: number[];
  /** How many got none in time. */
  failed(): number;
}

export function createInteractions(clock: FakeClock): Interactions {
  const known = new Map<string, FakeInteraction>();
  const waiting = new Map<FakeInteraction, () => void>();
  const ackTimes: number[] = [];
  let failed = 0;

  return {
    ackTimes,
    failed: () => failed,

    start(parts) {
      let settle = () => {};
      const acknowledged = new Promise<void>((resolve) => {
        settle = resolve;
      });
      const token = `aW50ZXJhY3Rpb24${SECRET}${randomUUID().replaceAll('-', '')}`;
      const made: FakeInteraction = {
        ...parts,
        token,
        at: clock.now(),
        state: 'waiting',
        isEphemeral: false,
        acknowledged,
      };
      for (const [old, { at }] of known) {
        if (clock.now() - at < TOKEN_MS) {
          break;
        }
        known.delete(old);
      }
      known.set(token, made);
      const cancel = clock.after(FIRST_RESPONSE_MS, () => {
        made.state = 'failed';
        failed += 1;
        waiting.delete(made);
        settle();
      });
      waiting.set(made, () => {
        cancel();
        settle();
      });
      return made;
    },

    byToken(token) {
      const found = known.get(token);
      return found && clock.now() - found.at < TOKEN_MS ? found : undefined;
    },

    acknowledge(interaction, state) {
      interaction.state = state;
      interaction.ackMs = clock.now() - interaction.at;
      ackTimes.push(interaction.ackMs);
      waiting.get(interaction)?.();
      waiting.delete(interaction);
    },
  };
}
