/** The locator of ODB-2, as explanations have it: the bytes and bits that are named, read again in the test. */
import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../../src/explain/explanation.js';
import { createWorkspace } from '../../cli/workspace.js';
import { explainAt, harvestFiles, placesInShort } from '../../explain/harvested.js';
import { allFaults, rawNumbers } from '../../explain/places.js';
import { misfits } from '../../support/locators.js';
import { type SmallRow, smallTable } from '../../support/odb-tables.js';
import { encodeOdb2, type Odb2EncodeOptions, type Odb2FrameInput } from '../../support/odb2-encoder.js';

const space = createWorkspace();

function frame(rows: readonly SmallRow[]): Odb2FrameInput {
  const table = smallTable(rows);
  return {
    columns: table.columns.map(({ name, type }, i) => ({
      name,
      type,
      values: table.rows.map((row) => row[i] ?? (type === 'string' ? '' : Number.NaN)),
    })),
  };
}

const row = (varno: number, value: number, rest: SmallRow = {}): SmallRow => ({
  'varno@body': varno,
  'obsvalue@body': value,
  'an_depar@body': value / 100,
  ...rest,
});
const LATER = { 'time@hdr': 180_000 };

describe('rows of ODB-2', () => {
  /** A report that goes on in the next frame, behind a row of another station, and one more of a later time. */
  const frames = [
    frame([
      row(2, 250.5),
      row(3, 4),
      row(2, 250.5, { 'statid@hdr': '   11036' }),
      row(29, 0.25, LATER),
      row(3, 4, LATER),
    ]),
    frame([
      row(4, 4, { 'statid@hdr': '   11036' }),
      row(4, -2, LATER),
      row(112, 7, { 'time@hdr': 181_500 }),
      row(1, 56_000, { 'time@hdr': 181_500, 'vertco_type@body': 2, 'vertco_reference_1@body': 19_613.3 }),
    ]),
  ];

  it('in several frames give what the file holds', async () => {
    const bytes = encodeOdb2(frames);
    const { path } = await harvestFiles(space, 'era5_1', { 'x.odb': bytes }, { station: ['11035'] });
    expect(await allFaults(path)).toEqual([]);
  });

  it.each<[name: string, options: Odb2EncodeOptions]>([
    ['big-endian', { littleEndian: false }],
    ['whole', { rows: 'whole' }],
  ])('%s are read as the reader reads them', async (name, options) => {
    const path = space.write(`${name}.odb`, encodeOdb2(frames, options));
    expect(await misfits('era5_1', [path])).toEqual({ rows: 9, reports: 4, faults: [] });
  });

  it('are found where a value is held by an earlier row, or by the header', async () => {
    const bytes = encodeOdb2([
      frame([row(59, 250.5), row(59, 250.5, { 'vertco_reference_1@body': 40_000 }), row(111, 90)]),
    ]);
    const { path } = await harvestFiles(space, 'era5_1', { 'y.odb': bytes });
    const { explanations } = await explainAt(path, { reports: [0], pressure: 40_000, variable: 137 });
    const [place] = explanations[0]?.places ?? [];
    expect(place?.unit).toMatchObject({ kind: 'row', number: 2 });
    expect(place?.fields.map(({ name, raw, coding }) => [name, raw === '', coding])).toEqual([
      [
        'obsvalue@body',
        false,
        { format: 'odb2', codec: 'short_real2', minimum: 90, littleEndian: true, storedInRow: 0 },
      ],
      [
        'vertco_reference_1@body',
        false,
        { format: 'odb2', codec: 'short_real2', minimum: 40_000, littleEndian: true, storedInRow: 1 },
      ],
    ]);
    expect(placesInShort(explanations[0] as Explanation)[0]?.conversions).toEqual([
      'observation_value: 0x00807a43 as coded (codec short_real2) -> 250.5 K',
      'z_coordinate: 0x00401c47 as coded (codec short_real2) -> 40000 Pa',
    ]);
    expect(rawNumbers(explanations[0] as Explanation)).toEqual({
      observation_value: 250.5,
      z_coordinate: 40_000,
    });
  });

  it('that are all the same stand in the header of the frame', async () => {
    const { path } = await harvestFiles(space, 'era5_1', { 'one.odb': encodeOdb2([frame([row(2, 250.5)])]) });
    expect(await allFaults(path)).toEqual([]);
    const { explanations } = await explainAt(path, { reports: [0] });
    expect(explanations[0]?.places[0]?.fields[0]).toMatchObject({
      name: 'obsvalue@body',
      raw: '',
      from: 0,
      coding: { codec: 'constant', minimum: 250.5, storedInRow: null },
    });
    expect(placesInShort(explanations[0] as Explanation)[0]?.conversions).toEqual([
      'observation_value: 250.5 in the header of the frame (codec constant) -> 250.5 K',
      'z_coordinate: 50000 in the header of the frame (codec constant) -> 50000 Pa',
    ]);
  });

  it('that share frame and time are told apart by their feedback', async () => {
    const of = (number: number, departure: number): SmallRow =>
      row(2, 250.5, { 'seqno@hdr': number, 'reportype@hdr': 1, 'an_depar@body': departure });
    const bytes = encodeOdb2([frame([of(7, 0.5), of(8, 0.75)])]);
    const { path } = await harvestFiles(space, 'era5_1', { 'z.odb': bytes });
    const { explanations } = await explainAt(path, { reports: [0, 1], variable: 126 });
    expect(
      explanations.map(({ places, feedback }) => [
        places.map(({ unit }) => unit.number),
        feedback[0]?.elements.find(({ name }) => name === 'seqno@hdr')?.value,
      ]),
    ).toEqual([
      [[1], 7],
      [[2], 8],
    ]);
  });
});
