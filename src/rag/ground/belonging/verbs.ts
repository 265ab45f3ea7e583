// Which words are verbs, as far as news needs it to tell who did what. No dictionary: helping words, the irregular
// verbs of news, and endings.
import type { Token } from '../tokens.js';

const HELPING = new Set(
  (
    'is are was were be been being am has have had having will would can could may might must shall should do does did ' +
    "isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't doesn't don't didn't"
  ).split(' '),
);
const BEING = /^(?:is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't|gets?|got)$/;

const IRREGULAR = new Set(
  (
    'made make makes took take takes taken hit hits beat beats beaten won win wins lost lose loses led leads held hold ' +
    'holds kept keep keeps came come comes went go goes gone got get gets gave give gives given put puts set sets said ' +
    'say says told tell tells left leave leaves met meet meets paid pay pays bought buy buys sold sell sells spent spend ' +
    'spends cost costs drew draw drawn fell fall falls fallen rose rise rises risen ran began begin begins begun became ' +
    'become becomes saw see sees seen found find finds built brought bring brings caught struck stood sat sits spoke ' +
    'broke broken chose chosen wrote written grew grown threw thrown sent felt feels thought taught fought sought hurt ' +
    'tore torn lay laid overcame withdrew underwent knew knows known shook swung shot bore flew drove rode rebuilt ' +
    'skied plays play scores needs need wants hopes faces joins replaces succeeds retires misses returns starts opens ' +
    'ends runs moves signs names expects earns reaches becomes captains coaches gets remains stays lasts belongs ' +
    'includes shares follows adds claims hosts stages meets covers carries brings turns bats bowls serves steps works'
  ).split(' '),
);
/** Words that end like verbs of the past and are none. */
const NO_VERB =
  /^(?:red|bed|hundred|speed|seed|need|feed|indeed|united|limited|aged|-?handed|armed|unbeaten|uncapped|capped|overseas|wicked|talented|experienced|unsold)$/;
const BEFORE_ADJECTIVE = /^(?:the|an?|his|her|their|its|of|most|more|-|first|second|third|last)$/;

/** Whether the token may be a verb; "the released players" are none. */
export function isVerb(tokens: Token[], at: number): boolean {
  const token = tokens[at];
  if (!token?.isWord || (token.isCapital && !token.isFirst)) {
    return false;
  }
  const word = token.lower;
  const before = tokens[at - 1]?.lower ?? '';
  if (HELPING.has(word)) {
    return true;
  }
  if (BEFORE_ADJECTIVE.test(before)) {
    return false;
  }
  if (IRREGULAR.has(word)) {
    return true;
  }
  return /..ed$/.test(word) && !NO_VERB.test(word);
}

/** "Beating Ash", "after losing Vale": it goes on telling of the subject before it. */
export function isParticiple(tokens: Token[], at: number): boolean {
  const token = tokens[at];
  return token?.isWord === true && !token.isCapital && /...ing$/.test(token.lower);
}

export function isHelping({ lower }: Token): boolean {
  return HELPING.has(lower);
}

/** A form of being, which makes a participle after it passive. */
export function isBeing({ lower }: Token): boolean {
  return BEING.test(lower);
}
