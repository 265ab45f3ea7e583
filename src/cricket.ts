// Reads config/cricket.yaml: names, and other words for them. Only what finds names is read here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CONFIG_FOLDER } from './config.js';
import { parseYaml } from './config-file.js';

const words = z.array(z.string()).default([]);
const entrySchema = z.looseObject({
  name: z.string(),
  short: words,
  aliases: words,
  men: words,
  women: words,
  under19: words,
  demonyms: words,
});
const fileSchema = z.looseObject({
  capitalsOnly: words,
  teams: z.array(entrySchema),
  clubs: z.array(entrySchema),
  leagues: z.array(entrySchema),
  formats: z.array(entrySchema),
  trophies: z.array(entrySchema),
  grounds: z.array(entrySchema),
});

/** All names with everything that they are called. Error: `config_invalid`. */
export function loadCricketNames(file = path.join(CONFIG_FOLDER, 'cricket.yaml')) {
  const { capitalsOnly, clubs, formats, grounds, leagues, teams, trophies } = parseYaml(
    [{ file, text: readFileSync(file, 'utf8') }],
    fileSchema,
  );
  const entries = [...teams, ...clubs, ...leagues, ...formats, ...trophies, ...grounds];
  const names = entries.map(({ aliases, demonyms, men, name, short, under19, women: womens }) => ({
    name,
    aliases: [...short, ...aliases, ...demonyms, ...men, ...womens, ...under19],
  }));
  return { names, capitalsOnly };
}
