/** Faults of the reference harvester that concern the observation database; each of these tests shows that it is not here. */
import { describe, expect, it } from 'vitest';
import { combineLaunches } from '../../../src/records/launches.js';
import { orderSoundings } from '../../../src/records/order.js';
import { createTally } from '../../../src/records/tally.js';
import { era5_1, odbSource } from '../../../src/sources/odb/index.js';
import { encodeOdbText } from '../../support/odb-encoder.js';
import { makeOdbRows, type OdbDataset } from '../../support/odb-rows.js';
import { type SmallRow, smallText } from '../../support/odb-tables.js';
import { inputOf, isAccountedFor, listStations, since1900 } from '../../support/reading.js';
import { makeStation } from '../../support/soundings.js';
import { readBytes, readRows } from './reading.js';

const STATION = makeStation(7, { id: 'XXM00011035', soundings: 6, significantLevels: 12 });

describe('known faults', () => {
  it('consecutive odd days stay apart', async () => {
    const days = [20190219, 20190220, 20190221, 20190222, 20190223];
    const { reports, rows } = await readRows(days.map((date) => ({ 'date@hdr': date })));
    expect(reports.map(({ nominal }) => nominal)).toEqual(
      days.map((date) => since1900(`${String(date).replace(/^(\d{4})(\d\d)/, '$1-$2-')}T12:00:00Z`)),
    );
    expect(rows.map(({ feedback }) => feedback['date@hdr'])).toEqual(days);
  });

  it.each(['era5_1759', 'era5_1761'] as OdbDataset[])(
    '%s: departures from the analysis survive, value by value',
    async (dataset) => {
      const table = makeOdbRows(STATION, { dataset, statid: '6:99041' });
      const reading = await readBytes(encodeOdbText(table), dataset);
      const place = (name: string): number => table.columns.findIndex((column) => column.name === name);
      const kept = table.rows.filter((row) => row[place('obsvalue@body')] !== null);
      const expected = kept.map((row) => {
        const value = row[place('an_depar@body')] ?? null;
        return typeof value === 'number' ? Number(value.toFixed(6)) : Number.NaN;
      });
      expect(expected.filter(Number.isFinite).length).toBeGreaterThan(200);
      expect(reading.rows.map(({ feedback }) => feedback['an_depar@body'])).toEqual(expected);
      expect(reading.tally.fields).toBe(table.rows.length);
      expect(isAccountedFor(reading)).toBe(true);
    },
  );

  it('columns of whole numbers that hold NULL survive', async () => {
    const { rows } = await readRows([
      { 'ppcode@conv_body': 3 },
      { 'ppcode@conv_body': null, 'varno@body': 3 },
      { 'ppcode@conv_body': 4, 'varno@body': 4 },
    ]);
    expect(rows.map(({ feedback }) => feedback['ppcode@conv_body'])).toEqual([3, Number.NaN, 4]);
    const columns = await era5_1.feedback?.({
      id: '11035',
      files: [inputOf(smallText([{ 'ppcode@conv_body': null }, { 'ppcode@conv_body': 3 }]))],
    });
    expect(columns?.find(({ name }) => name === 'ppcode@conv_body')?.kind).toBe('int');
  });

  it('a value that does not fit its column of whole numbers is handed on: the match widens the column', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i): SmallRow => ({
        'time@hdr': i % 24,
        'ppcode@conv_body': i,
        'source@hdr': 'fills the head'.repeat(30),
      }),
    );
    const text = smallText(rows).toString('utf8').split('\n');
    expect(text.slice(0, 2500).join('\n').length).toBeGreaterThan(2 ** 20);
    const place = (text[0] ?? '').split('\t').indexOf('ppcode@conv_body');
    text[3001] = (text[3001] ?? '')
      .split('\t')
      .map((value, i) => (i === place ? '0.5' : value))
      .join('\t');
    const { tally, rows: read } = await readBytes(Buffer.from(text.join('\n')));
    expect(tally.noted.get('era5_1.feedback.unfit-value')).toBeUndefined();
    expect(read[3000]?.feedback['ppcode@conv_body']).toBe(0.5);
  });

  it('an unknown varno is counted by its number, 2 m and 10 m values are surface values', async () => {
    const { rows, tally } = await readRows(
      [39, 40, 41, 42, 58, 206].map((varno) => ({ 'varno@body': varno, 'obsvalue@body': 0.5 })),
    );
    expect(rows.map(({ variable }) => variable)).toEqual([85, 36, 104, 105, 38]);
    expect(Object.fromEntries(tally.dropped)).toEqual({ 'era5_1.varno.206.unknown': 1 });
  });

  it('ids of different lengths, with a colon, with letters beyond ASCII', async () => {
    const ids = ['A', '11035', '6:99041', 'C:4629', 'ÅLESUND', 'SHIP1234'];
    const bytes = smallText(ids.map((id) => ({ 'statid@hdr': id.padStart(8) })));
    const { stations } = await listStations(era5_1, [inputOf(bytes)]);
    expect(stations.map(({ id }) => id)).toEqual([...ids].sort());
  });

  it('values equal to the sentinels of other formats stay', async () => {
    const { rows } = await readRows([
      { 'varno@body': 110, 'obsvalue@body': 99999 },
      { 'varno@body': 1, 'obsvalue@body': -999 },
    ]);
    expect(rows.map(({ value }) => value)).toEqual([99999, -999]);
  });

  it('a launch sent again within a minute is one report, the fuller one; the other is counted', async () => {
    const report = (time: number, rows: number, kind: number): SmallRow[] =>
      Array.from({ length: rows }, (_, i) => ({
        'time@hdr': time,
        reportype: kind,
        'seqno@hdr': time,
        'vertco_reference_1@body': 90_000 - i,
      }));
    const combined = async (kind: number) => {
      const bytes = smallText([
        ...report(110000, 5, kind),
        ...report(110045, 8, kind),
        ...report(110200, 3, kind),
      ]);
      const tally = createTally();
      const files = [inputOf(bytes)];
      const columns = (await era5_1.feedback?.({ id: '11035', files })) ?? [];
      const batches = era5_1.open({ id: '11035', files }, { tally, feedback: columns });
      const counts: number[] = [];
      for await (const group of combineLaunches(
        orderSoundings(batches, 'launch'),
        era5_1.launches ?? {},
        columns,
        'era5_1',
        tally,
      ))
        counts.push(...group.map(({ rowCount }) => rowCount));
      return { counts, dropped: tally.dropped.get('era5_1.row.of-report-sent-again') };
    };
    expect(await combined(16045)).toEqual({ counts: [8, 3], dropped: 5 });
    expect(await combined(16022)).toEqual({ counts: [5, 8, 3], dropped: undefined });
  });

  it.each(['era5_1', 'era5_2', 'era5_3188'] as OdbDataset[])(
    '%s: every field of a station is a row or a count',
    async (dataset) => {
      const table = makeOdbRows(STATION, { dataset });
      const reading = await readBytes(encodeOdbText(table), dataset);
      expect(reading.reports).toHaveLength(STATION.length);
      expect(reading.tally.fields).toBe(table.rows.length);
      expect(isAccountedFor(reading)).toBe(true);
      expect(Object.keys(reading.rows[0]?.feedback ?? {})).toHaveLength(table.columns.length);
      expect(odbSource(dataset).id).toBe(dataset);
    },
  );
});
