/** Runs over the archives with several stations in a file: what one station or one file does to the others. */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOfRun } from '../../src/run/reports/report.js';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { encodeBufrSoundings } from '../support/bufr-soundings.js';
import type { OdbTable } from '../support/odb-encoder.js';
import { type SmallRow, smallTable, smallText } from '../support/odb-tables.js';
import { encodeOdb2 } from '../support/odb2-encoder.js';
import { makeStation } from '../support/soundings.js';
import { harvestInto, readStationFile, temporaryFolder } from './station-file.js';

const folder = temporaryFolder();
let runs = 0;

async function harvestFile(source: string, name: string, content: Uint8Array, more = {}) {
  const at = join(folder, String(runs++));
  const input = join(folder, `${runs}-${name}`);
  writeFileSync(input, content);
  const output = join(at, 'output');
  const report = await harvestInto(at, [input], { source, output, ...more });
  return { report, output: join(output, source) };
}

const LEVEL: SmallRow = { 'varno@body': 2, 'obsvalue@body': 250.5 };

describe('station ids', () => {
  it('too long for a file name give a file all the same, and cost no other station', async () => {
    const ids = ['aa', 'x'.repeat(300), 'é'.repeat(100), `${'x'.repeat(299)}y`, 'zz'];
    const { report, output } = await harvestFile(
      'era5_1',
      'export',
      smallText(ids.map((id) => ({ 'statid@hdr': id }))),
    );
    expect(report.stations.map(({ station, state }) => [station, state])).toEqual(
      [...ids].sort().map((id) => [id, 'done']),
    );
    const names = readdirSync(output);
    expect(names).toHaveLength(5);
    expect(Math.max(...names.map((name) => Buffer.byteLength(name)))).toBeLessThan(200);
    const inside = names.map(
      (name) => readStationFile(join(output, name)).texts('header_table/primary_station_id')[0],
    );
    expect(inside.sort()).toEqual([...ids].sort());
  });

  it('with control characters are damage: the rows are counted and listed, the others are harvested', async () => {
    const rows = smallText([{ 'statid@hdr': 'a?b' }, { 'statid@hdr': 'SHIP1' }]);
    const { report } = await harvestFile(
      'era5_1',
      'export',
      Buffer.from(rows.toString('latin1').replace('?', '\0')),
    );
    expect(report.stations.map(({ station, state }) => [station, state])).toEqual([['SHIP1', 'done']]);
    expect(report.unassigned.skipped).toMatchObject([{ reason: 'era5_1.row.blank-station' }]);
    expect(exitCodeOfRun(report)).toBe(3);
  });
});

describe('an export', () => {
  it('with a header and no rows is no error, and is noted', async () => {
    const text = smallText([LEVEL]).toString('utf8').split('\n')[0];
    const { report } = await harvestFile('era5_1', 'export', Buffer.from(`${text}\n`));
    expect(report.stations).toEqual([]);
    expect(report.unassigned.noted.get('era5_1.file.without-stations')).toBe(1);
    expect(exitCodeOfRun(report)).toBe(0);
  });

  it('with more rows in one report than any sounding has costs its station, in bounded memory', async () => {
    const rows = smallText([LEVEL]).toString('utf8').split('\n');
    const { report } = await harvestFile(
      'era5_1',
      'export',
      Buffer.from(`${rows[0]}\n${`${rows[1]}\n`.repeat(250_001)}`),
    );
    expect(report.stations).toMatchObject([{ state: 'failed', error: { code: 'TOO_MANY_ROWS' } }]);
    expect(exitCodeOfRun(report)).toBe(5);
  });

  it('says which file of several was binary, and which text', async () => {
    const { report } = await harvestFile('era5_1', 'era5.conv._11035', smallText([LEVEL]));
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.numbers('source_configuration/source_format')).toEqual([101]);
  });
});

