import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  assertNoDrift,
  type CdmEdition,
  checkDrift,
  codeRow,
  diffEditions,
  hasCode,
  loadEdition,
  openTables,
  type TablesContract,
} from '../../src/cdm/index.js';
import { exitCodeOf } from '../../src/errors.js';
import { writeEdition } from './edition-support.js';

const HEADER = 'element_name\tkind\texternal_table\tdescription\n';
const CONTRACT: TablesContract = {
  elements: [
    { table: 'observations_table', element: 'units', base: 'int' },
    { table: 'observations_table', element: 'z_coordinate', base: 'numeric' },
    { table: 'header_table', element: 'report_timestamp', base: 'timestamp' },
  ],
  codes: [
    { table: 'units', code: 5 },
    { table: 'units', code: 32 },
  ],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edition-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function edition(name: string, changes: Record<string, string | undefined> = {}): Promise<CdmEdition> {
  const path = join(folder, name);
  writeEdition(path, changes);
  return loadEdition(path);
}

describe('codes', () => {
  it('resolve by number', async () => {
    const loaded = await edition('a');
    expect(codeRow(loaded, 'units', 5)).toEqual({ code: 5, values: ['5', 'kelvin', 'K'] });
    expect([hasCode(loaded, 'units', 5), hasCode(loaded, 'units', 6), hasCode(loaded, 'unit', 5)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('give the first row where several share a code, and no row for a number that is none', async () => {
    const loaded = await edition('a', { 'tables/units.dat': 'units\tname\n1\ta\n1\tb\n' });
    expect(codeRow(loaded, 'units', 1).values[1]).toBe('a');
    expect(hasCode(loaded, 'units', Number.NaN)).toBe(false);
  });

  it('that are unknown throw with table and code', async () => {
    const loaded = await edition('a');
    expect(() => codeRow(loaded, 'units', 6)).toThrow(expect.objectContaining({ code: 'UNKNOWN_CODE' }));
    expect(() => codeRow(loaded, 'units', 6)).toThrow(/code 6 .*table units/);
    expect(() => codeRow(loaded, 'colours', 3)).toThrow(expect.objectContaining({ code: 'UNKNOWN_TABLE' }));
    expect(() => codeRow(loaded, 'colours', 3)).toThrow(/colours .*code 3/);
  });
});

describe('drift', () => {
  it.each([
    ['nothing changed', {}, []],
    [
      'an element is gone',
      { 'table_definitions/observations_table.csv': `${HEADER}units\tint\t\t\n` },
      [{ table: 'observations_table', what: 'missing-element', name: 'z_coordinate' }],
    ],
    [
      'a kind changed',
      {
        'table_definitions/observations_table.csv': `${HEADER}units\tvarchar\t\t\nz_coordinate\tnumeric\t\t\n`,
      },
      [
        {
          table: 'observations_table',
          what: 'kind-changed',
          name: 'units',
          detail: 'expected int, found varchar',
        },
      ],
    ],
    [
      'a code is gone',
      { 'tables/units.dat': 'units\tname\n005\tkelvin\n' },
      [{ table: 'units', what: 'missing-code', name: '32' }],
    ],
    [
      'a definition is gone',
      { 'table_definitions/header_table.csv': undefined },
      [{ table: 'header_table', what: 'missing-table', name: 'header_table' }],
    ],
    [
      'a code table is gone',
      { 'tables/units.dat': undefined },
      [{ table: 'units', what: 'missing-table', name: 'units' }],
    ],
  ])('when %s', async (_name, changes, expected) => {
    const loaded = await edition('a', changes);
    const drifts = checkDrift(loaded, CONTRACT);
    expect(drifts).toHaveLength(expected.length);
    expect(drifts).toMatchObject(expected);
    if (expected.length === 0) expect(() => assertNoDrift(loaded, CONTRACT)).not.toThrow();
    else
      expect(() => assertNoDrift(loaded, CONTRACT)).toThrow(
        expect.objectContaining({ code: 'TABLES_DRIFT' }),
      );
  });

  it('stops the opening of an edition with all differences, a way out and exit code 8', async () => {
    writeEdition(join(folder, 'a'), {
      'tables/units.dat': 'units\tname\n1\tx\n',
      'table_definitions/observations_table.csv': `${HEADER}units\tvarchar\t\t\n`,
    });
    const error: unknown = await openTables(join(folder, 'a'), {
      cacheDir: join(folder, 'c'),
      contract: CONTRACT,
    }).catch((reason: unknown) => reason);
    expect(exitCodeOf(error)).toBe(8);
    expect(error).toMatchObject({
      code: 'TABLES_DRIFT',
      hint: expect.stringContaining('--tables'),
      message: expect.stringMatching(
        /kind-changed units.*missing-element z_coordinate.*missing-code 5.*missing-code 32/s,
      ),
    });
  });
});

describe('the difference of two editions', () => {
  it('is nothing between dialects and zero-padded codes', async () => {
    const a = await edition('a');
    const b = await edition('b', {
      'tables/units.dat': undefined,
      'tables/units.csv': 'units,name,abbreviation\n32,pascal,Pa\n5,kelvin,K\n',
      'table_definitions/units.csv':
        'element_name,kind,external_table,description\nunits,int (pk), ,other words\nname, varchar,,\nabbreviation,STRING,,\n',
    });
    expect(diffEditions(a, b)).toEqual([]);
    expect(a.sha256).not.toBe(b.sha256);
  });

  it('names each element, kind and code, with before and after', async () => {
    const a = await edition('a');
    const b = await edition('b', {
      'table_definitions/observations_table.csv': `${HEADER}observation_id\tint (pk)\t\t\nunits\tint\t\t\nlatitude\tnumeric\t\t\n`,
      'table_definitions/adjustment.csv': `${HEADER}value\tnumeric\t\t\n`,
      'tables/units.dat': 'units\tname\tabbreviation\n005\tKelvin\tK\n033\tjoule\tJ\n',
      'tables/quality_flag.dat': undefined,
    });
    expect(diffEditions(a, b)).toEqual([
      { table: 'adjustment', change: 'table-added', name: 'adjustment' },
      {
        table: 'observations_table',
        change: 'kind-changed',
        name: 'observation_id',
        before: 'varchar (pk)',
        after: 'int (pk)',
      },
      { table: 'observations_table', change: 'element-removed', name: 'z_coordinate', before: 'numeric' },
      { table: 'observations_table', change: 'element-added', name: 'latitude', after: 'numeric' },
      { table: 'quality_flag', change: 'table-removed', name: 'quality_flag' },
      {
        table: 'units',
        change: 'code-changed',
        name: '5',
        before: 'name=kelvin; abbreviation=K',
        after: 'name=Kelvin; abbreviation=K',
      },
      { table: 'units', change: 'code-removed', name: '32', before: 'name=pascal; abbreviation=Pa' },
      { table: 'units', change: 'code-added', name: '33', after: 'name=joule; abbreviation=J' },
    ]);
  });

  it('tells rows that share a code apart by the other parts of the key', async () => {
    const table = (rows: string) => ({
      'tables/conversion_method.dat': `method\tvariable\tdescription\n${rows}`,
    });
    const a = await edition('a', table('1\t36\tx\n1\t37\tx\n'));
    const b = await edition('b', table('1\t36\tx\n1\t37\ty\n1\t38\tx\n'));
    expect(diffEditions(a, b).map(({ change, name }) => `${change} ${name}`)).toEqual([
      'code-changed 1 variable=37',
      'code-added 1 variable=38',
    ]);
  });
});

describe('a folder', () => {
  it.each([
    [
      'without tables',
      {
        'tables/units.dat': undefined,
        'tables/source_format.dat': undefined,
        'tables/quality_flag.dat': undefined,
      },
      'NOT_AN_EDITION',
    ],
    ['with a table in both spellings', { 'tables/units.csv': 'units,name\n1,x\n' }, 'DUPLICATE_TABLE'],
    ['with a table of 5 MB', { 'tables/big.dat': 'x'.repeat(5_000_000) }, 'TABLE_TOO_LARGE'],
    ['with an empty table', { 'tables/void.dat': '' }, 'EMPTY_TABLE'],
    ['with a damaged identity', { 'edition.json': '{' }, 'MALFORMED_IDENTITY'],
  ])('%s is refused', async (_name, changes, code) => {
    await expect(edition('a', changes)).rejects.toMatchObject({ name: 'TablesError', code });
  });

  it('ignores other files, and loads alike under any name', async () => {
    const a = await edition('a');
    const b = await edition('b', { 'tables/README.md': 'x', 'docs/x.csv': 'y', 'tables/.hidden.csv': 'z' });
    expect(b.sha256).toBe(a.sha256);
    expect([a.name, a.commit, b.name]).toEqual(['a', 'none', 'b']);
    writeFileSync(
      join(folder, 'b', 'tables', 'units.dat'),
      'units\tname\tabbreviation\n005\tkelvin\tK\n033\tpascal\tPa\n',
    );
    expect((await loadEdition(join(folder, 'b'))).sha256).not.toBe(a.sha256);
  });
});
