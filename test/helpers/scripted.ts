// Generators and language models that say what a test tells them to: real implementations of the ports, which
// record what they were asked, stream in pieces of any size, stop for an abort, are slow or fail when told
// to, and may do whatever an article tells them.
import type { Generated, GenerateRequest, Generator } from '#src/rag/generate/generate.js';
import type { LanguageModel, Prompt, Sampling } from '#src/rag/ports.js';

export interface Script<Asked> {
  name?: string;
  /** What is said at each call in turn, the last one from then on; or what follows from the question. */
  says: string | string[] | ((asked: Asked, call: number) => string);
  /** How the text is cut into pieces; absent = words with the space before them. */
  split?: (text: string) => string[];
  /** Waited for before each piece: a slow model. */
  beforePiece?: (piece: string) => Promise<void>;
  /** Thrown after so many pieces: a model that crashes while it writes. */
  failAfter?: { pieces: number; error: Error };
  stop?: Generated['stop'];
}

export interface Scripted<Asked> {
  /** What it was asked, in order. */
  asked: Asked[];
  /** Pieces that were handed on before an end or an abort. */
  pieces: string[];
  /** Calls that ended by an abort. */
  aborts: number;
}

export const byCharacter = (text: string): string[] => [...text];

/** Cuts at places that depend on the seed alone, 1 to 6 characters apart. */
export const bySeed =
  (seed: number) =>
  (text: string): string[] => {
    const pieces: string[] = [];
    let state = seed;
    for (let at = 0; at < text.length; ) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      const length = 1 + (state % 6);
      pieces.push(text.slice(at, at + length));
      at += length;
    }
    return pieces;
  };

/** Does what an article asks a reader to write; without such an order it says `otherwise`. */
export function obedient(otherwise: string) {
  return ({ sources }: GenerateRequest): string => {
    const orders = sources.map(
      ({ context }) => /(?:say|write|answer|reply|print):?\s+"([^"]+)"/i.exec(context)?.[1],
    );
    return orders.find(Boolean) ?? otherwise;
  };
}

export function createScriptedGenerator(
  script: Script<GenerateRequest> & { style?: Generator['style'] },
): Generator & Scripted<GenerateRequest> {
  const { record, speak } = speakerOf(script);
  return Object.assign(record, {
    name: script.name ?? 'scripted',
    style: script.style ?? ('writes' as const),
    generate: speak,
  });
}

/** Its tokens are words and single signs. */
export function createScriptedModel(
  script: Script<Prompt> & { contextTokens?: number },
): LanguageModel & Scripted<Prompt> & { samplings: Sampling[] } {
  const { record, speak } = speakerOf(script);
  const samplings: Sampling[] = [];
  return Object.assign(record, {
    name: script.name ?? 'scripted model',
    contextTokens: script.contextTokens ?? 4096,
    samplings,
    countTokens: async (text: string) => (text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []).length,
    complete(prompt: Prompt, sampling: Sampling, options: Parameters<LanguageModel['complete']>[2]) {
      samplings.push(sampling);
      return speak(prompt, options);
    },
  });
}

function speakerOf<Asked>(script: Script<Asked>) {
  const record: Scripted<Asked> = { asked: [], pieces: [], aborts: 0 };
  const { beforePiece, failAfter, says, split = (text) => text.match(/\s*\S+\s*$|\s*\S+/g) ?? [] } = script;

  async function speak(
    asked: Asked,
    { onText, signal }: { signal: AbortSignal; onText: (text: string) => void },
  ): Promise<Generated> {
    record.asked.push(asked);
    const call = record.asked.length - 1;
    const text =
      typeof says === 'function'
        ? says(asked, call)
        : typeof says === 'string'
          ? says
          : says[Math.min(call, says.length - 1)];
    for (const [i, piece] of split(text ?? '').entries()) {
      await (beforePiece?.(piece) ?? Promise.resolve());
      if (signal.aborted) {
        record.aborts += 1;
        throw signal.reason;
      }
      if (failAfter && i >= failAfter.pieces) {
        throw failAfter.error;
      }
      record.pieces.push(piece);
      onText(piece);
    }
    return { stop: script.stop ?? 'end' };
  }
  return { record, speak };
}
