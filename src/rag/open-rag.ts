// Opens the core with its adapters: the lexical index always, the semantic one when weights are there. What
// cannot run is left out with one line that says so and how to switch it on; the rest goes on.
import type { Ask, Clock, Passage } from '../domain.js';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import { createTurns } from '../turns.js';
import { createSeekNews, type SeekNews } from './answer/news.js';
import { createProofs } from './answer/proofs.js';
import { type AskOptions, createAsk } from './answer.js';
import { createAssessor } from './evidence/evidence.js';
import { createMeaning } from './evidence/meaning.js';
import { createPooledClosedBook } from './generate/closed-book.js';
import { createExtractiveGenerator } from './generate/generate.js';
import type { FallbackState } from './generate/model-fallback.js';
import { PROMPT_PRESETS } from './generate/prompt-presets.js';
import { createSettler } from './generate/settle.js';
import type { IndexWork } from './index/catch-up.js';
import { byOneself, createDenseFollower } from './index/follow-dense.js';
import { createWordsFollower } from './index/follow-words.js';
import { type IndexStatus, statusOf } from './index/index-status.js';
import { type Observe, observed, observedWriting, unobserved } from './observe.js';
import { openCalibration } from './open-calibration.js';
import { type GuardRules, openGuard } from './open-guard.js';
import { chooseModel, type ModelSettings } from './open-model.js';
import { openParts, type RagStore } from './open-parts.js';
import type { SemanticSettings } from './open-semantic.js';
import type { Alone, LexicalIndex } from './ports.js';
import { createRetriever, type RetrieverOptions } from './retrieve/retrieve.js';
import { createPartsRetriever } from './retrieve/retrieve-parts.js';
import { createStoryParts, type StoryParts } from './story-parts.js';
import { createNameFinder, type NameLists } from './understand/names.js';
import { createPublisherFinder } from './understand/publishers.js';
import { rehearse } from './understand/rehearse.js';
import { type UnderstandDeps, understand } from './understand/understand.js';

export interface RagDeps {
  log: Log;
  /** Names of the game, found in questions and articles. */
  names: NameLists;
  /** What is moderated, and what is declined as no cricket. */
  guard: GuardRules;
  clock: Clock;
  /** Told of each step of an answer; absent = nobody measures. */
  observe?: Observe | undefined;
  /** Called at once; the store opens while the embedder's thread and Chroma's server start. */
  openStore: () => Promise<RagStore>;
  /** Keeps replicas from doing the same work at once; absent = there are no others. */
  alone?: Alone | undefined;
}

export interface RagSettings {
  dataDir: string;
  /** Folder in which replicas share snapshots of the lexical index; absent = they share none. */
  snapshots?: string | undefined;
  semantic: SemanticSettings;
  retrieval: RetrieverOptions;
  /** Folder of a cross-encoder; absent or without a model in it = passages are not rated. */
  reranker?: string | undefined;
  answers: AskOptions & { maxWords: number };
  /** Who writes. */
  model: ModelSettings;
  prompt: keyof typeof PROMPT_PRESETS;
}

export interface Rag {
  ask: Ask;
  seekNews: SeekNews;
  /** The model alone, without any article; absent = there is no model. */
  closedBook?: Ask | undefined;
  /** Begins to load the model, where there is one. Throws when the one that was named cannot run. */
  prepareAnswers(): void;
  /** Who writes, what failed on the way there, and how busy it is. */
  model(): FallbackState & { isWanted: boolean };
  /** What digests are written with. */
  stories: StoryParts;
  /** Retrieval alone, best first. */
  search(text: string, signal?: AbortSignal): Promise<Passage[]>;
  /** Brings both indexes up to date. */
  catchUp(work?: IndexWork): Promise<void>;
  /** After a takedown: no word of what was removed stays in the lexical index's file, and the other one follows. */
  erase(work?: IndexWork): Promise<void>;
  /** Forgets both indexes and fills them from the store. */
  rebuild(work?: IndexWork): Promise<void>;
  status(): Promise<IndexStatus[]>;
  /** A line for what is off, stands in, or was picked by itself; undefined = all is as configured. */
  notice(): string | undefined;
  close(): Promise<void>;
}

