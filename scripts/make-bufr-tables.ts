/**
 * Makes `sources/bufr-tables.json`, the BUFR tables B and D that the decoder works with:
 *
 *     npx tsx scripts/make-bufr-tables.ts <folder definitions/bufr/tables of ecCodes>
 *
 * It keeps facts only: descriptors, names, units, scales, references and widths, by the version of the master table from which
 * on they hold, and the local tables of ECMWF (centre 98). One line of text per fact, so that changes read well.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LICENCE =
  'Facts of the WMO Manual on Codes (WMO-No. 306), Volume I.2, and of the local tables of ECMWF, as compiled in the BUFR tables ' +
  'of ecCodes 2.28 (Copyright 2005- ECMWF, Apache License 2.0)';
const FORMAT =
  'elements: descriptor|from version|kind|scale|reference|width|unit|name; sequences: descriptor|from version|descriptors; ' +
  'operators: descriptor|name; absent: no longer in the tables from that version on';
const ECMWF = 98;

/** What an element or a sequence is, as text, by descriptor. */
type Table = ReadonlyMap<string, string>;

/** The content of `sources/bufr-tables.json`, as text. */
export async function makeBufrTables(folder: string): Promise<string> {
  const master = join(folder, '0', 'wmo');
  const versions = (await readdir(master))
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
  const elements: [number, Table][] = [];
  const sequences: [number, Table][] = [];
  for (const version of versions) {
    elements.push([version, await readElements(join(master, String(version)))]);
    sequences.push([version, await readSequences(join(master, String(version)))]);
  }
  const local: Record<string, { elements: string[]; sequences: string[] }> = {};
  for (const version of (await readdir(join(folder, '0', 'local'))).sort()) {
    const path = join(folder, '0', 'local', version, String(ECMWF), '0');
    const [b, d] = [await readElements(path), await readSequences(path)];
    if (b.size > 0) local[version] = { elements: changes([[0, b]]), sequences: changes([[0, d]]) };
  }
  const content = {
    licence: LICENCE,
    format: FORMAT,
    versions: versions.join(' '),
    elements: changes(elements),
    sequences: changes(sequences),
    operators: await readOperators(folder),
    local: { [ECMWF]: local },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** One line for every version in which a descriptor appears, changes or goes. */
function changes(versions: readonly [version: number, table: Table][]): string[] {
  const lines: string[] = [];
  const current = new Map<string, string>();
  for (const [version, table] of versions) {
    for (const [descriptor, fact] of table) {
      if (current.get(descriptor) === fact) continue;
      current.set(descriptor, fact);
      lines.push(`${descriptor}|${version}|${fact}`);
    }
    for (const descriptor of [...current.keys()]) {
      if (table.has(descriptor)) continue;
      current.delete(descriptor);
      lines.push(`${descriptor}|${version}|absent`);
    }
  }
  const key = (line: string): string => line.replace(/^(\d+)\|(\d+).*$/, (_, d, v) => d + v.padStart(3, '0'));
  return lines.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const KINDS: Readonly<Record<string, string>> = {
  double: 'number',
  long: 'number',
  string: 'text',
  table: 'code',
  flag: 'code',
};

async function readElements(folder: string): Promise<Table> {
  const table = new Map<string, string>();
  for (const line of (await readText(join(folder, 'element.table'))).split('\n')) {
    const [descriptor = '', name, type = '', , unit, scale, reference, width] = line.trim().split('|');
    if (!/^\d{6}$/.test(descriptor)) continue;
    const kind = KINDS[type];
    if (kind === undefined) throw new Error(`${folder}: ${descriptor} is of the unknown type ${type}`);
    table.set(descriptor, [kind, scale, reference, width, unit, name].join('|'));
  }
  return table;
}

async function readSequences(folder: string): Promise<Table> {
  const text = (await readText(join(folder, 'sequence.def'))).replace(/#.*$/gm, '');
  const table = new Map<string, string>();
  for (const [, descriptor = '', list = ''] of text.matchAll(/"(\d{6})"\s*=\s*\[([^\]]*)\]/g))
    table.set(descriptor, (list.match(/\d{6}/g) ?? []).join(' '));
  return table;
}

async function readOperators(folder: string): Promise<string[]> {
  const lines = (await readText(join(folder, 'operators.table'))).split('\n');
  return lines.filter((line) => line.startsWith('2')).map((line) => line.split('|', 2).join('|'));
}

/** The text of a file, '' where it is absent (a version or a centre may lack sequences). */
async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

const [, script = '', folder] = process.argv;
if (import.meta.url === pathToFileURL(script).href) {
  if (folder === undefined) throw new Error('usage: make-bufr-tables.ts <folder definitions/bufr/tables>');
  const target = fileURLToPath(new URL('../sources/bufr-tables.json', import.meta.url));
  await writeFile(target, await makeBufrTables(folder));
}
