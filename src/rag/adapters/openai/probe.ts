// What a server says about itself: which model it runs, how much that reads, and which dialect it speaks beyond the
// common API. Every question here may go unanswered; only a wrong key and a missing server count.
import { z } from 'zod';
import { isBotError } from '../../../errors.js';

/** `llama` = llama.cpp's server, `vllm`, or `plain`: the common API and nothing else. */
export type Dialect = 'llama' | 'vllm' | 'plain';

export interface Probe {
  dialect: Dialect;
  /** Models that it offers; [] = it does not say. */
  models: string[];
  /** Tokens that one request may take; absent = it does not say. */
  contextTokens?: number | undefined;
  /** Answers that it writes side by side; absent = it does not say. */
  places?: number | undefined;
}

/** GET, parsed as JSON; undefined = an answer without it. Throws what a request throws. */
export type GetJson = (path: string) => Promise<unknown>;

const propsSchema = z.object({
  total_slots: z.number().int().positive().optional().catch(undefined),
  default_generation_settings: z.object({ n_ctx: z.number().int().positive() }),
});
const modelsSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      owned_by: z.string().optional(),
      max_model_len: z.number().int().positive().nullish(),
    }),
  ),
});

/** `wanted` = the model that will be asked for; '' = the first. Errors: `model_refused`, `model_unreachable`. */
export async function probeServer(getJson: GetJson, wanted: string): Promise<Probe> {
  const listed = modelsSchema.safeParse(await orNothing(() => getJson('/v1/models'))).data?.data ?? [];
  const props = propsSchema.safeParse(await orNothing(() => getJson('/props'))).data;
  const models = listed.map(({ id }) => id);
  if (props) {
    const { n_ctx: contextTokens } = props.default_generation_settings;
    return { dialect: 'llama', models, contextTokens, places: props.total_slots };
  }
  const model = listed.find(({ id }) => id === wanted) ?? listed[0];
  const contextTokens = model?.max_model_len ?? undefined;
  const isVllm = model?.owned_by === 'vllm' || contextTokens !== undefined;
  return { dialect: isVllm ? 'vllm' : 'plain', models, contextTokens };
}

/** An endpoint that a server does not have, or closes to us, is no failure: models may be asked all the same. */
async function orNothing(get: () => Promise<unknown>): Promise<unknown> {
  try {
    return await get();
  } catch (error) {
    if (isBotError(error, 'model_not_found') || isBotError(error, 'model_bad_request')) {
      return undefined;
    }
    throw error;
  }
}
