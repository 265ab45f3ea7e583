// A question as it is kept and as it is handed out, and who holds it.
import type { AskedRow } from './schema-conversations.js';

export interface Place {
  platform: string;
  tenant: string;
  channel: string;
  thread: string;
}

export interface Hold {
  owner: string;
  epoch: number;
}

export interface Lease {
  owner: string;
  now: string;
  until: string;
}

export interface PendingQuestion extends Place {
  id: string;
  epoch: number;
  message: string;
  way: string;
  user: string;
  userKey: string;
  text: string;
  askedAt: string;
  posted: string[];
  tries: number;
  isToRemove: boolean;
  earlier: string[];
}

export const placeOf = ({ channel, platform, tenant, thread }: Place): Place => ({
  platform,
  tenant,
  channel,
  thread,
});

export function fromRow(row: AskedRow, earlier: string[]): PendingQuestion {
  return {
    ...placeOf(row),
    id: row.id,
    epoch: row.epoch,
    message: row.message,
    way: row.way,
    user: row.asker ?? '',
    userKey: row.user_key,
    text: row.text,
    askedAt: row.asked_at,
    posted: JSON.parse(row.posted) as string[],
    tries: row.tries,
    isToRemove: row.state === 'removing',
    earlier,
  };
}
