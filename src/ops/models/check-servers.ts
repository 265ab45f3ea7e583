// What `doctor` says of the model servers: how many answer, which do not, and whether the bot asks them all.
import type { CheckResult } from '../doctor.js';
import type { AskedServer } from './model-desk.js';

const MEND = 'start it, or mend LLM_BASE_URL, LLM_API_KEY and LLM_MODEL';

/** `servers`: at least one. `questionsAtOnce`: those that the bot answers side by side. */
export function checkServers(servers: AskedServer[], questionsAtOnce: number): CheckResult {
  const away = servers.filter(({ problem }) => problem !== undefined);
  const fix = away.map(({ name, problem }) => `${name}: ${problem}`).join('; ');
  const [only] = servers;
  if (servers.length === 1 && only) {
    return only.model
      ? { status: 'ok', fact: `${only.model.name}, ${only.model.contextTokens} tokens, at LLM_BASE_URL` }
      : { status: 'fail', fact: only.problem ?? '', fix: MEND };
  }
  const told = servers.flatMap(({ model, name }) => (model ? `${name} ${model.name}` : []));
  const fact = `${told.length} of ${servers.length} servers answer${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
  if (away.length > 0) {
    return { status: told.length > 0 ? 'warn' : 'fail', fact, fix: `${fix}; ${MEND}` };
  }
  const places = servers.reduce((sum, { model }) => sum + (model?.limit ?? 0), 0);
  return questionsAtOnce < places
    ? {
        status: 'warn',
        fact: `${fact}, ${places} answers at once`,
        fix: `bots.concurrent is ${questionsAtOnce}: raise it to ${places}, or they are never all asked`,
      }
    : { status: 'ok', fact };
}
