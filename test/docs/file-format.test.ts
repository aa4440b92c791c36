/** docs/file-format.md and the tables of docs/reading.md, compared with station files and the rules that write them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TABLES_CONTRACT } from '../../src/match/index.js';
import { openStation } from '../../src/reading/open.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { fencedBlocks, pageText } from './snippets.js';
import { quoted, tableRows } from './tables.js';

const page = pageText('docs/file-format.md');
const reading = pageText('docs/reading.md');
const NCDUMP = 'ncdump';
const noNcdump = spawnSync(NCDUMP, ['-h', '/dev/null']).error !== undefined && process.env.CI !== 'true';

let station: string;
let feedback: string;

beforeAll(async () => {
  const output = join(await demoOutputs(), 'output');
  station = join(output, 'igra2/0-20000-0-99001_igra2_harvested.nc');
  feedback = join(output, 'era5_1/0-20000-0-99001_era5_1_harvested.nc');
});

/** What ncdump says of the root or a group: its lines without blanks around them. */
function header(path: string, group: string | null): string[] {
  const text = execFileSync(NCDUMP, ['-h', path], { encoding: 'utf8', maxBuffer: 2 ** 24 });
  const lines = text.split('\n').map((line) => line.trim());
  const from = group === null ? 0 : lines.indexOf(`group: ${group} {`);
  const to = lines.indexOf(group === null ? '// global attributes:' : `} // group ${group}`, from);
  expect(from, `group ${group}`).toBeGreaterThanOrEqual(0);
  return lines.slice(group === null ? from + 1 : from, to).filter((line) => line !== '');
}

