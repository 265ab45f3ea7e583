// Reads config/cricket.yaml: names, and other words for them. Only what finds names is read here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CONFIG_FOLDER } from './config.js';
import { parseYaml } from './config-file.js';
import type { Name, NameKind, NameLists, Side } from './rag/understand/names.js';

const words = z.array(z.string()).default([]);
const entrySchema = z.looseObject({
  name: z.string(),
  kind: z.string().optional(),
  short: words,
  aliases: words,
  men: words,
  women: words,
  under19: words,
  demonyms: words,
  leagues: words,
  between: words,
  genders: z.array(z.enum(['men', 'women'])).default(['men', 'women']),
  ages: z.array(z.enum(['senior', 'under-19'])).default(['senior', 'under-19']),
  city: z.string().optional(),
  country: z.string().optional(),
});
type Entry = z.infer<typeof entrySchema>;

const entries = z.array(entrySchema).default([]);
const fileSchema = z.looseObject({
  capitalsOnly: words,
  capitalisedOnly: words,
  teams: z.array(entrySchema),
  clubs: z.array(entrySchema),
  leagues: z.array(entrySchema),
  formats: z.array(entrySchema),
  trophies: z.array(entrySchema),
  grounds: z.array(entrySchema),
  places: entries,
  players: entries,
  sides: entries,
  words: entries,
});

/** All names with everything that they are called, the best known of a shared word first. Error: `config_invalid`. */
export function loadCricketNames(file = path.join(CONFIG_FOLDER, 'cricket.yaml')): NameLists {
  const lists = parseYaml([{ file, text: readFileSync(file, 'utf8') }], fileSchema);
  const auction = lists.words.filter(({ kind }) => kind === 'auction');
  const saleWords = auction.map(({ name }) => name);
  const fullNames = new Map(lists.leagues.flatMap(({ name, short }) => short.map((form) => [form, name])));
  const named = (kind: NameKind, all: Entry[]) =>
    all.map((entry) => {
      const leagues = entry.leagues.map((league) => fullNames.get(league) ?? league);
      return nameOf(kind, { ...entry, leagues }, saleWords);
    });
  return {
    names: [
      ...named('team', lists.teams),
      ...named('club', lists.clubs),
      ...named('league', lists.leagues),
      ...named('format', lists.formats),
      ...named('trophy', lists.trophies),
      ...named('ground', lists.grounds),
      ...named('place', lists.places),
      ...named('person', lists.players),
      ...named('side', lists.sides),
      ...named('word', lists.words),
    ],
    capitalsOnly: lists.capitalsOnly,
    capitalisedOnly: lists.capitalisedOnly,
  };
}

function nameOf(kind: NameKind, entry: Entry, saleWords: string[]): Name {
  const { aliases, between, city, country, demonyms, leagues, men, name, short } = entry;
  const { under19, women } = kind === 'team' || kind === 'club' ? withFeedForms(entry) : entry;
  const sides = Object.entries({ men, women, 'under-19': under19 }).filter(([, own]) => own.length > 0);
  const context = [...leagues, ...between, ...(country && kind === 'ground' ? [country] : [])];
  const sold = entry.kind === 'franchise' ? saleWords : [];
  return {
    kind,
    name,
    aliases: [...short, ...aliases],
    ...(demonyms.length > 0 ? { people: demonyms } : {}),
    ...(sides.length > 0 ? { sides: Object.fromEntries(sides) } : {}),
    ...(onlySide(kind, entry) ? { only: onlySide(kind, entry) } : {}),
    ...(context.length + sold.length > 0 ? { context: [...context, ...sold] } : {}),
    ...(city ? { place: city } : {}),
  };
}

/** "INDW", "AUS-W", "INDU19": how score feeds shorten a side. */
function withFeedForms({
  ages,
  genders,
  kind,
  short,
  under19,
  women,
}: Entry): Pick<Entry, 'women' | 'under19'> {
  const forms = (ending: string[]) => short.flatMap((form) => ending.map((end) => `${form}${end}`));
  const hasWomen = genders.includes('women');
  const hasYouth = kind === 'international' && ages.includes('under-19');
  return {
    women: hasWomen ? [...women, ...forms(['W', '-W', ' W', 'WMN'])] : women,
    under19: hasYouth ? [...under19, ...forms(['U19', '-U19'])] : under19,
  };
}

/** A franchise of men alone is no hint that men are meant; a competition of women alone is one. */
function onlySide(kind: NameKind, { ages, genders }: Entry): Side | undefined {
  if (ages.length === 1 && ages[0] === 'under-19') {
    return 'under-19';
  }
  return genders.length === 1 && genders[0] === 'women' && kind !== 'format' ? 'women' : undefined;
}
