/** A second group of feedback, `madeupfb`, in a copy of a station file: departures of every second row, in the unit of the value. */
import { openStation } from '../../src/reading/open.js';
import { type Change, rewriteStation } from './station-rewrite.js';

export const MADE_UP = 'madeupfb';

/** What the made-up forecast says of a row: NaN for every second one. */
export function madeUpDeparture(row: number, kind: 'first guess' | 'analysis'): number {
  if (row % 2 === 1) return Number.NaN;
  return Math.fround(kind === 'first guess' ? ((row * 7) % 40) / 10 - 1.9 : ((row * 3) % 20) / 10 - 0.9);
}

/** Writes the copy; `more` is what else is otherwise in it. */
export async function addMadeUpFeedback(from: string, to: string, more: Change = {}): Promise<void> {
  const station = await openStation(from);
  const { rows } = station.table('observations_table');
  const rowDimension = station.profile === 'cuon' ? 'index' : 'observation';
  station.close();
  const column = (kind: 'first guess' | 'analysis') => ({
    values: Float32Array.from({ length: rows }, (_, row) => madeUpDeparture(row, kind)),
    attributes: {
      long_name: `observation minus ${kind}`,
      departure_from: kind,
      units_from: 'observations_table/units',
    },
  });
  const members = Int32Array.from({ length: rows }, (_, row) => row % 50);
  await rewriteStation(from, to, {
    ...more,
    values: {
      'observations_table/advanced_feedback': (values) => {
        for (let row = 0; row < rows; row += 2) values[row] = 1;
        return undefined;
      },
      ...more.values,
    },
    filled: {
      [MADE_UP]: {
        dimension: rowDimension,
        attributes: {
          feedback_of: 'Made-up forecast',
          feedback_run: '00 and 12 UTC',
          departures: 'observation minus model',
          departure_units: 'observation',
          departure_columns: 'fg_depar@offline an_depar@offline',
        },
        columns: {
          'fg_depar@offline': column('first guess'),
          'an_depar@offline': column('analysis'),
          'n_members@offline': { values: members, attributes: {} },
        },
      },
      ...more.filled,
    },
  });
}
