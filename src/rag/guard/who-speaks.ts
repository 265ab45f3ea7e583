// Whether a text is about what somebody said or did, and whether somebody speaks of nobody but themselves.

/** Third person, and a word for saying or for what came of it: the question is about it. */
const ABOUT_SAYING =
  /\b(?:called|calling|said|saying|says|shout\w*|chant\w*|sledg\w*|tweet\w*|word|words|slurs?|insult\w*|abus\w*|racis[mt]\w*|sexis[mt]\w*|homophob\w*|apolog\w*|banned|fined|suspended|charged|alleg\w*|accus\w*|report\w*|remark\w*|comment\w*|mean|means|meaning|offensive|rude|stands? for|written|write|spell\w*|investigat\w*|inquiry|arrest\w*|sentenced|convicted|jailed|court|threat\w*|victims?|scandal|controversy|sign|banner|gesture|stump mic|message\w*|texts?|posts?|posted|trolls?|graffiti|noises?|killed|killing|murder\w*|hanged|died|really|in old)\b/;
const ASKS =
  /^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|will|can|could|should|would|in|at|after|tell|explain|summari[sz]e|give|any)\b/;
const TO_SOMEBODY = /\b(?:you|your|i|we)\b/;
const OF_SELF = /\b(?:i|me|my|myself|mujhe|main|mera|meri|ami|amar|amake)\b/;
const OF_OTHERS = /\b(?:you|your|he|him|his|she|her|they|them|their|tu|tum|tera|teri|tui|tor)\b/;

/** A question about somebody's words may say them. `words` is the text's first reading. */
export function isAboutSaying(text: string, words: string): boolean {
  return (ASKS.test(words) || text.includes('?')) && ABOUT_SAYING.test(words) && !TO_SOMEBODY.test(words);
}

/** Somebody who speaks of themselves and to nobody is answered as one who may need help. */
export function isOfSelf(words: string): boolean {
  return OF_SELF.test(words) && !OF_OTHERS.test(words);
}
