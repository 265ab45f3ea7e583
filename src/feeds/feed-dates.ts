// Dates as feeds write them: RFC 822 with odd zones, ISO 8601 in parts, W3C dates, and none of these. Without
// a zone a time is read as UTC. Times ahead of now are given as written: article-of.ts dates no article by them.
const ZONES: Record<string, string> = {
  UT: '+0000',
  GMT: '+0000',
  UTC: '+0000',
  Z: '+0000',
  EST: '-0500',
  EDT: '-0400',
  CST: '-0600',
  CDT: '-0500',
  MST: '-0700',
  MDT: '-0600',
  PST: '-0800',
  PDT: '-0700',
  BST: '+0100',
  CET: '+0100',
  CEST: '+0200',
  IST: '+0530',
  AEST: '+1000',
  AEDT: '+1100',
  NZST: '+1200',
  NZDT: '+1300',
  SAST: '+0200',
  PKT: '+0500',
};

/** ISO 8601 in UTC; undefined when the text is no date. */
export function parseFeedDate(text: string | undefined): string | undefined {
  const plain = text?.replace(/\s+/g, ' ').trim();
  if (!plain || plain.length > 100) {
    return undefined;
  }
  const time = isoTime(plain) ?? otherTime(plain);
  const date = time === undefined ? undefined : new Date(time);
  const year = date?.getUTCFullYear() ?? Number.NaN;
  return date && year > 1980 && year < 2200 ? date.toISOString() : undefined;
}

const ISO =
  /^(\d{4})-?(\d\d)(?:-?(\d\d))?(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?$/i;

function isoTime(text: string): number | undefined {
  const match = ISO.exec(text);
  if (!match) {
    return undefined;
  }
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone] = match;
  if (Number(month) > 12 || Number(day) > 31) {
    return undefined;
  }
  const time = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return time + Math.round(Number(`0.${fraction}`) * 1000) - offsetMs(zone);
}

function otherTime(text: string): number | undefined {
  const zone = /\s([A-Z]{1,4})$/i.exec(text)?.[1]?.toUpperCase() ?? '';
  const named = ZONES[zone];
  const withZone = named ? text.replace(/\s[A-Z]{1,4}$/i, ` ${named}`) : text;
  // The day's name is often wrong or foreign; the date says it all.
  const bare = withZone.replace(/^[\p{L}.]+,?\s+(?=\d{1,2}[\s-]+\p{L})/u, '');
  const hasZone = /([+-]\d\d:?\d\d|Z|GMT)$/i.test(bare);
  const time = Date.parse(hasZone ? bare : `${bare} UTC`);
  return Number.isNaN(time) ? undefined : time;
}

function offsetMs(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '');
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000 : 0;
}
