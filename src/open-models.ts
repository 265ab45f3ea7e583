// The language models that commands see: named by the settings, fetched into their folder.
import type { Settings } from './config.js';
import type { ModelDesk } from './ops/models/model-desk.js';
import { namedModel } from './rag/adapters/language-models.js';

export function createModelDesk(settings: Settings): ModelDesk {
  const { model, modelsDir, secrets } = settings;
  const named = (name = model.file) => namedModel(name, modelsDir);
  return {
    named,

    async pull(name, options) {
      const { pullModel } = await import('./rag/adapters/pull-model.js');
      const { hubToken: token, proxies } = secrets;
      return pullModel(named(name), { hub: model.hub.replace(/\/+$/, ''), token, proxies, ...options });
    },
  };
}
