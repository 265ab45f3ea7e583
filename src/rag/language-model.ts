// The port of the models that write answers; ports.ts hands it on.

/** What a language model is asked. The adapter puts it into the model's own template. */
export interface Prompt {
  /** The same for every question, so that a model can keep it as a prefix. */
  instructions: string;
  /** Passages, thread and question: data, never to be read as the template's own tokens. */
  content: string;
  /** What the model has said already and goes on from; '' = it begins. */
  written: string;
}

export interface Sampling {
  /** 0 = always the likeliest token. */
  temperature: number;
  /** Divides the chance of tokens that stand there already; 1 = off. */
  repetitionPenalty: number;
  /** Tokens of an answer at most. */
  maxTokens: number;
  /** Same seed, prompt and model = same text; absent = random. */
  seed?: number | undefined;
}

/** A language model that goes on from a prompt. */
export interface LanguageModel {
  /** Shown in results: "Mixtral-8x7B-Instruct-v0.1 Q4_K_M". */
  readonly name: string;
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Tokens of a text in the model's own tokenizer, read as plain text. */
  countTokens(text: string): Promise<number>;
  /**
   * Writes until it ends, `maxTokens` are reached (`length`) or the signal aborts (throws the signal's reason).
   * Errors: `prompt_too_long`, and those of the adapter.
   */
  complete(prompt: Prompt, sampling: Sampling, options: CompleteOptions): Promise<{ stop: 'end' | 'length' }>;
}

export interface CompleteOptions {
  signal: AbortSignal;
  /** Gets each piece as it comes; pieces may split words. */
  onText: (text: string) => void;
  /** Who asks, as an opaque id: turns are shared out by it; absent = a stranger who shares with all strangers. */
  user?: string | undefined;
  /** The thread it is asked in, as an opaque id: what a server has read for it may be of use again; absent = none. */
  thread?: string | undefined;
  /** Told when it has to wait for its turn, and again when its place changes. */
  onWait?: ((wait: Wait) => void) | undefined;
  /** An answer that has begun goes on: it waits before all that have not. */
  goesOn?: boolean | undefined;
  /** A word or two are wanted: how long they take tells nobody how long to wait. */
  isBrief?: boolean | undefined;
}

/** A place in the queue of a model. */
export interface Wait {
  /** Questions that have their turn before this one. */
  ahead: number;
  /** Until its turn, by the speed so far; absent = not known yet. */
  seconds?: number | undefined;
}

/** How one of several models that share the questions does. */
export interface ServerState {
  /** As the settings name it. */
  name: string;
  /** `trial` = it was away and gets one question at a time; `away` = it gets none. */
  state: 'opening' | 'ready' | 'trial' | 'away';
  /** Answers that it writes at once at most, and now. */
  limit: number;
  writing: number;
  /** One line; absent = nothing failed since its last answer. */
  failure?: string | undefined;
}
