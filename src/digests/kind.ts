// What sort of news an article is, by its headline and opening: a result is told before a preview, and both before what
// somebody thinks.

export type StoryKind = 'result' | 'news' | 'preview' | 'opinion';

const SCORE = /\b\d{1,3}[-–/]\d{1,3}\b|\b\d{2,3} for \d{1,2}\b|\ball out\b/;
const WON =
  /\b(?:beats?|beaten|won|wins?|win over|defeats?|defeated|thrash\w*|hammer\w*|crush\w*|edge\w*|clinch\w*|seals?|sealed|claims?|knock\w* out|draw|drew|lost|lose to|victory|triumph\w*|eliminated|crowned|abandoned|washed out)\b/i;
const MARGIN = /\bby (?:an innings|\d+|\w+) (?:and|wickets?|runs?|points?|goals?)\b/i;
const PREVIEW =
  /\b(?:previews?|ahead of|how to watch|live stream|tv channel|line-?ups?|team news|predict\w*|odds|picks|start time|kick-?off|build-?up|set to (?:play|face|meet)|will (?:play|face|meet|host|start)|(?:faces?|prepares?|gears? up) for)\b|\((?:mon|tue|wed|thu|fri|sat|sun)\)|\bv\.? /i;
const OPINION =
  /\?$|\b(?:opinion|column|comment|analysis|podcast|why|how|ratings?|rankings?|winners and losers|best|deals|lessons?|questions|explained|timeline|everything (?:to|you) know|quiz|gallery|diary)\b|\| \p{Lu}\p{L}+ \p{Lu}\p{L}+$/iu;

export function kindOf(title: string, text: string): StoryKind {
  const opening = text.slice(0, 400);
  if (OPINION.test(title)) {
    return 'opinion';
  }
  if (PREVIEW.test(title)) {
    return 'preview';
  }
  const isWon = WON.test(title) || WON.test(opening);
  const isScored = SCORE.test(title) || SCORE.test(opening) || MARGIN.test(opening);
  if (isWon && isScored) {
    return 'result';
  }
  return PREVIEW.test(opening.slice(0, 200)) ? 'preview' : 'news';
}

/** Whether a text tells how a match stands or ended, for readers who do not want to know. */
export function tellsResult(text: string): boolean {
  return SCORE.test(text) || WON.test(text) || MARGIN.test(text);
}
