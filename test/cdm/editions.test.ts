import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  applyExtensions,
  type CdmEdition,
  checkDrift,
  codeRow,
  diffEditions,
  loadEdition,
} from '../../src/cdm/index.js';
import { CDM_OBS, describeWithEditions, GLAMOD, WRITTEN } from './editions-support.js';

/** Rows of a file by its line ends alone: no file of the two editions has a line end inside a field. */
function countRows(folder: string, part: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of readdirSync(join(folder, part))) {
    const lines = readFileSync(join(folder, part, file), 'latin1').split('\n');
    const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).length - 1;
    counts.set(file.replace(/\..*/, ''), rows);
  }
  return counts;
}

function value(edition: CdmEdition, table: string, code: number, column: string): string | null | undefined {
  const index = edition.tables.get(table)?.columns.indexOf(column) ?? -1;
  return codeRow(edition, table, code).values[index];
}

function names(edition: CdmEdition, table: string): string[] {
  return edition.definitions.get(table)?.elements.map(({ name }) => name) ?? [];
}

describeWithEditions('the published editions', () => {
  let glamod: CdmEdition;
  let cdmObs: CdmEdition;
  beforeAll(async () => {
    glamod = await loadEdition(GLAMOD, { name: 'glamod' });
    cdmObs = await loadEdition(CDM_OBS, { name: 'cdm-obs' });
  });

  describe.each([
    ['glamod', GLAMOD, () => glamod, 88, 69],
    ['cdm-obs', CDM_OBS, () => cdmObs, 90, 70],
  ] as const)('%s', (_name, folder, edition, definitions, tables) => {
    it('loads every definition with every element', () => {
      const loaded = new Map(
        [...edition().definitions].map(([table, { elements }]) => [table, elements.length]),
      );
      expect(loaded).toEqual(countRows(folder, 'table_definitions'));
      expect(loaded.size).toBe(definitions);
    });

    it('loads every code table with every row', () => {
      const loaded = new Map([...edition().tables].map(([table, { rows }]) => [table, rows.length]));
      expect(loaded).toEqual(countRows(folder, 'tables'));
      expect(loaded.size).toBe(tables);
    });

    it('has a value or null in every column of every row, and clean column names', () => {
      for (const { columns, rows, keyColumn } of edition().tables.values()) {
        expect(columns).toContain(keyColumn);
        for (const column of columns) expect(column).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
        for (const { values } of rows) {
          expect(values).toHaveLength(columns.length);
          for (const text of values) {
            if (text === null) continue;
            expect(text).toBe(text.trim());
            expect(text).not.toMatch(/\\[_%]|\\hspace|^$/);
          }
        }
      }
    });

    it('names its code columns as its definitions do, but where the editions name them otherwise', () => {
      const otherwise: string[] = [];
      for (const { name, columns } of edition().tables.values()) {
        const elements = names(edition(), name);
        if (elements.length > 0 && columns.some((column) => !elements.includes(column))) otherwise.push(name);
      }
      expect(otherwise).toEqual([
        'header_fields',
        'observations_fields',
        'processing_code',
        'product_status',
        'source_configuration_fields',
        'station_configuration_fields',
      ]);
    });

    it('links elements to tables that are defined', () => {
      const dangling: string[] = [];
      for (const { name, elements } of edition().definitions.values()) {
        for (const { externalTable: link } of elements) {
          if (link !== undefined && !edition().definitions.has(link.table))
            dangling.push(`${name}: ${link.table}`);
        }
      }
      expect(dangling).toEqual([]);
    });

    it.each([
      ['observed_variable', 126, 'name', 'air temperature'],
      ['observed_variable', 34, 'name', 'dew point depression'],
      ['observed_variable', 117, 'name', 'geopotential height'],
      ['observed_variable', 138, 'units', '1'],
      ['observed_variable', 167, 'name', 'zenith_total_delay'],
      ['observed_variable', 167, 'units', 'm'],
      ['observed_variable', 169, 'parameter_group', 'humidity'],
      ['observed_variable', 169, 'name', 'wetness'],
      ['observed_variable', 169, 'units', 'Ohms'],
      ['units', 5, 'abbreviation', 'K'],
      ['units', 112, 'abbreviation', '"'],
      ['units', 731, 'abbreviation', 'm/s'],
      ['homogenisation_method', 16, 'description', 'RISE v2.0  approach'],
      ['homogenisation_method', 3, 'reference', 'Nash et al. 2010'],
      ['uncertainty_type', 2, 'name', 'systematic'],
      ['uncertainty_type', 2, 'reference', null],
      ['conversion_method', 5, 'description', 'Knots to m/s'],
      ['region', 0, 'WMO_region', 'NA'],
      ['sub_region', 256, 'name', 'EUROPEAN UNION'],
      ['duration', 17, 'period', '604800'],
    ])('reads %s %i %s', (table, code, column, expected) => {
      expect(value(edition(), table, code, column)).toBe(expected);
    });

    it('reads the last elements of era5fb_table, which are broken in one edition', () => {
      expect(edition().definitions.get('era5fb_table')?.elements.slice(-6)).toMatchObject([
        { name: 'lsm@surfbody_feedback', kind: { base: 'numeric' } },
        { name: 'stalt@hdr', kind: { base: 'numeric' }, description: 'altitude' },
        { name: 'obs_error@errstat', kind: { base: 'numeric' } },
        { name: 'final_obs_error@errstat', kind: { base: 'numeric' } },
        { name: 'fg_error@errstat', kind: { base: 'numeric' } },
        {
          name: 'eda_spread@errstat',
          kind: { base: 'numeric' },
          description: expect.stringMatching(/^\(Unscaled\) spread from the EDA\. .* same as$/),
        },
      ]);
    });

    it('fulfils what is written, with the extensions', async () => {
      expect(checkDrift(await applyExtensions(edition()), WRITTEN)).toEqual([]);
    });
  });

  it('known fault: the tables break on malformed rows. Both dialects load, and warn of exactly the rows and definitions that are malformed', () => {
    const places = (edition: CdmEdition) => edition.warnings.map(({ file, line }) => `${file}:${line}`);
    const range = (file: string, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => `${file}:${from + index}`);
    expect(places(glamod)).toEqual([
      'table_definitions/header_optional.csv:7',
      'table_definitions/observations_optional.csv:7',
      'table_definitions/qc_method.csv:8',
      'table_definitions/station_configuration.csv:39',
      ...range('tables/homogenisation_method.dat', 2, 14),
      'tables/observed_variable.dat:156',
      'tables/observed_variable.dat:158',
      'tables/observed_variable.dat:159',
      ...range('tables/uncertainty_type.dat', 2, 8),
    ]);
    expect(places(cdmObs)).toEqual([
      'table_definitions/era5fb_table.csv:53',
      'table_definitions/header_optional.csv:5',
      'table_definitions/observations_optional.csv:5',
      'table_definitions/qc_method.csv:6',
      'table_definitions/station_configuration.csv:37',
      'tables/uncertainty_type.csv:2',
    ]);
  });

  it('keep the code of observed_variable 170 and nothing that could stand in another column', () => {
    expect(codeRow(glamod, 'observed_variable', 170).values).toEqual([
      '170',
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(value(cdmObs, 'observed_variable', 170, 'name')).toBe('soil_moisture');
  });

  it('have the same elements but for one added and two added tables', () => {
    expect(names(cdmObs, 'observations_table')).toEqual(names(glamod, 'observations_table'));
    expect(names(cdmObs, 'observations_table')).toHaveLength(49);
    expect(names(cdmObs, 'header_table')).toEqual(names(glamod, 'header_table'));
    const changes = diffEditions(glamod, cdmObs).filter(({ change }) => /^(table|element)-/.test(change));
    expect(changes).toEqual([
      { table: 'advanced_homogenisation', change: 'table-added', name: 'advanced_homogenisation' },
      { table: 'advanced_uncertainty', change: 'table-added', name: 'advanced_uncertainty' },
      { table: 'era5fb_table', change: 'element-added', name: 'fg_depar@offline', after: 'numeric' },
      { table: 'instrument_type', change: 'table-added', name: 'instrument_type' },
    ]);
  });

  it('have the same rows where they were not edited: no field moved in either dialect', () => {
    const changed = diffEditions(glamod, cdmObs).filter(({ change }) => change === 'code-changed');
    expect(changed.map(({ table, name }) => `${table} ${name}`)).toEqual([
      'data_policy_licence 2',
      'data_policy_licence 3',
      'header_fields 2',
      'observation_code_table 0 value=230',
      'observations_fields 1',
      'observations_fields 6',
      'observations_fields 9',
      'observed_variable 67',
      'observed_variable 141',
      'observed_variable 170',
      'spatial_representativeness 6',
      'uncertainty_type 3',
      'uncertainty_type 6',
      'uncertainty_type 7',
      'units 301',
    ]);
    expect(diffEditions(glamod, cdmObs).filter(({ change }) => change === 'code-removed')).toEqual([]);
  });

  it('are told apart by their hash, which depends on contents and paths only', async () => {
    expect(glamod.sha256).toBe('c4d8163c670e726b5382d64bf89a37165041c0b28ae40836f91d3bd20a3a5660');
    expect(cdmObs.sha256).not.toBe(glamod.sha256);
    expect((await loadEdition(GLAMOD)).name).toBe('glamod-4261905');
  });
});
