/** How often a file is read: once to find its stations, once for each of them, and not at all for what is known by then. */
import { describe, expect, it } from 'vitest';
import type { StationInput } from '../../../src/records/input.js';
import { era5_1 } from '../../../src/sources/odb/index.js';
import { countingInput } from '../../support/counting-input.js';
import { encodeOdbText } from '../../support/odb-encoder.js';
import { makeOdbRows } from '../../support/odb-rows.js';
import { encodeOdb2 } from '../../support/odb2-encoder.js';
import { frameOf } from '../../support/odb2-tables.js';
import { listStations, readStation } from '../../support/reading.js';
import { makeStation } from '../../support/soundings.js';

const tables = ['11035', '82930'].map((id, i) =>
  makeOdbRows(makeStation(20 + i, { id: `XXM000${id}`, soundings: 4, significantLevels: 6 })),
);
const [first] = tables;
if (first === undefined) throw new Error('no table');

/** The same station, where nothing is known of its columns. */
function forgotten({ id, files }: StationInput): StationInput {
  return { id, files: files.map(({ feedback: _, ...file }) => file) };
}

describe.each([
  ['ODB-2', encodeOdb2(tables.map(frameOf)), 'two.odb', 1],
  ['text of one station', encodeOdbText(first), 'era5.conv._11035.txt', 0],
])('%s', (_, content, name, listingPasses) => {
  it('is read once to find the stations and their columns, and once for each station', async () => {
    const { file, reads } = countingInput(content, { name });
    const { stations } = await listStations(era5_1, [file]);
    expect(reads.passes).toBe(listingPasses);
    expect(reads.chunkBytes).toBe(listingPasses * content.length);
    for (const [n, station] of stations.entries()) {
      await era5_1.feedback?.(station);
      expect(reads.passes).toBe(listingPasses + n);
      await readStation(era5_1, station);
      expect(reads.passes).toBe(listingPasses + n + 1);
    }
  });

  it('has the columns that reading it again gives', async () => {
    const { stations } = await listStations(era5_1, [countingInput(content, { name }).file]);
    for (const station of stations) {
      const columns = await era5_1.feedback?.(station);
      expect(columns?.length).toBeGreaterThan(0);
      expect(columns).toEqual(await era5_1.feedback?.(forgotten(station)));
    }
  });

  it('gives its beginning as a range, and by chunks where it has none', async () => {
    const ranged = countingInput(content, { name });
    const streamed = countingInput(content, { name, ranges: false });
    const [a, b] = [await listStations(era5_1, [ranged.file]), await listStations(era5_1, [streamed.file])];
    expect(a.stations.map(({ id }) => id)).toEqual(b.stations.map(({ id }) => id));
    expect(ranged.reads.ranges).toBeGreaterThan(0);
    expect(streamed.reads.passes).toBeGreaterThan(ranged.reads.passes);
  });
});

it('a frame of another station has no part in the columns of a station', async () => {
  const [a, b] = tables.map(frameOf);
  if (a === undefined || b === undefined) throw new Error('no frames');
  const more = { ...b, columns: [...b.columns, { ...b.columns[0]!, name: 'made_up@body' }] };
  const { stations } = await listStations(era5_1, [countingInput(encodeOdb2([a, more])).file]);
  const names = stations.map(({ files }) => files[0]?.feedback?.map(({ name }) => name));
  expect(names.map((list) => list?.includes('made_up@body'))).toEqual([false, true]);
});
