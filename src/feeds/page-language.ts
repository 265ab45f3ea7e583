// The language of a page. What the page declares counts, unless its script contradicts: templates say "en" over
// texts in Hindi. Without a word from the page, script and the commonest small words tell.

/** Share of a text's letters that makes a script its script; less for letters that stand among those of another. */
const MUCH = 0.25;
const SOME = 0.05;
/** Scripts of one or a few languages; the first is meant when the page does not say which. */
const SCRIPTS: [RegExp, number, string[]][] = [
  [/\p{Script=Devanagari}/gu, MUCH, ['hi', 'mr', 'ne', 'sa']],
  [/\p{Script=Bengali}/gu, MUCH, ['bn', 'as']],
  [/\p{Script=Tamil}/gu, MUCH, ['ta']],
  [/\p{Script=Telugu}/gu, MUCH, ['te']],
  [/\p{Script=Sinhala}/gu, MUCH, ['si']],
  [/\p{Script=Gujarati}/gu, MUCH, ['gu']],
  [/\p{Script=Gurmukhi}/gu, MUCH, ['pa']],
  [/\p{Script=Kannada}/gu, MUCH, ['kn']],
  [/\p{Script=Malayalam}/gu, MUCH, ['ml']],
  [/\p{Script=Oriya}/gu, MUCH, ['or']],
  [/[ٹڈڑںےگچپ]/gu, SOME, ['ur', 'fa', 'ps', 'sd']],
  [/\p{Script=Arabic}/gu, MUCH, ['ar', 'ur', 'fa', 'ps', 'sd']],
  [/\p{Script=Cyrillic}/gu, MUCH, ['ru', 'uk', 'bg', 'sr', 'mk', 'be', 'kk']],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, SOME, ['ja']],
  [/\p{Script=Han}/gu, MUCH, ['zh', 'ja']],
  [/\p{Script=Hangul}/gu, MUCH, ['ko']],
  [/\p{Script=Thai}/gu, MUCH, ['th']],
  [/\p{Script=Greek}/gu, MUCH, ['el']],
  [/\p{Script=Hebrew}/gu, MUCH, ['he', 'iw']],
];
/** Small words that the other languages of the table do not have, or seldom. */
const SMALL_WORDS: Record<string, string> = {
  en: 'the and of to that was with for they their from which his by',
  fr: 'le les des est dans pour qui sur une avec pas sont du aux et',
  de: 'der die das und nicht mit ist ein den von auf für sich dem wurde',
  es: 'el los las que del por con una para su al como más y pero',
  it: 'il che di della per non sono una gli con alla del anche nel è',
  pt: 'o os não uma para do da em com dos das ao mais foi que',
  nl: 'het een van zijn niet met voor aan dat ook door maar naar en de',
  af: "die en 'n nie van het vir met wat sy hulle was op te deur",
};
/** Characters of a text that are looked at. */
const LOOKED_AT = 2000;
/** Words that a text must have for its small words to tell, and the share of them that must be small. */
const FEWEST_WORDS = 12;
const SMALL = 0.08;

/** ISO 639-1, lower-case; undefined when neither page nor text tells. `declared` is a tag such as "en-GB". */
export function languageOf(text: string, declared: string | undefined): string | undefined {
  const said = /^[a-z]{2}(?![a-z])/i.exec(declared?.trim() ?? '')?.[0].toLowerCase();
  const start = text.slice(0, LOOKED_AT);
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  const isWritten = ([script, share]: (typeof SCRIPTS)[number]) =>
    (start.match(script)?.length ?? 0) > letters * share;
  const languages = SCRIPTS.find(isWritten)?.[2];
  if (languages) {
    return said && languages.includes(said) ? said : languages[0];
  }
  const isLatin = said !== undefined && !SCRIPTS.some((script) => script[2].includes(said));
  return isLatin || letters === 0 ? said : bySmallWords(start);
}

function bySmallWords(text: string): string | undefined {
  const words = text.toLowerCase().match(/'?\p{L}+/gu) ?? [];
  if (words.length < FEWEST_WORDS) {
    return undefined;
  }
  const found = Object.entries(SMALL_WORDS).map(([language, list]) => {
    const small = new Set(list.split(' '));
    return { language, count: words.filter((word) => small.has(word)).length };
  });
  const [best] = found.sort((a, b) => b.count - a.count);
  return best && best.count >= words.length * SMALL ? best.language : undefined;
}
