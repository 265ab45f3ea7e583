// What was chosen or typed in the options of a command about digests.
import type { APIApplicationCommandInteractionDataOption as Option } from 'discord.js';
import type { DigestChanges, DigestDesk } from '../digest-desk.js';
import { readBreaking, readDays, readLanguage, readLength, readTime } from '../read-digest-words.js';

const MOST_CHOICES = 25;
const CHOICE_CHARACTERS = 100;

/** Values by name, of a command or of its subcommand. */
export function givenOf(options: Option[]): Map<string, string> {
  return new Map(
    flat(options).flatMap((option) => ('value' in option ? [[option.name, String(option.value)]] : [])),
  );
}

/** What goes on from what is typed; of several names the last is being written. */
export function suggestionsFor(
  options: Option[],
  suggest: DigestDesk['suggest'],
): { name: string; value: string }[] {
  const focused = flat(options).find((option) => 'focused' in option && option.focused);
  if (!focused || !('value' in focused)) {
    return [];
  }
  const [, before = '', last = ''] = /^(.*,\s*)?(.*)$/s.exec(String(focused.value)) ?? [];
  return suggest(focused.name === 'zone' ? 'zone' : 'name', last)
    .map((name) => `${before}${name}`)
    .filter((name) => name.length <= CHOICE_CHARACTERS)
    .slice(0, MOST_CHOICES)
    .map((name) => ({ name, value: name }));
}

/** Error: `usage`, whose message may be shown. */
export function changesOf(given: ReadonlyMap<string, string>): DigestChanges {
  const [breaking, days, language, length, quiet, results, time, zone] = [
    ...['breaking', 'days', 'language', 'length', 'quiet', 'results', 'time', 'zone'],
  ].map((name) => given.get(name));
  return {
    ...(time === undefined ? {} : { time: readTime(time) }),
    ...(zone === undefined ? {} : { zone }),
    ...(days === undefined ? {} : { days: readDays(days) }),
    ...(length === undefined ? {} : { length: readLength(length) }),
    ...(results === 'show' || results === 'hide' ? { spoilers: results } : {}),
    ...(quiet === 'line' || quiet === 'silent' ? { quiet } : {}),
    ...(breaking === undefined ? {} : { breaking: readBreaking(breaking) }),
    ...(language === undefined ? {} : { language: readLanguage(language) }),
  };
}

function flat(options: Option[]): Option[] {
  return options.flatMap((option) => ('options' in option ? (option.options ?? []) : [option]));
}
