// How surely one sentence settles what somebody waits for, as a few numbers that a person can read. A passage may have
// the matter and not its end: previews, odds and "could" have all the words of the question. So what counts is whether the
// happening is told with the names of the question, with what is asked for, and as a fact of now. Their weights are
// fitted on questions that waited and on the news that came (bench/fit-news.mjs).
import type { Passage } from '../../domain.js';
import { type AskedFor, askedFor, holdsForm, holdsKind } from '../understand/asked-for.js';
import { surnamesIn } from '../understand/people.js';
import { stems, words } from '../understand/terms.js';
import type { Query } from '../understand/understand.js';
import { sameHappening } from './happenings.js';
import { holds } from './sentence-features.js';

/** In the order of the numbers that `decisiveFeatures` gives. */
export const DECISIVE_FEATURES = [
  'names', // share of the names' weight that sentence and headline tell, the passage at less; of a contest the sentence, 0..1
  'own', // share of the question's weight that the sentence tells, a happening in any words, 0..1
  'around', // the same with the headline
  'passage', // the same with all of the passage
  'headline', // of the headline alone
  'fact', // names times happening, where nothing speaks against its being a fact, 0..1
  'happening', // 1 = the sentence tells a word of the question that is no name
  'kind', // as in SENTENCE_FEATURES
  'form', // as in SENTENCE_FEATURES
  'counted', // 1 = what is counted stands there, -1 = it does not, 0 = nothing is counted
  'open', // 1 = "could", "odds", "set to", a question
  'openHeadline', // the same of the headline
  'negated', // 1 = "not", "failed to"
  'negatedAnswer', // the same, where the question asks whether
  'before', // 1 = of former times: "since", "last season", a former year
  'missing', // 1 = a number or a round of the question is missing
  'preview', // 1 = the headline is of a preview
  'guess', // 1 = candidates, rumours
  'whether', // 1 = the question asks whether
  'few', // 1 = the question has two telling words at most
  'lead', // 1 = the article opens with it
] as const;

/** What a question wants told, as its passages write it. */
export interface Wanted {
  asked: AskedFor;
  said: Set<string>;
  equivalents: Query['equivalents'];
  /** Stems with their weights. */
  names: [string, number][];
  others: [string, number][];
  numbers: string[];
  /** It asks for what is still to come, or how things stand. */
  isAhead: boolean;
  asksWhether: boolean;
  /** Two sides and a result: both must stand in the sentence, or it tells of another match. */
  isContest: boolean;
}

const OPEN =
  /\b(?:will|would|could|may|might|should|can|set to|to face|expect(?:ed|s)?|likely|unlikely|hop(?:es?|ing)|needs?|if|whether|predictions?|odds|preview|rumou?rs?|reportedly|believed|clos(?:e to|ing in)|understands?|interested|wants?|plans?|due to|yet to|favou?rites?|upcoming|ahead of|takes? on|bid to)\b|\?/i;
const AHEAD = /\b(?:will|would|set to|expected|due to|can|plans?)\b/gi;
const ASKS_AHEAD =
  /^(?:when|will|can|could|should|(?:who|what|where|which) will)\b|\b(?:next|wins|does|do|is|are|becomes?|going to)\b/i;
