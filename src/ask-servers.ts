// Asks the model servers of the settings what they run: for `doctor` and `model check`.
import type { Settings } from './config.js';
import { describeError } from './errors.js';
import type { AskedServer } from './ops/models/model-desk.js';
import type { ServerSettings } from './rag/open-model.js';
import { modelSettings } from './rag-settings.js';

/** All at once; [] = none is named. Rejects only for settings that mean nothing. */
export async function askServers(settings: Settings): Promise<AskedServer[]> {
  const { servers } = modelSettings(settings);
  return Promise.all((servers?.each ?? []).map((one) => askServer(one, servers?.pool.limit ?? 1)));
}

async function askServer(server: ServerSettings['each'][number], limit: number): Promise<AskedServer> {
  const { baseUrl: url, name } = server;
  const { openOpenai } = await import('./rag/adapters/openai/open-openai.js');
  const from = performance.now();
  const ms = () => Math.round(performance.now() - from);
  try {
    const model = await openOpenai({ now: () => new Date() }, server);
    await model.close();
    const { contextTokens, places } = model;
    return {
      ...{ name, url, ms: ms() },
      model: { name: model.name, contextTokens, limit: server.limit ?? places ?? limit },
    };
  } catch (error) {
    return { name, url, ms: ms(), problem: describeError(error) };
  }
}
