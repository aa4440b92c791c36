import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { indexAll, kindIn, type Odb2Reading, readAll, valuesOf } from '../../support/odb2-reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const sample = (name: string): Uint8Array => readFileSync(samplePath(`era5_odb/${name}`));
const LAND = 'odc_example_landTEMP_20210618.odb';
const STATIONS = ['96413', '27707', '27730', '27962', '27995', '34009', '34172'];

/** The fields of a text export by column: split at tabs and nothing more, so that no code is shared with the readers. */
function textExport(name: string): Map<string, string[]> {
  const [header = '', ...lines] = gunzipSync(sample(`text/${name}`))
    .toString('latin1')
    .trimEnd()
    .split('\n');
  return new Map(
    header
      .split('\t')
      .map((column, i) => [column.trim(), lines.map((line) => line.split('\t')[i]?.trim() ?? '')]),
  );
}

/** Whether a field of the export is this value: the same number once in single precision, or written just so. */
function isWrittenAs(field: string, value: number | string | undefined, decimals: number): boolean {
  if (typeof value !== 'number') return field.startsWith("'") && field.slice(1, -1).trim() === value;
  if (Number.isNaN(value)) return field === 'NULL';
  // Exactly halfway, C's output goes to the even digit and toFixed up; small numbers have few digits in the export.
  return Math.fround(Number(field)) === value || value.toFixed(decimals) === field;
}

/** Smallest and largest value of a column. */
function range(reading: Odb2Reading, name: string): [number, number] {
  const numbers = valuesOf(reading, name).map(Number);
  return [Math.min(...numbers), Math.max(...numbers)];
}

describe.skipIf(skipSamples())(samplesTitle('real ODB-2 files'), () => {
  it.each([
    ['landTEMP_full_precision.txt.gz', 17],
    ['era5.conv._landTEMP_20210618.all.txt.gz', 6],
    ['landTEMP_aligned_default.txt.gz', 6],
  ])('land TEMP: every value is that of %s, to %i decimals', async (name, decimals) => {
    const reading = await readAll(sample(LAND));
    const text = textExport(name);
    expect(reading.damage).toEqual([]);
    expect(reading.blocks.map(({ rowCount }) => rowCount)).toEqual([4096]);
    expect(reading.blocks[0]?.columns.map((column) => column.name)).toEqual([...text.keys()]);
    for (const [column, fields] of text) {
      const values = valuesOf(reading, column);
      const written = kindIn(reading, column) === 'real' ? decimals : 0;
      expect(values).toHaveLength(fields.length);
      expect(fields.filter((field, i) => !isWrittenAs(field, values[i], written))).toEqual([]);
    }
  });

  it('land TEMP: the index names the stations in the order of the rows', async () => {
    const { frames, damage } = await indexAll(sample(LAND));
    expect(damage).toEqual([]);
    expect(frames).toMatchObject([{ offset: 0, rowCount: 4096, stations: STATIONS }]);
    const kinds = Object.fromEntries(frames[0]?.columns.map(({ name, kind }) => [name, kind]) ?? []);
    expect(kinds).toMatchObject({
      'statid@hdr': 'text',
      'lat@hdr': 'real',
      'datum_status@body': 'int',
      'date@hdr': 'int',
      'wigosid@hdr': 'text',
    });
  });

  it('satellite wind of 88 rows: values within the ranges that its header gives', async () => {
    const reading = await readAll(sample('metview_temp_u.odb'));
    expect(reading.damage).toEqual([]);
    expect(valuesOf(reading, 'p')).toHaveLength(88);
    expect(range(reading, 'val')).toEqual([-9.114420890808105, -3.7082040309906006]);
    expect(range(reading, 'p')).toEqual([81072.1328125, 98065.578125]);
    expect(range(reading, 't')).toEqual([90200, 144700]);
  });

  it('radiances of 273 rows and 54 columns: values within the ranges that its header gives', async () => {
    const reading = await readAll(sample('small_odb.odb'));
    expect(reading.damage).toEqual([]);
    expect(reading.blocks.map(({ rowCount, columns }) => [rowCount, columns.length])).toEqual([[273, 54]]);
    expect(range(reading, 'obsvalue@body')).toEqual([229.3300018310547, 251.05999755859375]);
    expect(range(reading, 'lat@hdr')).toEqual([40.32500076293945, 79.61949920654297]);
    expect(range(reading, 'fg_depar@body')).toEqual([-0.5648744702339172, 0.6389749646186829]);
    expect(range(reading, 'seqno@hdr')).toEqual([23982, 1030653]);
    expect(range(reading, 'time@hdr')).toEqual([210158, 224534]);
    expect(range(reading, 'datastream@sat')).toEqual([0, 1]);
    expect(new Set(valuesOf(reading, 'datum_event1@body'))).toEqual(new Set([67108864]));
    expect(new Set(valuesOf(reading, 'vertco_reference_2@body'))).toEqual(new Set([Number.NaN]));
    expect(new Set(valuesOf(reading, 'stream@desc'))).toEqual(new Set(['DCDA']));
    expect(kindIn(reading, 'final@update_1')).toBe('real');
  });

  it('a missing text of four rows that hold no column', async () => {
    const reading = await readAll(sample('odb1_missing_string.odb'));
    expect(reading.damage).toEqual([]);
    expect(valuesOf(reading, 'col1')).toEqual(['', '', '', '']);
  });

  it('eight frames: 72,829 rows, and the ranges of their headers', async () => {
    const reading = await readAll(sample('magics_test_8frames.odb'));
    expect(reading.damage).toEqual([]);
    expect(reading.blocks.map(({ rowCount }) => rowCount)).toEqual([...Array(7).fill(10_000), 2829]);
    expect(reading.blocks.map(({ offsets }) => [...new Set(offsets)])).toEqual(
      [0, 32303, 64494, 97049, 129220, 161527, 193570, 225733].map((offset) => [offset]),
    );
    const first = { blocks: reading.blocks.slice(0, 1), damage: [] };
    expect(range(first, 'lat@hdr')).toEqual([-38.689998626708984, 38.689998626708984]);
    expect(range(first, 'lon@hdr')).toEqual([-180, 178.8800048828125]);
  });

  it.each([LAND, 'small_odb.odb'])('%s: chunks of any length give the same', async (name) => {
    const bytes = sample(name);
    const whole = await readAll(bytes);
    for (const chunks of [[1], [7], [56, 1, 4096], [bytes.length - 1]])
      expect(await readAll(bytes, { chunks })).toEqual(whole);
  });

  it('a selection of columns gives the same values as all', async () => {
    const bytes = sample('small_odb.odb');
    const whole = await readAll(bytes);
    const names = whole.blocks[0]?.columns.map(({ name }) => name) ?? [];
    for (let step = 2; step < 12; step += 3) {
      const wanted = names.filter((_, i) => i % step === 0);
      const some = await readAll(bytes, { columns: (name) => wanted.includes(name) });
      expect(some.blocks[0]?.columns.map(({ name }) => name)).toEqual(wanted);
      for (const name of wanted) expect(valuesOf(some, name)).toEqual(valuesOf(whole, name));
    }
  });
});
