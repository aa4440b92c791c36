/** The variables that a station file has in a period. */
import { InputError } from '../errors.js';
import type { StationContents } from '../reading/station.js';
import { BLOCK_ROWS, observationRange, type Selection } from './selection.js';

/**
 * Code of the unit of each variable that has rows in the period. Throws `InputError` where the values of one are in several units.
 */
export async function unitsInPeriod(
  station: StationContents,
  period: Selection['period'],
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>();
  const table = station.table('observations_table');
  const [first, end] = observationRange(station, { period, variables: null, levels: null });
  for (let from = first; from < end; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, end);
    const codes = await table.column('observed_variable').numbers(from, to);
    const units = await table.column('units').numbers(from, to);
    for (let row = 0; row < codes.length; row++) {
      const [code, unit] = [codes[row] as number, units[row] as number];
      const known = found.get(code);
      if (known === undefined) found.set(code, unit);
      else if (!Object.is(known, unit))
        throw new InputError(
          'MIXED_UNITS',
          `${station.path} has values of variable ${code} in the units ${known} and ${unit}`,
          { file: station.path, hint: 'Export the long form: it has a unit for every row.' },
        );
    }
  }
  return found;
}
