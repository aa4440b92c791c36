/** Faults: values, conversions, feedback. */
import { at } from '../planted.js';
import { type Fault, INT_MISSING, inObservations, observation, SECOND, TEMPERATURE } from './fault.js';

export const VALUES: readonly Fault[] = [
  {
    what: 'a value is missing',
    in: 'igra2',
    change: observation('observation_value', at(0, Number.NaN)),
    found: inObservations('missing', 'observation_value', 0),
  },
  {
    what: 'a temperature is below absolute zero',
    in: 'era5',
    change: observation('observation_value', at(7, -9999)),
    found: inObservations('range', 'observation_value', 7),
  },
  {
    what: 'a wind direction is beyond the circle',
    in: 'igra2',
    change: observation('observation_value', at(3, 361)),
    found: inObservations('range', 'observation_value', 3),
  },
  {
    what: 'a temperature is in degC still',
    in: 'igra2',
    change: observation('observation_value', at(TEMPERATURE, 0.8)),
    found: inObservations('conversion', 'observation_value', TEMPERATURE),
  },
  {
    what: 'one bit of a value has changed',
    in: 'igra2',
    change: observation(
      'observation_value',
      at(TEMPERATURE, (value) => value + 0.001),
    ),
    found: inObservations('conversion', 'observation_value', TEMPERATURE),
  },
  {
    what: 'the unit of a temperature is that of a pressure',
    in: 'igra2',
    change: observation('units', at(TEMPERATURE, 32)),
    found: inObservations('units', 'units', TEMPERATURE),
  },
  {
    what: 'the unit of the original is lost',
    in: 'igra2',
    change: observation('original_units', at(TEMPERATURE, INT_MISSING)),
    found: inObservations('conversion', 'original_units', TEMPERATURE),
  },
  {
    what: 'conversion_flag says that nothing was converted',
    in: 'igra2',
    change: observation('conversion_flag', at(TEMPERATURE, 2)),
    found: inObservations('conversion', 'conversion_flag', TEMPERATURE),
  },
  {
    what: 'the method of conversion is lost',
    in: 'igra2',
    change: observation('conversion_method', at(TEMPERATURE, INT_MISSING)),
    found: inObservations('conversion', 'conversion_method', TEMPERATURE),
  },
  {
    what: 'an original stands beside a value that was not converted',
    in: 'igra2',
    change: observation('original_value', at(0, 92)),
    found: inObservations('conversion', 'original_value', 0),
  },
  {
    what: 'the precision is another one',
    in: 'igra2',
    change: observation('numerical_precision', at(TEMPERATURE, 5)),
    found: inObservations('conversion', 'numerical_precision', TEMPERATURE),
  },
  {
    what: 'a pressure is negative',
    in: 'igra2',
    change: observation('z_coordinate', at(SECOND - 1, -5)),
    found: inObservations('range', 'z_coordinate', SECOND - 1),
  },
  {
    what: 'a coordinate is without its type',
    in: 'igra2',
    change: observation('z_coordinate_type', at(SECOND - 1, INT_MISSING)),
    found: inObservations('range', 'z_coordinate_type', SECOND - 1),
  },
  {
    what: 'a latitude is beyond the pole',
    in: 'era5',
    change: observation('latitude', at(12, 95)),
    found: inObservations('range', 'latitude', 12),
  },
  {
    what: 'a longitude is beyond the date line',
    in: 'era5',
    change: observation('longitude', at(12, 181)),
    found: inObservations('range', 'longitude', 12),
  },
  {
    what: 'a row lies elsewhere than its report',
    in: 'igra2',
    change: observation('latitude', at(12, -48.25)),
    found: inObservations('header', 'latitude', 12),
  },
  {
    what: 'a level was observed weeks before the launch',
    in: 'igra2',
    change: observation('elapsed_time', at(4, -1e7)),
    found: inObservations('range', 'elapsed_time', 4),
  },
  {
    what: 'the meaning of a time is another one than in header_table',
    in: 'igra2',
    change: observation('date_time_meaning', at(20, 2)),
    found: inObservations('header', 'date_time_meaning', 20),
  },
  {
    what: 'the flag of feedback is lost',
    in: 'era5',
    change: observation('advanced_feedback', at(7, 0)),
    found: inObservations('feedback', 'advanced_feedback', 7),
  },
  {
    what: 'the feedback is one row late',
    in: 'era5',
    change: { values: { 'era5fb/obsvalue@body': (values) => values.copyWithin(1, 0) } },
    found: { kind: 'feedback', table: 'era5fb', variable: 'obsvalue@body', row: 1 },
  },
  {
    what: 'the feedback is that of another quantity',
    in: 'era5',
    change: { values: { 'era5fb/varno@body': at(7, 29) } },
    found: { kind: 'feedback', table: 'era5fb', variable: 'varno@body', row: 7 },
  },
];
