/**
 * Makes `docs/sources/bufr-elements.md`, the page of what becomes of each element of a BUFR sounding, from the list that the reader
 * works with:
 *
 *     npx tsx scripts/make-bufr-elements.ts
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ELEMENTS } from '../src/sources/bufr/elements.js';
import { digits } from '../src/sources/bufr/error.js';
import { type BufrTables, loadTables, type TableVersion } from '../src/sources/bufr/tables.js';

const HEAD = `# bufr: what becomes of each element

Every element that the templates of upper-air soundings hold: the sequences 3 01, 3 03 and 3 09 of table D with ECMWF's local
ones, and what real messages have beside them. The page is made of the list that the reader works with
(\`npx tsx scripts/make-bufr-elements.ts\`), and a test compares the two. [bufr.md](bufr.md) tells the rest.

| role           | what it says                                                                              |
| -------------- | ----------------------------------------------------------------------------------------- |
| identification | who observed                                                                              |
| metadata       | with what, and how the message is built                                                   |
| time           | when                                                                                      |
| coordinate     | where: position, pressure, height                                                         |
| displacement   | where, counted from the launch                                                            |
| value          | what was observed: a row of observations_table, or the coordinate of its level            |
| significance   | of what kind a level is                                                                   |
| quality        | how good a value is                                                                       |
| none           | of no use; where it has a value in a level it is counted as \`bufr.element.<descriptor>\`, as are elements that are not here |

| element | name | role | what becomes of it |
| ------- | ---- | ---- | ------------------ |
`;

/** Where names are looked up: the newest table, ECMWF's own, and older ones for elements that are no longer in it. */
const VERSIONS: readonly TableVersion[] = [
  { centre: 0, masterVersion: 0, localVersion: 0 },
  { centre: 98, masterVersion: 13, localVersion: 101 },
  { centre: 98, masterVersion: 13, localVersion: 1 },
  { centre: 0, masterVersion: 14, localVersion: 0 },
];

/** The page. */
export function makeBufrElements(tables: BufrTables): string {
  const rows = ELEMENTS.flatMap(({ role, use, elements }) =>
    elements.map((descriptor): [number, string] => {
      const what = role === 'none' ? `of no use, because: ${use}` : use;
      return [descriptor, `| ${digits(descriptor)} | ${nameOf(descriptor, tables)} | ${role} | ${what} |\n`];
    }),
  );
  return (
    HEAD +
    rows
      .sort(([a], [b]) => a - b)
      .map(([, row]) => row)
      .join('')
  );
}

function nameOf(descriptor: number, tables: BufrTables): string {
  for (const version of VERSIONS) {
    const element = tables.select(version).element(descriptor);
    if (element !== null) return element.name;
  }
  throw new Error(`no table has the element ${digits(descriptor)}`);
}

const [, script = ''] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  const target = fileURLToPath(new URL('../docs/sources/bufr-elements.md', import.meta.url));
  await writeFile(target, makeBufrElements(await loadTables()));
}
