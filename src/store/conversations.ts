// What people ask on platforms and what became of it, as the bots need it: one object over its files.
import { type AskedStore, createAskedStore } from './asked.js';
import { createFeedbackStore, type FeedbackStore } from './feedback.js';
import { createForgetStore, type ForgetStore } from './forget.js';
import { createOpenQuestionStore, type OpenQuestionStore } from './open-questions.js';
import type { Database } from './schema.js';
import { createThreadStore, type ThreadStore } from './threads.js';
import { createWaitingStore, type WaitingStore } from './waiting.js';

export type ConversationStore = AskedStore &
  OpenQuestionStore &
  WaitingStore &
  ThreadStore &
  FeedbackStore &
  ForgetStore;

export function createConversationStore(db: Database): ConversationStore {
  return {
    ...createAskedStore(db),
    ...createOpenQuestionStore(db),
    ...createWaitingStore(db),
    ...createThreadStore(db),
    ...createFeedbackStore(db),
    ...createForgetStore(db),
  };
}
