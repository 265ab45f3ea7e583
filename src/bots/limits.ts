// How much may be asked: by a user, in a channel, in a workspace, by all, in any stretch of so many minutes. Whoever has
// spent it is told when it makes sense to ask again.
import type { Notice } from './ports.js';
import { noticeOf } from './replies.js';
import type { Budget, Claimed } from './store-port.js';

export interface LimitOptions {
  minutes: number;
  /** Questions; 0 = as many as they like. */
  user: number;
  channel: number;
  workspace: number;
  all: number;
}

/** The narrowest first: it says most. */
export function budgetsAt(now: Date, { all, channel, minutes, user, workspace }: LimitOptions): Budget[] {
  const since = new Date(now.getTime() - minutes * 60_000).toISOString();
  const budgets: Budget[] = [
    { scope: 'user', most: user, since },
    { scope: 'channel', most: channel, since },
    { scope: 'tenant', most: workspace, since },
    { scope: 'all', most: all, since },
  ];
  return budgets.filter(({ most }) => most > 0);
}

/** What is told, and until when (milliseconds since 1970) it need not be told again. */
export function limitNotice(
  { budget, oldest }: Extract<Claimed, { kind: 'spent' }>,
  { minutes }: LimitOptions,
  now: Date,
): { notice: Notice; until: number } {
  const until = Date.parse(oldest) + minutes * 60_000;
  const waitMs = Math.max(0, until - now.getTime());
  return { notice: noticeOf(`limit_${budget.scope}`, { count: budget.most, minutes, waitMs }), until };
}
