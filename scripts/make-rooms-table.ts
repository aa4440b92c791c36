/** Puts the map of the rooms into CONTRIBUTING.md, made from the imports: `npx tsx scripts/make-rooms-table.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withRoomsTable } from '../test/support/rooms-table.js';

const path = fileURLToPath(new URL('../CONTRIBUTING.md', import.meta.url));
writeFileSync(path, withRoomsTable(readFileSync(path, 'utf8')));