export async function openRag(deps: RagDeps, settings: RagSettings): Promise<Rag> {
  const { alone = byOneself, clock, log, names, observe = unobserved } = deps;
  const findNames = createNameFinder(names);
  const understandingBy = ({ chunks }: RagStore, lexical: LexicalIndex): UnderstandDeps => {
    return { lexical, findNames, findPublishers: createPublisherFinder(chunks), clock };
  };
  const { lexical, reranker, semantic, snapshots, store } = await openParts(
    { ...deps, alone, rehearse: ([opened, words]) => void rehearse(understandingBy(opened, words)) },
    settings,
  );
  const { chunks, feedHealth, vectors } = store;
  const words = createWordsFollower({
    ...{ chunks, lexical, findNames, snapshots, alone },
    onFailure: (error) => log.warn({ why: describeError(error) }, 'snapshots of the lexical index'),
  });
  // A run that was killed, or a file that was damaged and made anew, left words behind; they take moments.
  await words.bring();
  // The index may be another one after Chroma was lost.
  const dense = () => semantic.dense;
  const follower = createDenseFollower({ chunks, vectors, semantic, alone });
  const models = chooseModel({ log }, settings.model);
  const preset = PROMPT_PRESETS[settings.prompt];
  const settle = observedWriting(observe, createSettler(models, { preset, clock }));
  const quotes = createExtractiveGenerator();
  const generator = { ...quotes, name: models.state().name ?? quotes.name };
  const retrieveOne = createRetriever(
    {
      ...{ chunks, lexical, dense, reranker },
      onDenseFailure: (err) => log.warn({ err }, 'semantic search failed'),
      onRerankFailure: (err) => log.warn({ err }, 'reranker failed'),
    },
    settings.retrieval,
  );
  const retrieve = observed(observe, 'retrieve', createPartsRetriever(retrieveOne));
  const onTampering = (urls: string[]) =>
    log.warn({ urls }, 'articles hold text that is written for a program');
  const onUnclear = (err: unknown) => log.warn({ err }, 'words decide whether news settle a question');
  const understanding = understandingBy(store, lexical);
  const read = (text: string) => understand(text, understanding);
  const onUnmeant = (err: unknown) => log.warn({ err }, 'sentences are weighed by words alone');
  const meaning = createMeaning({ dense, vectors, onFailure: onUnmeant });
  const calibration = await openCalibration(
    { log, chunks, lexical, dense, meaning, understanding },
    settings.dataDir,
    settings.retrieval,
  );
  const guard = await openGuard({ log, embedder: semantic.dense?.embedder }, deps.guard);
  const assess = createAssessor({ meaning, shift: calibration.shift }, settings.answers);
  const proofs = createProofs(names, clock);
  const onBreak = (err: unknown) => log.warn({ err }, 'the language model broke off');
  const telling = { ...understanding, proofs, settle, onBreak, nextTurn: createTurns() };
  const ask = createAsk(
    {
      scope: guard.scope,
      retrieve,
      onTampering,
      assess: observed(observe, 'assess', assess),
      generator,
      settle,
      onBreak,
      chunks,
      proofs,
      feedHealth,
      ...understanding,
    },
    settings.answers,
  );

  return {
    ask: guard.around(ask),
    seekNews: createSeekNews({ ...understanding, ...guard, models, retrieve, onTampering, onUnclear }),
    closedBook:
      models.state().name === undefined ? undefined : guard.around(createPooledClosedBook(models, clock)),
    prepareAnswers() {
      models.check();
      // Whoever asks gets the failure.
      void Promise.resolve(models.model()).catch(() => undefined);
    },
    model: () => ({ ...models.state(), isWanted: settings.model.generator !== 'extractive' }),
    stories: createStoryParts(telling, guard),
    search: async (text, signal) => retrieve(await read(text), signal),

    async catchUp(work) {
      await words.bring(work);
      await follower.bring(work);
      await calibration.update(work?.signal);
      await words.share(work?.signal);
    },

    async erase(work) {
      await words.bring(work);
      await follower.bring(work);
    },

    async rebuild(work) {
      await words.refill(work);
      await follower.rebuild(work);
    },

    status: () => statusOf({ chunks, lexical, vectors }, semantic),

    notice: () => [semantic.notice, models.notice()].filter(Boolean).join('\n') || undefined,

    async close() {
      await Promise.all([lexical, semantic, reranker, models, guard].map(async (part) => part?.close()));
    },
  };
}
