import { type UnderstandDeps, understand } from './understand.js';

/**
 * Reads a question before the first one comes, which would take a fifth of a second more: code is compiled when it
 * first runs, and the patterns that find times when they run for the second time.
 */
export async function rehearse(deps: UnderstandDeps): Promise<void> {
  for (const question of ['Who won the match between India and Australia?', 'Who was out on Friday?']) {
    await understand(question, deps).catch(() => undefined);
  }
}
