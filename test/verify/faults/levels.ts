/** Faults: which kind of height a coordinate is, what levels are, which way a sounding goes, and what the source had lost. */
import type { NumericArray } from '../../../src/netcdf4/index.js';
import { at } from '../planted.js';
import {
  attribute,
  type Fault,
  header,
  INT_MISSING,
  inObservations,
  OBSERVATIONS,
  observation,
  SECOND,
  THIRD,
} from './fault.js';

/** The coordinates of the second sounding are heights in metres, of the kinds `methods`; one row at 500 m for each. */
function heights(methods: readonly number[], z = 500): Fault['change'] {
  const rowsOf = (change: (values: NumericArray, i: number) => void) => (values: NumericArray) => {
    for (let i = 0; i < THIRD - SECOND; i++) change(values, i);
    return undefined;
  };
  return {
    values: {
      [`${OBSERVATIONS}/z_coordinate_type`]: rowsOf((values, i) => {
        values[SECOND + i] = 0;
      }),
      [`${OBSERVATIONS}/z_coordinate`]: rowsOf((values, i) => {
        values[SECOND + i] = z;
      }),
      [`${OBSERVATIONS}/z_coordinate_method`]: rowsOf((values, i) => {
        values[SECOND + i] = methods[i] ?? (methods.at(-1) as number);
      }),
    },
  };
}

export const LEVELS: readonly Fault[] = [
  {
    what: 'a pressure is said to be a geometric height',
    in: 'igra2',
    change: observation('z_coordinate_method', at(7, 2)),
    found: inObservations('coordinate', 'z_coordinate_method', 7),
  },
  {
    what: 'nothing says which kind of height a coordinate is',
    in: 'igra2',
    change: heights([1, INT_MISSING]),
    found: inObservations('coordinate', 'z_coordinate_method', SECOND + 1),
  },
  {
    what: 'a method of heights does not exist',
    in: 'igra2',
    change: heights([1, 7]),
    found: inObservations('code', 'z_coordinate_method', SECOND + 1),
  },
  {
    what: 'kinds of heights stand in another order at one level',
    in: 'igra2',
    change: heights([2, 1]),
    found: inObservations('row-order', 'z_coordinate', SECOND + 1),
  },
  {
    what: 'the significance of a level has more than 18 bits',
    in: 'igra2',
    change: observation('level_significance', at(5, 2 ** 18)),
    found: inObservations('range', 'level_significance', 5),
  },
  {
    what: 'the significance of a level is negative',
    in: 'era5',
    change: observation('level_significance', at(5, -1)),
    found: inObservations('range', 'level_significance', 5),
  },
  {
    what: 'a sounding goes sideways',
    in: 'igra2',
    change: header('vertical_direction', at(1, 2)),
    found: { kind: 'code', table: 'header_table', variable: 'vertical_direction', row: 1 },
  },
  {
    what: 'a descent begins at the launch',
    in: 'igra2',
    change: {
      values: {
        'header_table/vertical_direction': at(0, 1),
        'header_table/report_meaning_of_timestamp': at(0, 1),
        'profile_configuration/actual_time': (values) => {
          values[0] = 3_097_526_400n;
          return undefined;
        },
        [`${OBSERVATIONS}/elapsed_time`]: (values) => {
          values.fill(5400 as never, 0, SECOND);
          return undefined;
        },
      },
    },
    found: { kind: 'header', table: 'header_table', variable: 'report_timestamp', row: 0 },
  },
  {
    what: 'one report of the station is of a buoy',
    in: 'igra2',
    change: header('platform_type', at(1, 4)),
    found: { kind: 'header', table: 'header_table', variable: 'platform_type', row: 1 },
  },
  {
    what: 'the station is higher than any mountain',
    in: 'igra2',
    change: header('height_of_station_above_sea_level', at(1, 9001)),
    found: {
      kind: 'range',
      table: 'header_table',
      variable: 'height_of_station_above_sea_level',
      row: 1,
    },
  },
  {
    what: 'a report is of the year 2102',
    in: 'igra2',
    change: header('report_timestamp', at(2, 6_375_000_000n)),
    found: { kind: 'range', table: 'header_table', variable: 'report_timestamp', row: 2 },
  },
  {
    what: 'none of the lines of the source could be read',
    in: 'igra2',
    change: {
      ...attribute(
        'harvest_counts',
        '{"reports":3,"levels":9,"fields":54,"rows":0,"dropped":{"igra2.wind_speed.unreadable":54},"noted":{"igra2.line.malformed":9}}',
      ),
    },
    found: { kind: 'source-damage', table: '', variable: 'harvest_counts' },
  },
];
