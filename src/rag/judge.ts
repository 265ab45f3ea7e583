// The port of guard models, which judge what people ask and what is answered; ports.ts hands it on.

/** Which kind of harm is seen; undefined = none. */
export type Harm = 'abuse' | 'self-harm' | undefined;

/** Judges the question, or the answer where there is one. Throws when it cannot tell. */
export type JudgeText = (
  text: { question: string; answer?: string | undefined },
  signal: AbortSignal,
) => Promise<Harm>;
