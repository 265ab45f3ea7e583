// One amount told in two ways: a minute as sixty seconds, 14,867 as "nearly 15,000".
import type { NumberFact } from './facts.js';

/** How many of the smallest each is, by what may be told in one another. */
const FACTORS: Record<string, [string, number]> = {
  second: ['clock', 1],
  minute: ['clock', 60],
  hour: ['clock', 3600],
  day: ['calendar', 1],
  week: ['calendar', 7],
  month: ['months', 1],
  year: ['months', 12],
  mm: ['length', 1],
  cm: ['length', 10],
  m: ['length', 1000],
  km: ['length', 1e6],
};

/** The same amount in different units. */
export function isSameAmount(one: NumberFact, other: NumberFact): boolean {
  const [a, b] = [amountOf(one), amountOf(other)];
  return a !== undefined && b !== undefined && a.of === b.of && Math.abs(a.value - b.value) < 1e-6;
}

function amountOf({ sorts, unit = '', value }: NumberFact): { of: string; value: number } | undefined {
  const [of, factor] = FACTORS[unit === 'metre' ? (sorts?.[0] ?? '') : unit] ?? [];
  return of !== undefined && factor !== undefined ? { of, value: value * factor } : undefined;
}

/** Whether a number that is said to be rounded may be this one: to as many places as it has figures. */
export function isRounded(exact: number, { figure, hedge, value }: NumberFact): boolean {
  const scale = figure ? value / figure : 1;
  const [said, real] = [value / scale, exact / scale];
  if (!hedge || said < 10) {
    return false;
  }
  const step = 10 ** Math.max(0, /0*$/.exec(String(said))?.[0].length ?? 0);
  const above = real - said;
  switch (hedge) {
    case 'under':
      return above < 0 && above > -step;
    case 'over':
      return above > 0 && above < step;
    default:
      return Math.abs(above) <= step / 2;
  }
}
