// A sentence in another language than its sources: its days, months and small numbers are put into English words
// and its figures into English notation, so that they can be compared. Everything else stays as it is.

interface Words {
  /** January to December. */
  months: string;
  /** Sunday to Saturday. */
  weekdays: string;
  /** Two to twelve. */
  numbers: string;
}

const WORDS: Record<string, Words> = {
  fr: {
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
    weekdays: 'dimanche lundi mardi mercredi jeudi vendredi samedi',
    numbers: 'deux trois quatre cinq six sept huit neuf dix onze douze',
  },
  it: {
    months: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    weekdays: 'domenica lunedì martedì mercoledì giovedì venerdì sabato',
    numbers: 'due tre quattro cinque sei sette otto nove dieci undici dodici',
  },
  de: {
    months: 'januar februar märz april mai juni juli august september oktober november dezember',
    weekdays: 'sonntag montag dienstag mittwoch donnerstag freitag samstag',
    numbers: 'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  },
  es: {
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    weekdays: 'domingo lunes martes miércoles jueves viernes sábado',
    numbers: 'dos tres cuatro cinco seis siete ocho nueve diez once doce',
  },
};
const ENGLISH: Words = {
  months: 'January February March April May June July August September October November December',
  weekdays: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
  numbers: 'two three four five six seven eight nine ten eleven twelve',
};
const KINDS = ['months', 'weekdays', 'numbers'] as const;

const DICTIONARIES = new Map(
  Object.entries(WORDS).map(([language, words]) => [
    language,
    new Map(
      KINDS.flatMap((kind) => {
        const english = ENGLISH[kind].split(' ');
        return words[kind].split(' ').map((word, i) => [word, english[i] ?? word] as const);
      }),
    ),
  ]),
);

/** The sentence with what can be compared in English; a language that is not known changes nothing. */
export function comparable(sentence: string, language: string): string {
  const dictionary = DICTIONARIES.get(language);
  if (!dictionary) {
    return sentence;
  }
  return sentence
    .replace(/(?<=\d)[.\u00a0\u202f ](?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d),(?=\d{1,2}(?!\d))/g, '.')
    .replace(/\p{L}+/gu, (word) => dictionary.get(word.toLowerCase()) ?? word)
    .replace(MONTH_AFTER_DAY, '$1 $2$3');
}

/** "19. December", "19 de December de 2023": the day, the month and the year alone. */
const MONTH_AFTER_DAY = new RegExp(
  `(\\d{1,2})(?:\\.|er|º)?\\s+(?:de\\s+)?(${ENGLISH.months.replaceAll(' ', '|')})(?:\\s+de(?:l)?)?(\\s+\\d{4})?`,
  'g',
);
