import { describe, expect, it } from 'vitest';
import { isNumeric } from '../../../src/records/feedback.js';
import { createTally } from '../../../src/records/tally.js';
import { era5_1 } from '../../../src/sources/odb/index.js';
import { encodeOdbText } from '../../support/odb-encoder.js';
import { makeOdbRows } from '../../support/odb-rows.js';
import { smallTable, smallText } from '../../support/odb-tables.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { frameOf } from '../../support/odb2-tables.js';
import { inputOf, listStations, type Reading, readStation } from '../../support/reading.js';
import { makeStation } from '../../support/soundings.js';

/** Values to the 6 decimals of the text, offsets left out. */
function comparable({ reports, rows, tally }: Reading) {
  const cut = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toFixed(6)) + 0 : value);
  const cutAll = (values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cut(value)]));
  return {
    reports: reports.map((report) => ({ ...cutAll(report), byteOffset: 0 })),
    rows: rows.map((row) => ({
      ...cutAll(row),
      z: Number(row.z.toFixed(3)),
      feedback: cutAll(row.feedback),
    })),
    tally,
  };
}

describe('ODB-2', () => {
  const tables = ['11035', '82930'].map((id, i) =>
    makeOdbRows(makeStation(20 + i, { id: `XXM000${id}`, soundings: 4, significantLevels: 6 })),
  );

  it('frames give the same soundings as the text, station by station', async () => {
    const binary = await listStations(era5_1, [inputOf(encodeOdb2(tables.map(frameOf)), { chunks: [5000] })]);
    expect(binary.stations.map(({ id, files }) => [id, files[0]?.parts?.length])).toEqual([
      ['11035', 1],
      ['82930', 1],
    ]);
    for (const [i, station] of binary.stations.entries()) {
      const table = tables[i];
      if (table === undefined) throw new Error('no table');
      const text = await listStations(era5_1, [inputOf(encodeOdbText(table))]);
      const [other] = text.stations;
      if (other === undefined) throw new Error('no station');
      expect(comparable(await readStation(era5_1, station))).toEqual(
        comparable(await readStation(era5_1, other)),
      );
    }
  });

  it('frames with other columns join; the kinds widen', async () => {
    const first = smallTable([{ 'hits@conv': 3 }]);
    const second = smallTable([{ 'date@hdr': 20190221, 'hits@conv': 'x', 'an_depar@body': 0.5 }]);
    const { stations } = await listStations(era5_1, [inputOf(encodeOdb2([frameOf(first), frameOf(second)]))]);
    const [station] = stations;
    if (station === undefined) throw new Error('no station');
    expect(station.files[0]?.parts).toHaveLength(2);
    const { rows } = await readStation(era5_1, station);
    expect(rows.map(({ feedback: f }) => [f['hits@conv'], f['an_depar@body']])).toEqual([
      ['3', Number.NaN],
      ['x', 0.5],
    ]);
  });

  it('rows without an id and damaged frames are counted', async () => {
    const whole = encodeOdb2([
      frameOf(smallTable([{}, { 'statid@hdr': '        ' }])),
      frameOf(smallTable([{ 'time@hdr': 0 }])),
    ]);
    const { stations, tally } = await listStations(era5_1, [inputOf(whole.subarray(0, whole.length - 3))]);
    expect(stations.map(({ id, files }) => [id, files[0]?.parts])).toEqual([['11035', [0]]]);
    expect(Object.fromEntries(tally.noted)).toEqual({
      'era5_1.row.blank-station': 1,
      'era5_1.frame.truncated': 1,
    });
    const [station] = stations;
    const reading = await readStation(era5_1, station ?? { id: '', files: [] });
    expect(reading.reports).toHaveLength(1);
    expect(reading.tally.noted.size).toBe(0);
  });
});

describe('feedback that the station did not announce', () => {
  it('is counted, as are texts where numbers were announced', async () => {
    const files = [inputOf(smallText([{ 'fg_depar@body': 1.5, 'hits@conv': 'x' }]))];
    const tally = createTally();
    const feedback = [{ name: 'hits@conv', kind: 'int' as const }];
    for await (const batch of era5_1.open({ id: '11035', files }, { tally, feedback }))
      expect(batch.feedback.map((column) => isNumeric(column) && [...new Set(column.numbers)])).toEqual([
        [Number.NaN],
      ]);
    expect(Object.fromEntries(tally.noted)).toEqual({
      'era5_1.feedback.of-unexpected-column': 10,
      'era5_1.feedback.unfit-value': 1,
    });
  });
});
