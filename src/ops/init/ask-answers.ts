// The questions of `init`, on a terminal. Enter takes what is proposed, and leaves a token out; Ctrl-C ends everything.
import { isCancel, password, select, text } from '@clack/prompts';
import { BotError, describeError } from '../../errors.js';
import type { DigestWords } from '../app.js';
import { type Answers, feedProblem, listOf, MODELS, type TokenName, tokenProblem } from './answers.js';

const MODEL_LABELS: Record<Answers['model'], string> = {
  none: 'none: answers are quoted from the articles',
  small: 'a 7B model, 4.4 GB',
  mixtral: 'Mixtral 8x7B, 28.5 GB: wants a GPU with 32 GB',
};
const TOKEN_LABELS: Record<TokenName, string> = {
  SLACK_BOT_TOKEN: "Slack's bot token (xoxb-…; Enter = no Slack)",
  SLACK_APP_TOKEN: "Slack's app-level token (xapp-…)",
  DISCORD_TOKEN: "Discord's bot token (Enter = no Discord)",
};

/** What is known goes in as what is proposed; tokens that are known are not asked for. Error: `interrupted`. */
export async function askAnswers(known: Answers, words: DigestWords, signal: AbortSignal): Promise<Answers> {
  const screen = { output: process.stderr, signal };
  const tokens = { ...known.tokens };

  async function askToken(name: TokenName): Promise<void> {
    const validate = (token = '') => (token.trim() ? tokenProblem(name, token.trim()) : undefined);
    const token = tokens[name] ?? given(await password({ ...screen, message: TOKEN_LABELS[name], validate }));
    if (token?.trim()) {
      tokens[name] = token.trim();
    }
  }
  await askToken('SLACK_BOT_TOKEN');
  if (tokens.SLACK_BOT_TOKEN) {
    await askToken('SLACK_APP_TOKEN');
  }
  await askToken('DISCORD_TOKEN');

  const lists = known.feeds.length === 0 ? 'default' : known.hasDefaultFeeds ? 'both' : 'own';
  const which = given(
    await select({
      ...{ ...screen, message: 'Which feeds?', initialValue: lists },
      options: [
        { value: 'default', label: 'the cricket feeds that come with the program' },
        { value: 'both', label: 'those, and feeds of my own' },
        { value: 'own', label: 'only feeds of my own' },
      ],
    }),
  );
  const ownFeeds = async () =>
    given(
      await text({
        ...{ ...screen, message: 'Addresses of feeds, with commas', initialValue: known.feeds.join(', ') },
        validate: (line) =>
          listOf(line).length === 0
            ? 'one at least'
            : listOf(line)
                .map(feedProblem)
                .find((problem) => problem !== undefined),
      }),
    );
  const feeds = which === 'default' ? [] : listOf(await ownFeeds());

  const follow = given(
    await text({
      ...screen,
      message: 'What do new digests follow? (India, IPL, women; Enter = everything)',
      initialValue: known.follow.join(', '),
      validate: (line) => problemOf(() => words.checkFollow(listOf(line))),
    }),
  );
  const zone = given(
    await text({
      ...{ ...screen, message: 'Time zone of new digests', initialValue: known.zone },
      validate: (line) => problemOf(() => words.zone(line ?? '')),
    }),
  );
  const model = given(
    await select({
      ...{ ...screen, message: 'Which language model?', initialValue: known.model },
      options: MODELS.map((value) => ({ value, label: MODEL_LABELS[value] })),
    }),
  );
  return {
    ...{ tokens, feeds, hasDefaultFeeds: which !== 'own', model },
    ...{ follow: listOf(follow), zone: words.zone(zone) },
  };
}

function given<Value>(answer: Value): Exclude<Value, symbol> {
  if (isCancel(answer)) {
    throw new BotError('interrupted', 'Stopped; nothing was written.');
  }
  return answer as Exclude<Value, symbol>;
}

function problemOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}
