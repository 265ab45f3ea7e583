// Writes config/schema.json, by which editors complete and check a configuration file:
//   npm run schema
import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '#src/config-schema.js';

writeFileSync('config/schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