describe('columns of ODB', () => {
  const frameOf = (table: OdbTable) => ({
    columns: table.columns.map(({ name, type }, i) => ({
      name,
      type,
      values: table.rows.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
    })),
  });
  const frame = (date: number, more: SmallRow = {}) =>
    frameOf(smallTable([{ ...LEVEL, ...more, 'date@hdr': date }]));

  it('that a frame lacks cost the frame, and not the file', async () => {
    const foreign = { columns: [{ name: 'foo@bar', type: 'integer' as const, values: [1, 2] }] };
    const { report } = await harvestFile(
      'era5_1',
      'a.odb',
      encodeOdb2([frame(20190220), foreign, frame(20190221)]),
    );
    expect(report.stations).toMatchObject([{ station: '11035', state: 'done', reports: 2 }]);
    expect(report.unassigned.skipped).toMatchObject([{ reason: 'era5_1.frame.missing-column' }]);
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.numbers('source_configuration/source_format')).toEqual([100]);
    const none = await harvestFile('era5_1', 'b.odb', encodeOdb2([foreign]));
    expect(none.report.refused).toMatchObject([{ error: { code: 'MISSING_COLUMN' } }]);
  });

  it('that are named now with their table and now without are one', async () => {
    const frames = [frame(20190220, { 'odd@new': 1 }), frame(20190221, { odd: 2 })];
    const { report } = await harvestFile('era5_1', 'a.odb', encodeOdb2(frames));
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.names('era5fb')).not.toContain('odd');
    expect(file.numbers('era5fb/odd@new')).toEqual([1, 2]);
  });

  it('with texts that grow and grow are all there', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => 'x'.repeat(1 + 10 * i));
    const rows = texts.map((text, i) => ({
      ...LEVEL,
      'note@hdr': text,
      'vertco_reference_1@body': 90_000 - i,
    }));
    const { report } = await harvestFile(
      'era5_1',
      'era5.conv._11035',
      smallText(rows, { filledTexts: false }),
    );
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.texts('era5fb/note@hdr')).toEqual(texts);
  });
});

describe('geopotential', () => {
  const pilot: SmallRow = {
    'varno@body': 112,
    'obsvalue@body': 5,
    'vertco_type@body': 2,
    'vertco_reference_1@body': 9806.65,
  };

  it.each([
    ['cdm' as const, 1000, 0],
    ['cuon' as const, Math.fround(9806.65), 2],
  ])('as vertical coordinate under the profile %s', async (profile, z, type) => {
    const { report } = await harvestFile('era5_1', 'era5.conv._11035', smallText([pilot]), { profile });
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    expect(file.numbers('observations_table/z_coordinate')).toEqual([z]);
    expect(file.numbers('observations_table/z_coordinate_type')).toEqual([type]);
  });

  it('of BUFR keeps its original beside the height, and the order of the variables', async () => {
    const soundings = makeStation(3, {
      id: 'XXM00011035',
      soundings: 2,
      kinds: ['classic'],
      significantLevels: 3,
    });
    const bytes = encodeBufrSoundings(await loadTables(), soundings, { wmoNumber: 11_035 });
    const { report } = await harvestFile('bufr', 'era5.11035.bfr', bytes);
    const file = readStationFile(report.stations[0]?.files[0] ?? '');
    const column = (name: string): number[] => file.numbers(`observations_table/${name}`);
    const [variable, z, value, original] = [
      'observed_variable',
      'z_coordinate',
      'observation_value',
      'original_value',
    ].map(column);
    const [flag, units] = ['conversion_flag', 'original_units'].map(column);
    const heights = (variable ?? []).flatMap((code, row) => (code === 117 ? [row] : []));
    expect(heights.length).toBeGreaterThan(20);
    for (const row of heights) {
      expect(value?.[row]).toBeCloseTo((original?.[row] ?? 0) / 9.80665, 1);
      expect([flag?.[row], units?.[row]]).toEqual([0, 762]);
    }
    for (let row = 1; row < (variable ?? []).length; row++)
      if (z?.[row] === z?.[row - 1]) expect(variable?.[row] ?? 0).toBeGreaterThan(variable?.[row - 1] ?? 0);
  });
});
