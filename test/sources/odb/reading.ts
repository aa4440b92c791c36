/** Reads text exports in the tests of this folder. */

import { isNumeric } from '../../../src/records/feedback.js';
import { createTally, type Tally } from '../../../src/records/tally.js';
import { odbSource } from '../../../src/sources/odb/index.js';
import { skipContext } from '../../../src/sources/odb/skips.js';
import { readOdbText } from '../../../src/sources/odb/text.js';
import { createLineDamage, type LineDamage } from '../../../src/sources/text/line-damage.js';
import { type SmallRow, smallText } from '../../support/odb-tables.js';
import { inputOf, listStations, type Reading, readStation } from '../../support/reading.js';

/** All blocks of a text laid out as rows. */
export interface TextReading {
  columns: { name: string; kind: string }[];
  rows: Record<string, number | string>[];
  offsets: number[];
  blocks: number;
  tally: Tally;
}

/** Parses a text export. */
export async function parseText(
  content: string | Uint8Array,
  options: { chunks?: readonly number[]; ranges?: readonly number[] } = {},
): Promise<TextReading> {
  const tally = createTally();
  const reading: TextReading = { columns: [], rows: [], offsets: [], blocks: 0, tally };
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const input = inputOf(bytes, options.chunks === undefined ? {} : { chunks: options.chunks });
  const context = skipContext('ds', input.path, tally);
  const damage = textDamage();
  for await (const block of readOdbText(input.chunks(), { context, damage, ranges: options.ranges })) {
    reading.blocks++;
    reading.columns = [...block.columns];
    for (let row = 0; row < block.rowCount; row++) {
      reading.offsets.push(block.offsets[row] ?? Number.NaN);
      reading.rows.push(
        Object.fromEntries(
          block.values.map((values, i) => [
            block.columns[i]?.name ?? '?',
            isNumeric(values)
              ? (values.numbers[row] ?? Number.NaN)
              : (values.texts[values.codes[row] ?? -1] ?? '?'),
          ]),
        ),
      );
    }
  }
  return reading;
}

/** What takes down the lines of the dataset `ds` that cannot be read. */
export function textDamage(): LineDamage {
  return createLineDamage('ds.line.malformed', 'a hint');
}

/** The one station of a text of small rows, read as a dataset. */
export async function readRows(rows: readonly SmallRow[], dataset = 'era5_1'): Promise<Reading> {
  return readBytes(smallText(rows), dataset);
}

/** The first station of a text, read as a dataset. */
export async function readBytes(
  bytes: Uint8Array,
  dataset = 'era5_1',
  path = 'export.txt',
): Promise<Reading> {
  const source = odbSource(dataset);
  const { stations } = await listStations(source, [inputOf(bytes, { path })]);
  const [station] = stations;
  if (station === undefined) throw new Error('no station');
  return readStation(source, station);
}
