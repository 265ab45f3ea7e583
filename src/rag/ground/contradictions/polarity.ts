// Said and denied. "Ash will play" has all the words of "Ash will not play". Only the word that is denied counts, and
// only where sources do nothing but deny it, or nothing but say it; whatever has a hedge of its own ("since",
// "until", "ruled out") is left alone.
import { stemmer } from 'stemmer';
import { isStopWord } from '../../understand/terms.js';
import type { ReadText } from '../check.js';
import { keysOf, type Span, sentenceAt, telling } from '../pieces.js';
import type { Token } from '../tokens.js';
import type { FindContradicted, SourceText } from './contradiction.js';

const NOT = /^(?:not|never|cannot|nobody|neither|nor)$|n't$/;
/** Two words that deny what follows. */
const TURNS = /^(?:rather than|instead of|refus(?:ed|es) to|declin(?:ed|es) to|fail(?:ed|s) to)$/;
/** "Not only", "not out", "not until": no denial of what follows. */
const NO_DENIAL = /^(?:only|just|least|out|until|even|always|necessarily|all|far|long|the)$/;
/** Words that turn or limit what they stand beside; a clause that holds one may say the same the other way round. */
const HEDGE =
  /^(?:since|until|till|last|yet|only|but|except|unless|without|ruled|rule|miss|misses|missed|missing|unable|refus\w+|fail\w*|deni\w+|deny|declin\w+|reject\w*|prevent\w*|stop\w*|doubt\w*|unlikely|instead|former\w*|longer|again|before|lack\w*|drop\w*|withdr\w+|avoid\w*|kept|keeps?|rather|hardly|barely|if|whether|more|less|far|first|none|no|nothing|out|short|lost|neither|nor|end\w*|ago|wait\w*|despite|although|though|against|away|would|could|might|may|should)$/;
const AUXILIARY =
  /^(?:be|been|being|is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|may|might|must|to|a|an|the|any|ever|yet|so|very|going|able|expected|yet|been|his|her|their|its|in|it|that|as)$/;
/** Tokens after the denial among which its word stands. */
const NEAR = 5;
const SHORTEST = 3;

export const findTurnedDenials: FindContradicted = (said, texts) => {
  const denied = deniedIn(said.tokens);
  const isPlain = !said.tokens.some(({ lower }) => NOT.test(lower) || HEDGE.test(lower));
  if (isPlain) {
    return affirmedThough(said, texts);
  }
  return denied.filter(({ next, start }) => {
    const stem = stemmer(said.tokens[start]?.lower ?? '');
    const places = texts.flatMap((text) => placesOf(text, stem).map((at) => ({ text, at })));
    const isHedged = isHedgedAround(said, { start, next });
    return !isHedged && places.length > 0 && places.every(({ at, text }) => isSaid(said, text, at));
  });
};

/** Words of a sentence without any denial that sources only deny, of the same people or things. */
function affirmedThough(said: ReadText, texts: SourceText[]): Span[] {
  const own = telling(said, { start: 0, next: said.tokens.length });
  return said.tokens.flatMap((token, at) => {
    if (!isWord(token)) {
      return [];
    }
    const stem = stemmer(token.lower);
    const places = texts.flatMap((text) => placesOf(text, stem).map((place) => ({ text, place })));
    const isOnlyDenied = places.every(({ place, text }) => {
      const isDenied = deniedIn(text.tokens).some(({ start }) => start === place);
      return isDenied && !isLimited(text, place) && isAbout(own, text, place);
    });
    return places.length > 0 && isOnlyDenied ? [{ start: at, next: at + 1 }] : [];
  });
}

/** The words that are denied: the first telling one after each denial. */
function deniedIn(tokens: Token[]): Span[] {
  return tokens.flatMap(({ lower }, at) => {
    const isTurned = TURNS.test(`${lower} ${tokens[at + 1]?.lower}`);
    if (!isTurned && (!NOT.test(lower) || NO_DENIAL.test(tokens[at + 1]?.lower ?? ''))) {
      return [];
    }
    for (let i = at + (isTurned ? 2 : 1); i < tokens.length && i <= at + NEAR; i += 1) {
      const token = tokens[i];
      if (!token?.isWord || token.isCapital) {
        return [];
      }
      if (!AUXILIARY.test(token.lower) && !/ly$/.test(token.lower)) {
        return isWord(token) ? [{ start: i, next: i + 1 }] : [];
      }
    }
    return [];
  });
}

function isWord({ isCapital, isWord: hasLetters, lower }: Token): boolean {
  return hasLetters && !isCapital && lower.length >= SHORTEST && !isStopWord(lower) && !AUXILIARY.test(lower);
}

function placesOf({ tokens }: SourceText, stem: string): number[] {
  return tokens.flatMap((token, at) => (token.isWord && stemmer(token.lower) === stem ? [at] : []));
}

/** A source says of the same what the sentence denies. */
function isSaid(said: ReadText, text: SourceText, at: number): boolean {
  const sentence = sentenceAt(text.tokens, at);
  const isDenied = text.tokens
    .slice(sentence.start, sentence.next)
    .some(({ lower }) => NOT.test(lower) || HEDGE.test(lower));
  return !isDenied && isAbout(telling(said, { start: 0, next: said.tokens.length }), text, at);
}

function isHedgedAround({ tokens }: ReadText, { start }: Span): boolean {
  const sentence = sentenceAt(tokens, start);
  return tokens.slice(sentence.start, sentence.next).some(({ lower }) => HEDGE.test(lower));
}

/** A denial until or since some time is none of what came before or after. */
function isLimited({ tokens }: ReadText, at: number): boolean {
  const sentence = sentenceAt(tokens, at);
  return tokens
    .slice(sentence.start, sentence.next)
    .some(({ lower }) => /^(?:since|until|till|yet|only|but|unless|except|before|if|whether)$/.test(lower));
}

/** The source's sentence shares a name with the sentence, or more than that one word. */
function isAbout(own: Set<string>, text: SourceText, at: number): boolean {
  const here = sentenceAt(text.tokens, at);
  const isNamed = text.names.some(({ next, start }) => start >= here.start && next <= here.next);
  // "Neither has played" is said of those named before.
  const before = isNamed || here.start === 0 ? here : sentenceAt(text.tokens, here.start - 1);
  const sentence = { start: before.start, next: here.next };
  const shared = [...telling(text, sentence)].filter((word) => own.has(word));
  const named = text.names.filter(({ next, start }) => start >= sentence.start && next <= sentence.next);
  return shared.length >= 2 || named.flatMap(keysOf).some((key) => shared.includes(key));
}
