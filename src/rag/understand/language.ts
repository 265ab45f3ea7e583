// In which of five languages a question is asked, so that the answer can keep it. Function words tell it;
// what tells nothing ("Kohli century?") is English, the language of the news.

export type Language = 'en' | 'fr' | 'it' | 'de' | 'es';

/** Words that stand in nearly every question of one language and in few of the others. */
const FUNCTION_WORDS: Record<Exclude<Language, 'en'>, string> = {
  fr: "qui que quoi quel quelle quels quelles est sont a-t-il a-t-elle le la les des du une dans pour avec sur pourquoi comment combien où quand était été ont ce cette contre et au aux de d'or c'est qu'est-ce l'équipe s'est n'a hier soir il elle ils match",
  it: "chi che cosa quale quali quanti quante quanto è sono il lo la gli le dei della delle nel nella per con su perché come dove quando era stato stata hanno ha questo questa contro di del al alla un'altra c'è l'ha ieri sera partita",
  de: 'wer was welche welcher welches wen wem ist sind der die das den dem des ein eine einen im in für mit auf warum wie wo wann war waren hat haben wurde gegen und von zum zur nicht gestern abend viele spiel gewonnen',
  es: 'quién quien quiénes qué que cuál cuáles cuántos cuántas cuánto es son el la los las del de una en para con sobre por porqué cómo dónde donde cuándo cuando fue era han ha este esta contra y al ayer noche partido ganó',
};
const ENGLISH =
  'who what which when where why how is are was were did does do has have had the a an of in on at for to with from by and many much won will can their his her not between after that';

const LISTS = Object.entries({ en: ENGLISH, ...FUNCTION_WORDS }).map(
  ([language, words]) => [language as Language, new Set(words.split(' '))] as const,
);
/** Signs that English does not have. */
const SIGNS: [Language, RegExp][] = [
  ['es', /[¿¡ñ]/],
  ['de', /[äöüß]/],
  ['fr', /[çœêâîôû]|\b[ldnsjmtcq]['’][aeiouhéèêà]/],
  ['it', /\b(l|un|dell|all|nell|sull|c|cos|quest)['’][aeiouèéà]|[ìò]/],
];
/** Another language must lead English by so many signs; a name ("Il Divo", "El Clasico") is no question. */
const LEAD = 2;

/** The language of a question; `en` where nothing else is clear. */
export function languageOf(text: string): Language {
  const plain = text.toLowerCase().normalize('NFC');
  const words = plain.match(/[\p{L}]+(?:['’-][\p{L}]+)*/gu) ?? [];
  const counts = new Map<Language, number>(
    LISTS.map(([language, list]) => [language, words.filter((word) => list.has(word)).length]),
  );
  for (const [language, sign] of SIGNS) {
    counts.set(language, (counts.get(language) ?? 0) + (sign.test(plain) ? 1 : 0));
  }
  const english = counts.get('en') ?? 0;
  const [best] = [...counts].filter(([language]) => language !== 'en').sort(([, a], [, b]) => b - a);
  return best && best[1] >= LEAD && best[1] > english ? best[0] : 'en';
}
