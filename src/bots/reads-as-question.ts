// Whether a line in a thread reads as a question to the bot rather than as talk among people. People who want the
// bot and are not understood can mention it; people who are interrupted cannot do anything: in doubt it is silent.

const ASKING_WORDS = [
  ...[
    'who',
    'whom',
    'whose',
    'what',
    'which',
    'when',
    'where',
    'why',
    'how',
    'is',
    'are',
    'was',
    'were',
    'did',
  ],
  ...[
    'do',
    'does',
    'has',
    'have',
    'had',
    'will',
    'would',
    'can',
    'could',
    'should',
    "what's",
    "who's",
    "how's",
  ],
  ...['any', 'and', 'but', 'so'],
];
/** What a person says to a machine that answers. */
const REQUEST =
  /^(?:please\s+)?(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:tell|show|give|list|explain|compare|summari[sz]e|describe|find|check)\b/i;
const ASKED_OF_THE_BOT =
  /\b(?:tell|show|give)\s+(?:me|us)\b|\bdo\s+you\s+(?:know|have)\b|\bthe\s+sources?\s+say\b/i;
/** Words of people who talk with each other. */
const AMONG_PEOPLE =
  /\b(?:i|i'm|i'd|i'll|me|my|mine|we|we're|we'll|us|our|you|you're|your|yours|ya|u|anyone|anybody|guys|folks|everyone|mate|lol|haha+)\b/i;
const COURTESY =
  /^(?:many\s+)?(?:thanks?|thank\s+you|thx|ty|cheers|ta|ok(?:ay)?|k|great|nice|cool|perfect|wow|good\s+(?:bot|one|job|stuff)|well\s+played|got\s+it|never\s?mind|hi|hello|hey|yes|no|yep|nope|lol|haha+)(?:\s+(?:a\s+lot|so\s+much|very\s+much|all|everyone|bot|mate|then))?[\s.!]*$/i;
const STOP =
  /^(?:please\s+)?(?:stop|stop\s+it|be\s+quiet|quiet|mute|shut\s+up)(?:\s+(?:please|now))?[\s.!]*$/i;
/** Longer lines are statements, pasted texts, stories. */
const LONGEST = 400;

export function readsAsQuestion(text: string): boolean {
  const line = text.trim();
  if (line.length > LONGEST || isCourtesy(line)) {
    return false;
  }
  const isRequest = REQUEST.test(line) || ASKED_OF_THE_BOT.test(line);
  return isRequest || (isAsked(line) && !AMONG_PEOPLE.test(line.replace(/[‘’]/g, "'")));
}

/** Thanks, a greeting, a smile: no answer is expected. */
export function isCourtesy(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text) ? text.trim() !== '' && !text.includes('?') : COURTESY.test(text.trim());
}

/** The word that silences the bot in a thread. */
export function isStopWord(text: string): boolean {
  return STOP.test(text.trim());
}

/** A question mark at the end of a sentence, or words in the order of a question. */
function isAsked(line: string): boolean {
  if (/\?["'”’)]*(?:\s|$)/.test(line)) {
    return true;
  }
  const [first = '', ...rest] = line
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .split(/[\s,]+/);
  if (/^what\s+an?\s/i.test(line)) {
    return false;
  }
  // "and Cummins" asks on; "so he left it at that" tells.
  return ['any', 'and', 'but', 'so'].includes(first)
    ? first === 'and' && rest.length > 0 && rest.length < 4
    : rest.length >= 2 && ASKING_WORDS.includes(first);
}
