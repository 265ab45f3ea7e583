// The model servers of LLM_BASE_URL with what the settings say of single ones.
import type { Settings } from './config.js';
import { baseUrlOf } from './config-addresses.js';
import { BotError } from './errors.js';
import type { PoolOptions } from './rag/adapters/pool/open-pool.js';
import type { ServerSettings } from './rag/open-model.js';

/** Its longest rest, in first ones. */
const LONGEST_REST = 60;

/** Undefined = none is named. Error: `config_invalid` for an entry of `model.openai.servers` that means no server, or a name twice. */
export function serverSettings(
  { model, secrets }: Settings,
  queue: PoolOptions['queue'],
): ServerSettings | undefined {
  const { checkSeconds, connectSeconds, failures, firstTextSeconds, limit, restSeconds, ...openai } =
    model.openai;
  const urls = secrets.llmBaseUrls;
  const known = openai.servers.map((one) => ({ ...one, url: baseUrlOf(one.url) }));
  const unknown = known.findIndex(({ url }) => !urls.includes(url));
  if (urls.length === 0) {
    return undefined;
  }
  if (unknown >= 0) {
    const { url } = known[unknown] ?? {};
    throw new BotError(
      'config_invalid',
      `model.openai.servers.${unknown}.url: ${url} does not stand in LLM_BASE_URL (there: ${urls.join(', ')})`,
    );
  }
  const each = urls.map((baseUrl, i) => {
    const own = known.find(({ url }) => url === baseUrl);
    return {
      name: own?.name ?? `server-${i + 1}`,
      limit: own?.limit,
      baseUrl,
      apiKey: secrets.llmApiKey,
      model: secrets.llmModel,
      contextTokens: model.contextTokens,
      proxies: secrets.proxies,
      connectMs: connectSeconds * 1000,
      firstTextMs: firstTextSeconds * 1000,
      silenceMs: openai.silenceSeconds * 1000,
    };
  });
  const twice = each.find(({ name }, i) => each.findIndex((one) => one.name === name) !== i);
  if (twice) {
    throw new BotError('config_invalid', `model.openai.servers: the name "${twice.name}" stands there twice`);
  }
  return {
    each,
    besideOwn: openai.besideOwn,
    pool: {
      limit,
      queue,
      failures,
      retries: openai.retries,
      checkMs: checkSeconds * 1000,
      restMs: restSeconds * 1000,
      longestRestMs: restSeconds * LONGEST_REST * 1000,
    },
  };
}
