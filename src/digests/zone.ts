// Time zones as people name them.
import { Temporal } from 'temporal-polyfill';

/** Where zones of cities lie; the list of the runtime knows some under a former name alone (Calcutta). */
const REGIONS = ['Europe', 'Asia', 'Africa', 'America', 'Australia', 'Pacific', 'Atlantic', 'Indian'];

/** The IANA name; "London" = the one zone of that city. Undefined = there is no such zone. */
export function zoneNamed(text: string): string | undefined {
  const wanted = text.trim().replaceAll(/\s+/g, '_');
  const city = wanted.replaceAll(/(^|[_-])\p{Ll}/gu, (start) => start.toUpperCase());
  const listed = zones().filter((zone) => cityOf(zone).toLowerCase() === wanted.toLowerCase());
  const candidates = [
    ...(listed.length === 1 ? listed : []),
    wanted,
    ...REGIONS.map((region) => `${region}/${city}`),
  ];
  return candidates.map(spelled).find((zone) => zone !== undefined);
}

function spelled(name: string): string | undefined {
  // An offset ("+05:30") is no zone: it knows no summer time.
  if (!/^[A-Za-z]/.test(name)) {
    return undefined;
  }
  try {
    // What Intl takes and Temporal does not ("IST") means several zones.
    Temporal.Now.zonedDateTimeISO(name);
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return undefined;
  }
}

/** All zones, and their cities. */
export const zones = (): string[] => Intl.supportedValuesOf('timeZone');
export const cityOf = (zone: string): string => zone.split('/').at(-1) ?? zone;
