// Runs a command: in a session that turns its outcome into an exit code, over the whole program as main.ts composes it.
import type { GlobalOptions } from './cli-command.js';
import { configInUse, loadSettings, type Overrides, type Settings } from './config.js';
import { composition } from './main.js';
import { createSession, type Session } from './ops/session.js';

/** Gives the exit code; a failure of `run` has been told by then. */
export function runCommand(
  options: GlobalOptions,
  run: (session: Session) => Promise<number>,
): Promise<number> {
  const session = createSession({ composition, settings: () => settingsOf(options), now: options.now });
  return session.guard(() => run(session));
}

function settingsOf(options: GlobalOptions): Settings {
  const overrides: Overrides = {
    configFile: configInUse(options.config),
    dataDir: options.dataDir,
    logLevel: options.logLevel,
    allowHosts: options.allowHost,
    embeddingModel: options.embeddingModel,
    scope: options.scope,
    generator: options.generator,
  };
  return loadSettings(overrides);
}
