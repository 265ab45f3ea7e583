// What commands can do with language models on this machine, as main.ts composes it.
import type { OnProgress } from '../../domain.js';

export interface ModelDesk {
  /** Where the model lies or will lie; absent name = the configured one. Error: `usage`. */
  named(name?: string): { name: string; file: string };
  /** Makes sure that it is there. Errors: those of `pullModel`. */
  pull(
    name: string | undefined,
    options: { signal: AbortSignal; onProgress: OnProgress },
  ): Promise<PulledModel>;
}

export interface PulledModel {
  file: string;
  bytes: number;
  /** False = it was there already. */
  isNew: boolean;
  /** Whether its checksum was compared. */
  isChecked: boolean;
}
