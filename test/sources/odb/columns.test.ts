import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { columnName, findColumns, joinColumns, requiredKind } from '../../../src/sources/odb/columns.js';
import { makeOdbRows, type OdbDataset } from '../../support/odb-rows.js';

describe('names', () => {
  it('are those of the table of feedback, with or without the table of the database', () => {
    const text = readFileSync(
      new URL('../../../cdm-tables/bundled/table_definitions/era5fb_table.csv', import.meta.url),
      'utf8',
    );
    const names = text.split('\n').map((line) => line.split(',')[0] ?? '');
    // `lsm` stands in two tables; the others above `type` are elements of the CDM, not of the database.
    const ofDatabase = names
      .slice(names.indexOf('type'))
      .filter((name) => name !== '' && !name.startsWith('lsm@'));
    expect(ofDatabase.length).toBeGreaterThan(40);
    for (const name of ofDatabase) {
      expect(columnName(name)).toBe(name);
      expect(columnName(name.replace(/@.*/, ''))).toBe(name);
    }
  });

  it('of another table are other columns', () => {
    expect(columnName('an_depar@surfbody_feedback')).toBe('an_depar@surfbody_feedback');
    expect(columnName('expver@desc')).toBe('expver');
    expect(columnName('reportype@hdr')).toBe('reportype');
    expect(columnName('wigosid')).toBe('wigosid');
    expect(requiredKind('datum_status@surfbody_feedback')).toBeUndefined();
    expect(requiredKind('lat')).toBe('double');
  });
});

describe('findColumns', () => {
  it.each([
    ['era5_1', 63],
    ['era5_2', 67],
    ['era5_1759', 33],
    ['era5_1761', 33],
    ['era5_3188', 28],
  ] as [OdbDataset, number][])('%s has %i columns, the required ones among them', (dataset, count) => {
    const { columns } = makeOdbRows([], { dataset });
    expect(columns).toHaveLength(count);
    const places = findColumns(
      columns.map(({ name }) => ({ name, kind: 'double' })),
      'x',
    );
    expect(columns[places.obsvalue]?.name).toBe('obsvalue@body');
    expect(columns[places.reportype]?.name).toMatch(/^reportype(@hdr)?$/);
    expect(columns[places.sondeType]?.name).toBe('sonde_type@conv');
    expect(places.firstGuessDeparture >= 0).toBe(dataset === 'era5_1' || dataset === 'era5_2');
    expect(places.analysisDeparture >= 0).toBe(dataset !== 'era5_3188');
  });

  it('the first of two columns with one name counts', () => {
    const names = [
      'statid',
      'date',
      'time',
      'lat',
      'lon',
      'varno',
      'obsvalue',
      'vertco_type',
      'vertco_reference_1',
      'lat@hdr',
    ];
    expect(
      findColumns(
        names.map((name) => ({ name, kind: 'double' })),
        'x',
      ).lat,
    ).toBe(3);
  });
});

describe('joinColumns', () => {
  it('keeps the order of first appearance and the widest kind', () => {
    const joined = joinColumns([
      [
        { name: 'a@x', kind: 'int' },
        { name: 'b@x', kind: 'real' },
        { name: 'c@x', kind: 'text' },
        { name: '', kind: 'int' },
      ],
      [
        { name: 'd@x', kind: 'int' },
        { name: 'b@x', kind: 'int' },
        { name: 'a@x', kind: 'double' },
        { name: 'c@x', kind: 'int' },
      ],
      [{ name: 'd@x', kind: 'text' }],
    ]);
    expect(joined).toEqual([
      { name: 'a@x', kind: 'double' },
      { name: 'b@x', kind: 'real' },
      { name: 'c@x', kind: 'text' },
      { name: 'd@x', kind: 'text' },
    ]);
  });
});
