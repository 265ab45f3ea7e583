// Days as people print them: "19 December 2023", "Dec. 19th, 2023", "2023-12-19", "19/12/2023".
import { parseFeedDate } from './feed-dates.js';

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const PRINTED = new RegExp(
  `\\b(?:${MONTH}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})|(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\.?,?\\s+(\\d{4})|(20\\d\\d)[-./](\\d\\d?)[-./](\\d\\d?))\\b`,
  'i',
);
const NUMERIC = /(?<![\d/.-])(\d\d?)([/.-])(\d\d?)\2((?:19|20)\d\d)(?![\d/-])/;
/** Characters of a text in which a date is looked for. */
const LONGEST_TEXT = 200;

/** The first date in a text whose order cannot be mistaken, as ISO 8601 in UTC. */
export function printedDate(text: string): string | undefined {
  const match = PRINTED.exec(text.slice(0, LONGEST_TEXT));
  if (!match) {
    return undefined;
  }
  const [, month1, day1, year1, day2, month2, year2, year3, month3, day3] = match;
  const month = month3 ?? monthNumber(month1 ?? month2 ?? '');
  return isoDay(year1 ?? year2 ?? year3, month, day1 ?? day2 ?? day3);
}

/** The first date of three numbers with the year last; a number above 12 decides its own order. */
export function numericDate(text: string, isMonthFirst: boolean): string | undefined {
  const [, one, , two, year] = NUMERIC.exec(text.slice(0, LONGEST_TEXT)) ?? [];
  const [month, day] = isMonthFirst ? [one, two] : [two, one];
  return isoDay(year, month, day) ?? isoDay(year, day, month);
}

function monthNumber(name: string): string {
  return String('janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1);
}

function isoDay(year?: string, month?: string, day?: string): string | undefined {
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return year && isDay
    ? parseFeedDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`)
    : undefined;
}