const WHETHER = /(?:^|[:,.?!-]\s*)(?:is|are|was|were|has|have|had|did|does|do|will|can|could|should)\b/i;
const ASKS_WHAT = /\b(?:who|what|which|how|when|where|why)\b/i;
const NEGATED =
  /\b(?:not|never|no|without|fail(?:ed|s)?|den(?:y|ied|ies)|refus\w*|reject\w*|despite|instead)\b|n['’]t\b/i;
const BEFORE =
  /\b(?:last (?:season|year|time|week|month)|since|previous(?:ly)?|in history|ago|streaks?|back in|former(?:ly)?|earlier|(?:of|in|over) (?:the(?:ir)?|its|his|her) (?:past|last) \w+)\b/i;
const YEAR = /\b(?:19|20)\d\d\b/g;
const RESULT = /^(?:win|won|beat|score|result|finish|end)$/;
const CONTEST = /\b(?:beat|against|between|vs?|versus|score|won|wins?|play(?:ed|s)?|match|game|fight)\b/i;
const SCORE = /\b\d{1,3}\s?[-–‑]\s?\d{1,3}\b|\p{Lu}[\p{L} ]+ \d{1,3},? \p{Lu}[\p{L} ]+ \d{1,3}\b/u;
const ROUND = /^(?:final|semi|semifin|first|second|third|fourth|fifth|test|odi|t20i?)$/;
const PREVIEW =
  /\b(?:previews?|ahead of|how to watch|live stream|tv channel|line-?ups?|predict\w*|odds|picks|start time|kick-?off|best bets?|fantasy|spread|what to know|bonus|promo)\b|\?/i;
const GUESS = /\b(?:candidates?|contenders?|potential|assess\w*|possib\w*|rumou?r\w*|linked)\b/i;
/** They tell nothing of the matter. */
const EMPTY =
  /^(?:new|yet|offici|still|next|go|get|got|much|mani|big|last|year|season|time|peopl|thing|said|say|final|real|realli|mean|happen|know|anyon|end|finish|midweek)$/;
const DAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)dai|januari|februari|march|april|mai|june|juli|august|septemb|octob|novemb|decemb|tonight|today)$/;
const INNER_WORD = /(?<=[\p{Ll},;] )\p{L}[\p{L}\p{N}'’-]*/gu;
const INNER_CAPITAL = /(?<=\S\s+["'“‘(]?)\p{Lu}[\p{L}\p{N}'’-]*/gu;
const CAPITALS = /(?!The\b)\p{Lu}\p{Ll}+(?: (?:of |the |and )?\p{Lu}\p{Ll}+)+/gu;
/** The weight of a common word. */
const IMPLIED = 3;
/** What a name tells that stands elsewhere in the passage. */
const ELSEWHERE = 0.6;

/** Passages show which of the words are names, where the question is all in small letters. */
export function wantedIn(
  { equivalents, said, spelledOut, text, weights }: Query,
  passages: Passage[],
): Wanted {
  const telling = [...weights].filter(([stem]) => !EMPTY.test(stem) && !DAY.test(stem));
  const written = capitalBalance(telling, passages);
  const inQuestion = new Set([...text.matchAll(INNER_CAPITAL)].flatMap(([word]) => stems(word)));
  const isName = ([stem]: [string, number]) =>
    (written.get(stem) ?? 0) > 0 || (inQuestion.has(stem) && (written.get(stem) ?? 0) >= -1);
  const names = telling.filter(isName);
  const isContest = names.length > 1 && CONTEST.test(text);
  const others = telling.filter((one) => !isName(one));
  return {
    ...{ asked: askedFor(text), said: new Set([...said, ...words(spelledOut)]), equivalents, names },
    others: others.length > 0 ? others : impliedBy(text, isContest),
    numbers: words(text).filter((word) => /^\d+$/.test(word) && !/^20\d\d$/.test(word)),
    isAhead: ASKS_AHEAD.test(text),
    asksWhether: WHETHER.test(text) && !ASKS_WHAT.test(text),
    isContest,
  };
}

/** How a match ended is who won it; who is out of a cup has not qualified. */
function impliedBy(text: string, isContest: boolean): [string, number][] {
  const stem = /\b(?:out of|through)\b/i.test(text) ? 'qualifi' : isContest ? 'win' : undefined;
  return stem === undefined ? [] : [[stem, IMPLIED]];
}

/** How often passages write each stem with a capital within a sentence, less how often without. */
function capitalBalance(telling: [string, number][], passages: Passage[]): Map<string, number> {
  const balance = new Map<string, number>();
  const wanted = new Set(telling.map(([stem]) => stem));
  for (const { text } of passages) {
    for (const [word] of text.matchAll(INNER_WORD)) {
      for (const stem of stems(word).filter((one) => wanted.has(one))) {
        balance.set(stem, (balance.get(stem) ?? 0) + (/^\p{Lu}/u.test(word) ? 1 : -1));
      }
    }
  }
  return balance;
}

/** Gives one number per entry of DECISIVE_FEATURES for a sentence of the passage; `place` = its number there, from 0. */
export function createDecisiveFeatures(wanted: Wanted, passage: Passage) {
  const { asked, equivalents, isAhead, isContest, names, numbers, others, said } = wanted;
  const known = surnamesIn(`${passage.title}\n${passage.text}`);
  const title = stemsOf(passage.title);
  const whole = new Set([...title, ...stemsOf(passage.text)]);
  const all = [...names, ...others];
  const counted = asked.counted.filter((stem) => all.some(([own]) => own === stem));
  const year = passage.publishedAt.slice(0, 4);

  return (text: string, place: number): number[] => {
    const own = stemsOf(text);
    const around = new Set([...own, ...title]);
    const isNamed = (found: Set<string>) => (stem: string) => holds(found, stem, equivalents);
    const isTold = (found: Set<string>, words_: string) => (stem: string) =>
      isNamed(found)(stem) ||
      [...sameHappening(stem)].some((other) => found.has(other)) ||
      (RESULT.test(stem) && SCORE.test(words_));
    const inText = share(names, isNamed(own));
    const beside = Math.max(inText, share(names, isNamed(around)));
    const named = isContest ? inText : beside + ELSEWHERE * (share(names, isNamed(whole)) - beside);
    const happening = share(others, isTold(own, text));
    const kind = holdsKind(asked, text, said, known);
    const form = holdsForm(asked, text);
    const count = counted.length === 0 ? 0 : sign(counted.some((stem) => own.has(stem)));
    const open = OPEN.test(isAhead ? text.replace(AHEAD, '') : text);
    const openHeadline = OPEN.test(isAhead ? passage.title.replace(AHEAD, '') : passage.title);
    const preview = PREVIEW.test(passage.title);
    const negated = NEGATED.test(text);
    const before = BEFORE.test(text) || (text.match(YEAR) ?? []).some((one) => one < year);
    const missing =
      numbers.some((number) => !around.has(number)) ||
      all.some(([stem]) => ROUND.test(stem) && !around.has(stem));
    const isAgainst =
      open || before || missing || form < 0 || count < 0 || (negated && !wanted.asksWhether) || kind < 0;
    return [
      named,
      share(all, isTold(own, text)),
      share(all, isTold(around, text)),
      share(all, isTold(whole, text)),
      share(all, isTold(title, passage.title)),
      isAgainst ? 0 : named * happening * (openHeadline || preview ? 0.5 : 1),
      bit(others.length === 0 || others.some(([stem]) => isTold(own, text)(stem))),
      ...[kind, form, count, bit(open), bit(openHeadline), bit(negated), bit(negated && wanted.asksWhether)],
      ...[bit(before), bit(missing), bit(preview), bit(GUESS.test(`${passage.title} ${text}`))],
      ...[bit(wanted.asksWhether), bit(all.length <= 2), bit(passage.ordinal === 0 && place < 2)],
    ];
  };
}

/** With the initials of its names: "ECB" asks for the European Central Bank. */
function stemsOf(text: string): Set<string> {
  const plain = text.replace(/\b(?:\p{Lu}\.){2,}/gu, (name) => name.replaceAll('.', ''));
  const initials = [...plain.matchAll(CAPITALS)].map(([name]) =>
    name
      .split(' ')
      .map((word) => (/^\p{Lu}/u.test(word) ? word[0] : ''))
      .join('')
      .toLowerCase(),
  );
  return new Set([...stems(plain), ...initials]);
}

function share(list: [string, number][], claim: (stem: string) => boolean): number {
  const sum = (some: [string, number][]) => some.reduce((all, [, weight]) => all + weight, 0);
  return list.length > 0 ? sum(list.filter(([stem]) => claim(stem))) / sum(list) : 1;
}

const bit = (claim: boolean): number => (claim ? 1 : 0);
const sign = (claim: boolean): number => (claim ? 1 : -1);
