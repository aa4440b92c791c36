import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PACKAGED_TABLES } from '../../src/cdm/extensions.js';
import { applyExtensions, type CdmEdition, codeRow, hasCode, loadEdition } from '../../src/cdm/index.js';
import { CDM_OBS, describeWithEditions } from './editions-support.js';

let official: CdmEdition;
beforeAll(async () => {
  official = await loadEdition(join(PACKAGED_TABLES, 'bundled'));
});

describe('the radiosonde extensions', () => {
  it('add their elements at the end of the definitions, marked', async () => {
    const extended = await applyExtensions(official);
    expect(extended.definitions.get('observations_table')?.elements.slice(-4)).toMatchObject([
      { name: 'source_id', extension: false },
      {
        name: 'advanced_feedback',
        kind: { base: 'int', array: false, primaryKey: false },
        externalTable: { table: 'data_present', element: 'flag' },
        extension: true,
      },
      { name: 'elapsed_time', kind: { base: 'numeric' }, extension: true },
      { name: 'level_significance', kind: { base: 'int' }, extension: true },
    ]);
    expect(extended.definitions.get('header_table')?.elements.slice(-2)).toMatchObject([
      { name: 'nominal_timestamp', kind: { base: 'timestamp' }, extension: true },
      { name: 'vertical_direction', kind: { base: 'int' }, extension: true },
    ]);
  });

  it('replace two code tables and add codes to three', async () => {
    const extended = await applyExtensions(official);
    const rows = (table: string) => extended.tables.get(table)?.rows.map(({ values }) => values);
    expect(rows('z_coordinate_type')).toEqual([
      ['0', 'height (m) above sea level'],
      ['1', 'pressure (Pa)'],
    ]);
    expect(rows('station_type')).toEqual([
      ['0', 'Radiosonde'],
      ['1', 'Pilot balloon'],
    ]);
    expect(extended.tables.get('station_type')?.extension).toBe(true);
    expect(rows('source_format')?.slice(-5)).toEqual([
      ['4', 'CF-compliant NetCDF'],
      ['100', 'ECMWF ODB-2'],
      ['101', 'ECMWF ODB text'],
      ['102', 'IGRA 2 text'],
      ['103', 'UADB text'],
    ]);
    expect(codeRow(extended, 'quality_flag', 6).values[1]).toBe(
      'Blacklisted source no quality checks applied',
    );
    expect(rows('z_coordinate_method')).toEqual([
      ['0', 'Value from chart'],
      ['1', 'Height reported as geopotential height'],
      ['2', 'Geometric height reported'],
      ['3', "Geometric height computed from the station's elevation"],
    ]);
    expect(codeRow(extended, 'crs', 0).values).toEqual(['0', 'WGS84']);
  });

  it('list each of their effects once and leave the official edition alone', async () => {
    const extended = await applyExtensions(official);
    expect(extended.extensions.map(({ table, what, name }) => `${table} ${what} ${name}`)).toEqual([
      'header_table element nominal_timestamp',
      'header_table element vertical_direction',
      'observations_table element advanced_feedback',
      'observations_table element elapsed_time',
      'observations_table element level_significance',
      'quality_flag code 6',
      'quality_flag code 100',
      'source_format code 100',
      'source_format code 101',
      'source_format code 102',
      'source_format code 103',
      'station_type table station_type',
      'z_coordinate_method code 1',
      'z_coordinate_method code 2',
      'z_coordinate_method code 3',
      'z_coordinate_type table z_coordinate_type',
    ]);
    expect(extended.sha256).toBe(official.sha256);
    expect(official.extensions).toEqual([]);
    expect(hasCode(official, 'source_format', 100)).toBe(false);
    expect(hasCode(official, 'quality_flag', 6)).toBe(false);
    expect(official.tables.get('station_type')?.rows).toHaveLength(5);
    expect(official.definitions.get('header_table')?.elements).toHaveLength(43);
  });
});

describeWithEditions('the radiosonde extensions on the newer edition', () => {
  it('leave its own quality flag 6 as it is', async () => {
    const extended = await applyExtensions(await loadEdition(CDM_OBS));
    const added = extended.extensions.filter(({ table }) => table === 'quality_flag');
    expect(added.map((change) => JSON.stringify(change)).join()).not.toContain('6');
    expect(extended.tables.get('quality_flag')?.rows.filter(({ code }) => code === 6)).toHaveLength(1);
  });
});

describe('an extension folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'extensions-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('may add a part of the columns; the others are missing', async () => {
    writeFileSync(join(folder, 'units.csv'), '# add codes\nunits,name\n900,furlong\n');
    const extended = await applyExtensions(official, folder);
    expect(codeRow(extended, 'units', 900).values).toEqual(['900', 'furlong', null, null]);
  });

  it('may bring a whole new table', async () => {
    writeFileSync(join(folder, 'balloon.csv'), '# add codes\nballoon,name\n1,latex\n');
    const extended = await applyExtensions(official, folder);
    expect(codeRow(extended, 'balloon', 1).values).toEqual(['1', 'latex']);
    expect(extended.extensions).toEqual([{ table: 'balloon', what: 'table', name: 'balloon' }]);
  });

  it('gives way to an official element of the same kind and to an equal code', async () => {
    writeFileSync(
      join(folder, 'header_table.csv'),
      '# add elements\nelement_name,kind,external_table,description\nlatitude,numeric,,mine\n',
    );
    writeFileSync(join(folder, 'crs.csv'), '# add codes\ncrs,description\n0,WGS84\n');
    const extended = await applyExtensions(official, folder);
    expect(extended.extensions).toEqual([]);
    expect(extended.definitions.get('header_table')?.elements).toHaveLength(43);
  });

  it.each([
    [
      'an official code with another meaning',
      'crs.csv',
      '# add codes\ncrs,description\n0,Mars\n',
      'EXTENSION_CONFLICT',
    ],
    ['an unknown column', 'crs.csv', '# add codes\ncrs,colour\n9,red\n', 'EXTENSION_CONFLICT'],
    [
      'an official element of another kind',
      'header_table.csv',
      '# add elements\nelement_name,kind,external_table,description\nlatitude,varchar,,\n',
      'EXTENSION_CONFLICT',
    ],
    [
      'elements of a table that does not exist',
      'nothing.csv',
      '# add elements\nelement_name,kind,external_table,description\na,int,,\n',
      'EXTENSION_CONFLICT',
    ],
    ['an unknown effect', 'crs.csv', '# drop table\ncrs,description\n', 'MALFORMED_EXTENSION'],
    ['no effect', 'crs.csv', 'crs,description\n9,x\n', 'MALFORMED_EXTENSION'],
    ['a malformed row', 'crs.csv', '# add codes\ncrs,description\n9\n10,x\n', 'MALFORMED_EXTENSION'],
  ])('with %s is refused', async (_name, file, text, code) => {
    writeFileSync(join(folder, file), text);
    await expect(applyExtensions(official, folder)).rejects.toMatchObject({
      name: 'TablesError',
      code,
      position: { file: `extensions/${file}` },
    });
  });

  it('that does not exist is a storage error', async () => {
    await expect(applyExtensions(official, join(folder, 'none'))).rejects.toMatchObject({
      name: 'StorageError',
    });
  });
});