const isAttribute = (line: string): boolean => /^[^\s(]*:\w+ = /.test(line);

interface Excerpt {
  group: string | null;
  lines: string[];
  /** By line, what the page says of it; '' for nothing. */
  notes: Map<string, string>;
}

const excerpts: Excerpt[] = fencedBlocks(page)
  .filter(({ language }) => language === 'cdl')
  .map(({ body }) => {
    const notes = new Map<string, string>();
    for (const line of body.split('\n')) {
      const [, text = '', note = ''] = /^(.*?)(?:\s+\/\/ (.*))?$/.exec(line.trim()) ?? [];
      if (text !== '') notes.set(text, note);
    }
    const lines = [...body.matchAll(/^\s*(\S.*?)(?:\s+\/\/ .*)?$/gm)].map(([, text]) => text ?? '');
    const group = /^group: (\S+) \{$/.exec(lines[0] ?? '')?.[1] ?? null;
    return { group, lines, notes };
  });

describe(`the excerpts of ncdump -h in docs/file-format.md${noNcdump ? ' (partly skipped: no ncdump)' : ''}`, () => {
  it('are of the root, every table and a code table', () => {
    const tables = new Set(TABLES_CONTRACT.elements.map(({ table }) => table));
    expect(excerpts.map(({ group }) => group)).toEqual(
      [null, ...tables, 'era5fb', 'z_coordinate_type'].sort(byPage),
    );
  });

  function byPage(a: string | null, b: string | null): number {
    const at = (group: string | null): number => (group === null ? 0 : page.indexOf(`group: ${group} {`));
    return at(a) - at(b);
  }

  it.skipIf(noNcdump).each(excerpts)('$group', ({ group, lines }) => {
    const real = header(group === 'era5fb' ? feedback : station, group);
    const shown = lines.filter((line) => !isAttribute(line));
    const known = real.filter((line) => !isAttribute(line)).map((line) => line.replace(/ \/\/ .*$/, ''));
    if (!shown.includes('...')) expect(shown).toEqual(known);
    else {
      let at = -1;
      for (const [i, line] of shown.entries()) {
        if (line === '...') continue;
        const next = known.indexOf(line, at + 1);
        expect(next, line).toBeGreaterThan(at);
        if (i > 0 && shown[i - 1] !== '...') expect(next, `${line} follows ${shown[i - 1]}`).toBe(at + 1);
        at = next;
      }
    }
    for (const line of lines.filter(isAttribute)) expect(real).toContain(line);
  });

  it('call those elements empty that the harvest does not fill', () => {
    for (const { group, notes } of excerpts) {
      const filled = TABLES_CONTRACT.elements
        .filter(({ table }) => table === group)
        .map(({ element }) => element);
      if (filled.length === 0) continue;
      const variables = [...notes].flatMap(([line, note]) => {
        const [, name] = /^\w+ (\w+)\(/.exec(line) ?? [];
        return name === undefined ? [] : [{ name, note }];
      });
      const shown = variables.filter(({ note }) => note !== 'empty').map(({ name }) => name);
      expect(shown.sort(), `${group}`).toEqual(filled.sort());
    }
  });
});

describe('the lists of docs/file-format.md', () => {
  it('name every global attribute and no other', async () => {
    const { attributes, close } = await openStation(station);
    const listed = tableRows(page, 'global attribute').flatMap(([names = '']) => quoted(names));
    expect(listed.sort()).toEqual([...attributes.keys()].sort());
    close();
  });

  it('name every attribute of variables and no other', async () => {
    const { contents, close } = await openStation(station);
    const found = new Set<string>();
    for (const group of [contents.root, ...contents.root.groups.values()])
      for (const variable of group.variables.values())
        for (const name of variable.attributes.keys()) found.add(name);
    const listed = tableRows(page, 'attribute of variables').flatMap(([names = '']) => quoted(names));
    expect(listed.sort()).toEqual([...found].sort());
    close();
  });

  it('name every code table and no other', async () => {
    const { tables, close } = await openStation(station);
    const own = new Set(TABLES_CONTRACT.elements.map(({ table }) => table));
    const codeTables = [...tables.keys()].filter((name) => !own.has(name));
    const paragraph = page.split('\n\n').find((text) => text.startsWith('`application_area`')) ?? '';
    expect(quoted(paragraph)).toEqual(codeTables);
    close();
  });

  it('name every code that the harvest writes, as the code table does', async () => {
    const { tables, close } = await openStation(station);
    const listed: { table: string; code: number }[] = [];
    for (const [name = '', codes = ''] of tableRows(page, 'table', 'codes')) {
      const [table = ''] = quoted(name);
      for (const text of codes.split('; ')) {
        const [, code = '', meaning = ''] = /^(\d+) (.+)$/.exec(text) ?? [];
        listed.push({ table, code: Number(code) });
        const rows = await textRows(tables.get(table));
        const fitting = rows.filter((cells) => cells.includes(code)).map((cells) => cells.map(plain));
        expect(fitting.flat(), `${table} ${code}`).toContain(plain(meaning));
      }
    }
    expect(listed).toEqual(TABLES_CONTRACT.codes);
    close();
  });
});

describe('the tables of docs/reading.md', () => {
  it('say how missing values are stored', async () => {
    const { tables, close } = await openStation(station);
    const header = tables.get('header_table');
    const columns = ['region', 'location_accuracy', 'record_timestamp', 'history'];
    const stored = columns.map((name) => String(header?.column(name).missing ?? 'empty'));
    expect(tableRows(reading, 'kind of variable', 'stored as').map(([, , missing]) => missing)).toEqual(
      stored,
    );
    expect(
      tableRows(page, 'CDM kind')
        .map(([, , missing]) => missing)
        .slice(0, 3),
    ).toEqual(stored.slice(0, 3));
    close();
  });

  it('name every variable with its unit as the files have them', async () => {
    const { tables, close } = await openStation(station);
    const abbreviations = await codeColumn(tables.get('units'), 'units', 'abbreviation');
    const listed = tableRows(reading, 'variable', 'code (`observed_variable`)').map(
      ([, code = '', unit = '']) => {
        const [, number = '', abbreviation] = /^(\d+): (.+)$/.exec(unit) ?? [];
        expect(abbreviation, code).toBe(abbreviations.get(number));
        return Number(code);
      },
    );
    const written = TABLES_CONTRACT.codes.filter(({ table }) => table === 'observed_variable');
    expect(listed.sort((a, b) => a - b)).toEqual(written.map(({ code }) => code).sort((a, b) => a - b));
    close();
  });

  it('name every quality flag', () => {
    const listed = tableRows(reading, '`quality_flag`').map(([code]) => Number(code));
    const written = TABLES_CONTRACT.codes.filter(({ table }) => table === 'quality_flag');
    expect(listed).toEqual(written.map(({ code }) => code));
  });

  it.each(['igra2', 'era5_1'])('give every row of %s the unit of its variable', async (dataset) => {
    const { tables, close } = await openStation(dataset === 'igra2' ? station : feedback);
    const rows = tables.get('observations_table');
    const units = new Map(
      tableRows(reading, 'variable', 'code (`observed_variable`)').map(([, code, unit = '']) => [
        Number(code),
        Number.parseInt(unit, 10),
      ]),
    );
    const variable = (await rows?.column('observed_variable').numbers()) ?? [];
    const unit = (await rows?.column('units').numbers()) ?? [];
    expect(variable.length).toBeGreaterThan(5000);
    expect(variable.findIndex((code, row) => units.get(code) !== unit[row])).toBe(-1);
    close();
  });
});

type Table =
  Awaited<ReturnType<typeof openStation>>['tables'] extends ReadonlyMap<string, infer T> ? T : never;

/** The rows of a small table as text, numbers as they are printed. */
async function textRows(table: Table | undefined): Promise<string[][]> {
  if (table === undefined) return [];
  const columns = await Promise.all(
    [...table.columns.values()].map(async (column) =>
      column.kind === 'text' ? await column.texts() : Array.from(await column.numbers(), String),
    ),
  );
  return Array.from({ length: table.rows }, (_, row) => columns.map((column) => column[row] ?? ''));
}

async function codeColumn(table: Table | undefined, key: string, name: string): Promise<Map<string, string>> {
  const names = [...(table?.columns.keys() ?? [])];
  const rows = await textRows(table);
  return new Map(rows.map((cells) => [cells[names.indexOf(key)] ?? '', cells[names.indexOf(name)] ?? '']));
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
