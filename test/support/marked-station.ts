/** A station file of three launches whose levels say what they are, and whose heights are of every kind, whatever the reader makes. */
import { existsSync } from 'node:fs';
import { SIGNIFICANCE as S } from '../../src/records/significance.js';
import type { createWorkspace } from '../cli/workspace.js';
import { LAUNCHES } from '../reading/launches.js';
import { harvestQuietly } from './demo/harvest.js';
import { encodeIgra2 } from './igra2-encoder.js';
import { type Change, rewriteStation } from './station-rewrite.js';

const INT_MISSING = -(2 ** 31);

/** What the source says of the levels, row by row: three rows at 990 hPa, two at 850 hPa, five at 500 hPa, two at 6000 m. */
export const MARKS: readonly number[] = [
  ...new Array<number>(3).fill(S.surface | S.significantTemperature),
  ...new Array<number>(2).fill(S.standard),
  S.standard,
  S.significantWind,
  S.standard,
  S.significantWind,
  S.standard,
  0,
  0,
  // The two other launches: nothing is said of the first.
  INT_MISSING,
  S.standard,
  S.standard | S.tropopause,
];

/** Row of the height at 500 hPa. */
const HEIGHT_AT_500 = 9;

/**
 * The file: the height of 5570 at 500 hPa is a geometric one, and so is the coordinate 6000 m.
 *
 * @param change what else is otherwise, over that
 */
export async function markedStation(
  space: ReturnType<typeof createWorkspace>,
  name: string,
  change: Change = {},
): Promise<string> {
  const original = space.path('marked-original');
  const input = space.write('vienna.txt', encodeIgra2(LAUNCHES));
  const report = await harvestQuietly({ input: [input], output: original });
  const path = space.path(name);
  if (!existsSync(report.stations[0]?.files[0] ?? '')) throw new Error('nothing was harvested');
  await rewriteStation(report.stations[0]?.files[0] ?? '', path, {
    ...change,
    values: {
      'observations_table/level_significance': (values) => {
        for (const [row, bits] of MARKS.entries()) values[row] = bits;
        return undefined;
      },
      'observations_table/z_coordinate_method': (values) => {
        values.fill(INT_MISSING as never);
        values[10] = 2;
        values[11] = 2;
        return undefined;
      },
      'observations_table/observed_variable': (values) => {
        values[HEIGHT_AT_500] = 125;
        return undefined;
      },
      'observations_table/units': (values) => {
        values[HEIGHT_AT_500] = 1;
        return undefined;
      },
      ...change.values,
    },
  });
  return path;
}

/** The same file as one of a version that had no columns of the kind. */
export async function olderStation(space: ReturnType<typeof createWorkspace>, name: string): Promise<string> {
  return await markedStation(space, name, {
    without: [
      'observations_table/level_significance',
      'observations_table/z_coordinate_method',
      'header_table/vertical_direction',
    ],
  });
}
