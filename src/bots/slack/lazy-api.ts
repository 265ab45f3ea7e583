// A workspace's API before the workspace is known: a reply begins at once, and its first call waits for the answer to
// "who am I".
import type { SlackApi } from './web-api.js';
import type { Workspace, Workspaces } from './workspace.js';

/** `botId` gives '' until the first call has come back. */
export function lazyApi(workspaces: Workspaces, team: string): { api: SlackApi; botId(): string } {
  let known: Workspace | undefined;
  const workspace = async (): Promise<Workspace> => {
    known ??= await workspaces.of(team);
    return known;
  };
  return {
    api: {
      limitedMs: (method) => known?.api.limitedMs(method) ?? 0,
      once: async (method, args) => (await workspace()).api.once(method, args),
      surely: async (method, args, options) => (await workspace()).api.surely(method, args, options),
    },
    botId: () => known?.botId ?? '',
  };
}
