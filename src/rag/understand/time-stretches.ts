// Words for stretches of time that are not one calendar day: "last night", "this week", "the past three days",
// and days that have a name. Days are UTC, weeks begin on Monday; milliseconds.

export const DAY = 86_400_000;
const HOUR = 3_600_000;

export type Rule = [RegExp, (now: Date, match: RegExpMatchArray) => [number, number]];

/** The longest said first where one holds another. */
export const STRETCHES: Rule[] = [
  [/\blast night\b/i, (now) => [startOfDay(now) - 6 * HOUR, startOfDay(now) + 6 * HOUR]],
  [/\b(this|yesterday) (morning|afternoon|evening)\b|\btonight\b/i, dayPart],
  [/\blast \d\d hours\b|\b(past|last) day\b/i, (now) => [now.getTime() - DAY, now.getTime()]],
  [
    /\b(past|last) week\b(?=\W+(or so|has|have))|\bpast week\b/i,
    (now) => [startOfDay(now) - 7 * DAY, now.getTime()],
  ],
  [/\bearlier this month\b/i, (now) => [monthStart(now, 0), now.getTime()]],
  [/\bearlier this week\b/i, (now) => [startOfWeek(now), now.getTime()]],
  [/\bnext week\b/i, (now) => [startOfWeek(now) + 7 * DAY, startOfWeek(now) + 14 * DAY]],
  [/\bnext month\b/i, (now) => [monthStart(now, 1), monthStart(now, 2)]],
  [/\b(last|previous) season\b/i, (now) => [yearStart(now, -1), yearStart(now, 0)]],
  [/\bboxing day\b/i, (now) => yearlyDay(now, 11, 26)],
  [/\bchristmas day\b/i, (now) => yearlyDay(now, 11, 25)],
  [/\bnew year'?s day\b/i, (now) => yearlyDay(now, 0, 1)],
  [/\bthis week\b/i, (now) => [startOfWeek(now), now.getTime()]],
  [/\blast week\b/i, (now) => [startOfWeek(now) - 7 * DAY, startOfWeek(now)]],
  [/\b(this|the) weekend\b|\bover the weekend\b/i, lastWeekend],
  [/\blast weekend\b/i, lastWeekend],
  [/\bthis month\b/i, (now) => [monthStart(now, 0), now.getTime()]],
  [/\blast month\b/i, (now) => [monthStart(now, -1), monthStart(now, 0)]],
  [/\bthis year\b/i, (now) => [yearStart(now, 0), now.getTime()]],
  [/\blast year\b/i, (now) => [yearStart(now, -1), yearStart(now, 0)]],
  [
    /\bthe other day\b|\b(in )?the (last|past) few days\b/i,
    (now) => [startOfDay(now) - 4 * DAY, now.getTime()],
  ],
  [
    /\b(?:last|past) (\d{1,2}|two|three|four|five|six|seven|ten) days\b/i,
    (now, [, n]) => [startOfDay(now) - countOf(n) * DAY, now.getTime()],
  ],
];

function lastWeekend(now: Date): [number, number] {
  const monday = startOfWeek(now);
  const isWeekend = now.getTime() >= monday + 5 * DAY;
  const saturday = isWeekend ? monday + 5 * DAY : monday - 2 * DAY;
  return [saturday, Math.min(saturday + 2 * DAY, now.getTime())];
}

function dayPart(now: Date, [said]: RegExpMatchArray): [number, number] {
  const from = startOfDay(now) - (/^yesterday/i.test(said) ? DAY : 0);
  return [from, from + DAY];
}

/** The nearest such day, half a year at most from now. */
function yearlyDay(now: Date, month: number, day: number): [number, number] {
  const years = [-1, 0, 1].map((offset) => Date.UTC(now.getUTCFullYear() + offset, month, day));
  const [nearest = 0] = years.sort((a, b) => Math.abs(a - now.getTime()) - Math.abs(b - now.getTime()));
  return [nearest, nearest + DAY];
}

function yearStart(now: Date, offset: number): number {
  return Date.UTC(now.getUTCFullYear() + offset, 0);
}

function startOfDay(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
}

/** Monday, 00:00. */
function startOfWeek(now: Date): number {
  return startOfDay(now) - ((now.getUTCDay() + 6) % 7) * DAY;
}

function monthStart(now: Date, offset: number): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset);
}

function countOf(word: string | undefined): number {
  const spelt = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  const index = spelt.indexOf((word ?? '').toLowerCase());
  return index >= 0 ? index : Number(word);
}
