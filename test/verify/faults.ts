/** Faults to plant in small station files, each with what must be found: the table that the tests go through. */
import type { FindingKind } from '../../src/verify/index.js';
import type { Change } from '../support/station-rewrite.js';
import { at, swapped, textAt } from './planted.js';

export interface Fault {
  what: string;
  in: 'igra2' | 'era5';
  change: Change;
  found: { kind: FindingKind; table?: string; variable?: string; row?: number | null };
}

const OBSERVATIONS = 'observations_table';
const INT_MISSING = -(2 ** 31);
const HOUR = 3600n;

/** Rows of the second and the third sounding in the file of igra2, as `planted.ts` makes it. */
const SECOND = 145;
const THIRD = 151;
/** Air temperature at 925 hPa, in degC in the source. */
const TEMPERATURE = 6;

/** A change of one column of observations_table. */
function observation(column: string, change: (values: never, width: never) => undefined): Change {
  return { values: { [`${OBSERVATIONS}/${column}`]: change as never } };
}

function header(column: string, change: (values: never, width: never) => undefined): Change {
  return { values: { [`header_table/${column}`]: change as never } };
}

function inObservations(kind: FindingKind, variable: string, row: number): Fault['found'] {
  return { kind, table: OBSERVATIONS, variable, row };
}

function attribute(name: string, value: string | null): Change {
  return { attributes: { '': { [name]: value } } };
}

/** The record index, the order of rows, and the reports. */
const ORDER: readonly Fault[] = [
  {
    what: 'recordindex is off by one',
    in: 'igra2',
    change: { values: { recordindex: at(1, (row) => row + 1) } },
    found: { kind: 'record-index', table: '', variable: 'recordindex', row: 1 },
  },
  {
    what: 'recordindex begins at 1',
    in: 'igra2',
    change: { values: { recordindex: at(0, 1n) } },
    found: { kind: 'record-index', variable: 'recordindex', row: 0 },
  },
  {
    what: 'recordsize is one row short',
    in: 'igra2',
    change: { values: { recordsize: at(1, (size) => size - 1) } },
    found: { kind: 'record-index', variable: 'recordindex', row: 2 },
  },
  {
    what: 'the last recordsize passes the end of the table',
    in: 'igra2',
    change: { values: { recordsize: at(2, (size) => size + 1) } },
    found: { kind: 'record-index', variable: 'recordsize', row: 2 },
  },
  {
    what: 'recordtimestamp is a second late',
    in: 'igra2',
    change: { values: { recordtimestamp: at(1, (time) => time + 1) } },
    found: inObservations('record-time', 'date_time', SECOND),
  },
  {
    what: 'two recordtimestamps change places',
    in: 'igra2',
    change: { values: { recordtimestamp: swapped(0, 1) } },
    found: { kind: 'record-time', table: '', variable: 'recordtimestamp', row: 1 },
  },
  {
    what: 'a record is lost',
    in: 'igra2',
    change: { rows: { '': (row) => row !== 1 } },
    found: { kind: 'record-index', variable: 'recordindex', row: 1 },
  },
  {
    what: 'date_time of one row is a second late',
    in: 'igra2',
    change: observation(
      'date_time',
      at(7, (time) => time + 1),
    ),
    found: inObservations('record-time', 'date_time', 7),
  },
  {
    what: 'two levels change places',
    in: 'igra2',
    change: observation('z_coordinate', swapped(1, 2)),
    found: inObservations('row-order', 'z_coordinate', 2),
  },
  {
    what: 'two variables of a level change places',
    in: 'igra2',
    change: {
      values: Object.fromEntries(
        ['observed_variable', 'observation_value', 'units', 'quality_flag', 'numerical_precision'].map(
          (name) => [`${OBSERVATIONS}/${name}`, swapped(3, 4)],
        ),
      ),
    },
    found: inObservations('row-order', 'z_coordinate', 4),
  },
  {
    what: 'a row of the second sounding bears the id of the first',
    in: 'igra2',
    change: observation('report_id', swapped(0, SECOND)),
    found: inObservations('report-rows', 'report_id', 1),
  },
  {
    what: 'two reports change places in header_table',
    in: 'igra2',
    change: {
      values: Object.fromEntries(
        ['report_id', 'report_timestamp', 'nominal_timestamp', 'station_type'].map((name) => [
          `header_table/${name}`,
          swapped(1, 2),
        ]),
      ),
    },
    found: { kind: 'row-order', table: 'header_table', variable: 'report_timestamp', row: 2 },
  },
  {
    what: 'a report is lost from header_table',
    in: 'igra2',
    change: { rows: { header_table: (row) => row !== 1 } },
    found: inObservations('foreign-key', 'report_id', SECOND),
  },
  {
    what: 'the rows of a report are lost from profile_configuration',
    in: 'igra2',
    change: { rows: { profile_configuration: (row) => row !== 2 } },
    found: { kind: 'header', table: 'profile_configuration', variable: '' },
  },
];

/** Ids and codes. */
const KEYS: readonly Fault[] = [
  {
    what: 'an observation_id stands twice',
    in: 'igra2',
    change: observation('observation_id', ((values: Uint8Array, width: number) => {
      values.copyWithin(5 * width, 4 * width, 5 * width);
    }) as never),
    found: inObservations('observation-id', 'observation_id', 5),
  },
  {
    what: 'an observation_id is that of another report',
    in: 'igra2',
    change: observation('observation_id', textAt(THIRD, (id) => id.replace('1998', '1989')) as never),
    found: inObservations('observation-id', 'observation_id', THIRD),
  },
  {
    what: 'a report_id leads nowhere',
    in: 'igra2',
    change: observation('report_id', textAt(9, (id) => id.replace('1998', '1989')) as never),
    found: inObservations('foreign-key', 'report_id', 9),
  },
  {
    what: 'a source_id leads nowhere',
    in: 'igra2',
    change: observation('source_id', textAt(3, 'igra2-9') as never),
    found: inObservations('foreign-key', 'source_id', 3),
  },
  {
    what: 'a sensor_id leads nowhere',
    in: 'igra2',
    change: observation('sensor_id', textAt(3, 'sonde-123') as never),
    found: inObservations('foreign-key', 'sensor_id', 3),
  },
  {
    what: 'source_id of a report leads nowhere',
    in: 'igra2',
    change: header('source_id', textAt(2, 'igra2-7') as never),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'source_id', row: 2 },
  },
  {
    what: 'profile_id of a report leads nowhere',
    in: 'igra2',
    change: header('profile_id', textAt(0, 'x') as never),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'profile_id', row: 0 },
  },
  {
    what: 'primary_station_id of a report leads nowhere',
    in: 'igra2',
    change: header('primary_station_id', textAt(1, '0-20000-0-11036') as never),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'primary_station_id', row: 1 },
  },
  {
    what: 'station_record_number leads nowhere',
    in: 'igra2',
    change: header('station_record_number', at(1, 7) as never),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'station_record_number', row: 1 },
  },
  {
    what: 'a report_id stands twice',
    in: 'igra2',
    change: header('report_id', ((values: Uint8Array, width: number) => {
      values.copyWithin(width, 0, width);
    }) as never),
    found: { kind: 'duplicate', table: 'header_table', variable: 'report_id', row: 1 },
  },
  {
    what: 'a code of observed_variable does not exist',
    in: 'igra2',
    change: observation('observed_variable', at(3, 9999) as never),
    found: inObservations('code', 'observed_variable', 3),
  },
  {
    what: 'a code of quality_flag does not exist',
    in: 'igra2',
    change: observation('quality_flag', at(11, 77) as never),
    found: inObservations('code', 'quality_flag', 11),
  },
  {
    what: 'a code of a constant column does not exist',
    in: 'igra2',
    change: observation('crs', at(100, 99) as never),
    found: inObservations('code', 'crs', 100),
  },
  {
    what: 'a code of header_table does not exist',
    in: 'igra2',
    change: header('report_type', at(1, 33) as never),
    found: { kind: 'code', table: 'header_table', variable: 'report_type', row: 1 },
  },
  {
    what: 'a code in an array does not exist',
    in: 'igra2',
    change: {
      values: { 'station_configuration/observed_variables': textAt(0, (list) => list.replace('126', '999')) },
    },
    found: { kind: 'code', table: 'station_configuration', variable: 'observed_variables', row: 0 },
  },
];

/** Tables, columns, types and attributes. */
const LAYOUT: readonly Fault[] = [
  ...(['units', 'report_id', 'observation_value'] as const).map(
    (variable): Fault => ({
      what: `the column ${variable} is lost`,
      in: 'igra2',
      change: { without: [`${OBSERVATIONS}/${variable}`] },
      found: { kind: 'column', table: OBSERVATIONS, variable },
    }),
  ),
  {
    what: 'a root variable is lost',
    in: 'igra2',
    change: { without: ['recordsize'] },
    found: { kind: 'column', table: '', variable: 'recordsize' },
  },
  {
    what: 'header_table is lost',
    in: 'igra2',
    change: { without: ['header_table'] },
    found: { kind: 'table', table: 'header_table' },
  },
  {
    what: 'observations_table is lost',
    in: 'igra2',
    change: { without: [OBSERVATIONS] },
    found: { kind: 'table', table: OBSERVATIONS },
  },
  {
    what: 'a code table is lost',
    in: 'igra2',
    change: { without: ['units'] },
    found: { kind: 'table', table: 'units' },
  },
  {
    what: 'a column of feedback is lost',
    in: 'era5',
    change: { without: ['era5fb/an_depar@body'] },
    found: { kind: 'column', table: 'era5fb', variable: 'an_depar@body' },
  },
  {
    what: 'era5fb has fewer rows',
    in: 'era5',
    change: { rows: { era5fb: (row) => row !== 30 } },
    found: { kind: 'layout', table: 'era5fb' },
  },
  {
    what: 'a column has another type',
    in: 'igra2',
    change: { values: { [`${OBSERVATIONS}/z_coordinate`]: (values) => Float64Array.from(values, Number) } },
    found: { kind: 'layout', table: OBSERVATIONS, variable: 'z_coordinate' },
  },
  {
    what: 'the rows have another dimension',
    in: 'igra2',
    change: { dimensions: { observation: 'obs' } },
    found: { kind: 'layout', table: OBSERVATIONS, variable: 'observation_id' },
  },
  {
    what: 'the link of a column leads elsewhere',
    in: 'igra2',
    change: { attributes: { [`${OBSERVATIONS}/quality_flag`]: { external_table: 'crs:crs' } } },
    found: { kind: 'layout', table: OBSERVATIONS, variable: 'quality_flag' },
  },
  {
    what: 'the unit of time is lost',
    in: 'igra2',
    change: { attributes: { [`${OBSERVATIONS}/date_time`]: { units: null } } },
    found: { kind: 'layout', table: OBSERVATIONS, variable: 'date_time' },
  },
  {
    what: 'flag_values are those of another edition',
    in: 'igra2',
    change: {
      attributes: { [`${OBSERVATIONS}/conversion_flag`]: { flag_values: Int32Array.of(1, 2, 3, 4) } },
    },
    found: { kind: 'layout', table: OBSERVATIONS, variable: 'conversion_flag' },
  },
  {
    what: 'the root has a further variable',
    in: 'igra2',
    change: { added: { extra: Int32Array.of(1, 2) } },
    found: { kind: 'layout', table: '', variable: 'extra' },
  },
  {
    what: 'a missing value is not declared',
    in: 'igra2',
    change: { undeclared: [`${OBSERVATIONS}/original_value`] },
    found: { kind: 'fill-value', table: OBSERVATIONS, variable: 'original_value' },
  },
  {
    what: 'a missing code of a small table is not declared',
    in: 'igra2',
    change: { undeclared: ['header_table/region'] },
    found: { kind: 'fill-value', table: 'header_table', variable: 'region' },
  },
  {
    what: 'the meaning of a code is another one',
    in: 'igra2',
    change: { values: { 'units/abbreviation': textAt(4, 'F') } },
    found: { kind: 'code-table', table: 'units', variable: 'abbreviation', row: 4 },
  },
  {
    what: 'a code is lost from its table',
    in: 'igra2',
    change: { rows: { quality_flag: (row) => row !== 0 } },
    found: { kind: 'code-table', table: 'quality_flag' },
  },
];

/** Values, conversions, feedback. */
const VALUES: readonly Fault[] = [
  {
    what: 'a value is missing',
    in: 'igra2',
    change: observation('observation_value', at(0, Number.NaN) as never),
    found: inObservations('missing', 'observation_value', 0),
  },
  {
    what: 'a temperature is impossible',
    in: 'era5',
    change: observation('observation_value', at(7, 9999) as never),
    found: inObservations('range', 'observation_value', 7),
  },
  {
    what: 'a wind direction is beyond the circle',
    in: 'igra2',
    change: observation('observation_value', at(3, 361) as never),
    found: inObservations('range', 'observation_value', 3),
  },
  {
    what: 'a temperature is in degC still',
    in: 'igra2',
    change: observation('observation_value', at(TEMPERATURE, 0.8) as never),
    found: inObservations('conversion', 'observation_value', TEMPERATURE),
  },
  {
    what: 'one bit of a value has changed',
    in: 'igra2',
    change: observation('observation_value', at(TEMPERATURE, (value) => value + 0.001) as never),
    found: inObservations('conversion', 'observation_value', TEMPERATURE),
  },
  {
    what: 'the unit of a temperature is that of a pressure',
    in: 'igra2',
    change: observation('units', at(TEMPERATURE, 32) as never),
    found: inObservations('units', 'units', TEMPERATURE),
  },
  {
    what: 'the unit of the original is lost',
    in: 'igra2',
    change: observation('original_units', at(TEMPERATURE, INT_MISSING) as never),
    found: inObservations('conversion', 'original_units', TEMPERATURE),
  },
  {
    what: 'conversion_flag says that nothing was converted',
    in: 'igra2',
    change: observation('conversion_flag', at(TEMPERATURE, 2) as never),
    found: inObservations('conversion', 'conversion_flag', TEMPERATURE),
  },
  {
    what: 'the method of conversion is lost',
    in: 'igra2',
    change: observation('conversion_method', at(TEMPERATURE, INT_MISSING) as never),
    found: inObservations('conversion', 'conversion_method', TEMPERATURE),
  },
  {
    what: 'an original stands beside a value that was not converted',
    in: 'igra2',
    change: observation('original_value', at(0, 92) as never),
    found: inObservations('conversion', 'original_value', 0),
  },
  {
    what: 'the precision is another one',
    in: 'igra2',
    change: observation('numerical_precision', at(TEMPERATURE, 5) as never),
    found: inObservations('conversion', 'numerical_precision', TEMPERATURE),
  },
  {
    what: 'a pressure is negative',
    in: 'igra2',
    change: observation('z_coordinate', at(SECOND - 1, -5) as never),
    found: inObservations('range', 'z_coordinate', SECOND - 1),
  },
  {
    what: 'a coordinate is without its type',
    in: 'igra2',
    change: observation('z_coordinate_type', at(SECOND - 1, INT_MISSING) as never),
    found: inObservations('range', 'z_coordinate_type', SECOND - 1),
  },
  {
    what: 'a latitude is beyond the pole',
    in: 'era5',
    change: observation('latitude', at(12, 95) as never),
    found: inObservations('range', 'latitude', 12),
  },
  {
    what: 'a longitude is beyond the date line',
    in: 'era5',
    change: observation('longitude', at(12, 181) as never),
    found: inObservations('range', 'longitude', 12),
  },
  {
    what: 'a row lies elsewhere than its report',
    in: 'igra2',
    change: observation('latitude', at(12, -48.25) as never),
    found: inObservations('header', 'latitude', 12),
  },
  {
    what: 'the balloon is up for weeks',
    in: 'igra2',
    change: observation('elapsed_time', at(4, 1e7) as never),
    found: inObservations('range', 'elapsed_time', 4),
  },
  {
    what: 'the meaning of a time is another one than in header_table',
    in: 'igra2',
    change: observation('date_time_meaning', at(20, 2) as never),
    found: inObservations('header', 'date_time_meaning', 20),
  },
  {
    what: 'the flag of feedback is lost',
    in: 'era5',
    change: observation('advanced_feedback', at(7, 0) as never),
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

/** What reports, stations and attributes say. */
const CLAIMS: readonly Fault[] = [
  {
    what: 'the time of a report is an hour late',
    in: 'igra2',
    change: header('report_timestamp', at(1, (time) => time + Number(HOUR)) as never),
    found: { kind: 'record-time', table: 'header_table', variable: 'report_timestamp', row: 1 },
  },
  {
    what: 'the time of a report is before any sounding',
    in: 'igra2',
    change: header('report_timestamp', at(0, -3_000_000_000n) as never),
    found: { kind: 'range', table: 'header_table', variable: 'report_timestamp', row: 0 },
  },
  {
    what: 'the number in a report_id is another one',
    in: 'igra2',
    change: {
      values: {
        'header_table/report_id': textAt(1, (id) => id.replace(/00$/, '01')),
      },
    },
    found: { kind: 'header', table: 'header_table', variable: 'report_id', row: 1 },
  },
  {
    what: 'a pilot balloon is called a radiosonde',
    in: 'igra2',
    change: header('station_type', at(1, 0) as never),
    found: { kind: 'header', table: 'header_table', variable: 'station_type', row: 1 },
  },
  {
    what: 'standard_time is that of another hour',
    in: 'igra2',
    change: { values: { 'profile_configuration/standard_time': at(1, 3) } },
    found: { kind: 'header', table: 'profile_configuration', variable: 'standard_time', row: 1 },
  },
  {
    what: 'the station ends before its last report',
    in: 'igra2',
    change: { values: { 'station_configuration/end_date': at(0, (time) => time - 1) } },
    found: { kind: 'station', table: 'station_configuration', variable: 'end_date', row: 0 },
  },
  {
    what: 'the station has a variable that no row has',
    in: 'igra2',
    change: {
      values: { 'station_configuration/observed_variables': textAt(0, (list) => list.replace('126', '140')) },
    },
    found: { kind: 'station', table: 'station_configuration', variable: 'observed_variables', row: 0 },
  },
  {
    what: 'the box of the station is another one',
    in: 'igra2',
    change: { values: { 'station_configuration/bbox_max_latitude': at(0, 50) } },
    found: { kind: 'station', table: 'station_configuration', variable: 'bbox_max_latitude', row: 0 },
  },
  {
    what: 'the checksum in source_configuration is not that of source_files',
    in: 'igra2',
    change: {
      values: { 'source_configuration/source_file_checksum': textAt(0, (sum) => sum.replace(/.$/, 'x')) },
    },
    found: { kind: 'attribute', table: 'source_configuration', variable: 'source_file_checksum', row: 0 },
  },
  ...(
    [
      ['Conventions', null],
      ['featureType', 'timeSeries'],
      ['title', null],
      ['dataset', 'igra3'],
      ['primary_station_id', '0-20000-0-11036'],
      ['time_coverage_end', '1998-03-01T00:00:00Z'],
      ['date_created', 'yesterday'],
      ['history', 'made by hand'],
      ['source_files', '{}'],
      ['record_time', 'noon'],
    ] as const
  ).map(
    ([name, value]): Fault => ({
      what: `the attribute ${name} is ${value}`,
      in: 'igra2',
      change: attribute(name, value),
      found: { kind: 'attribute', table: '', variable: name },
    }),
  ),
  {
    what: 'geospatial_lat_max is another one',
    in: 'igra2',
    change: { attributes: { '': { geospatial_lat_max: Float64Array.of(49) } } },
    found: { kind: 'attribute', table: '', variable: 'geospatial_lat_max' },
  },
  {
    what: 'harvest_counts has another number of rows',
    in: 'igra2',
    change: attribute(
      'harvest_counts',
      '{"reports":3,"levels":1,"fields":9,"rows":9,"dropped":{},"noted":{}}',
    ),
    found: { kind: 'counts', variable: 'harvest_counts' },
  },
  {
    what: 'harvest_counts does not add up',
    in: 'igra2',
    change: attribute(
      'harvest_counts',
      '{"reports":3,"levels":99,"fields":600,"rows":286,"dropped":{"x":1},"noted":{}}',
    ),
    found: { kind: 'counts', variable: 'harvest_counts' },
  },
  {
    what: 'harvest_counts is no JSON',
    in: 'igra2',
    change: attribute('harvest_counts', '{"reports":'),
    found: { kind: 'counts', variable: 'harvest_counts' },
  },
];

export const FAULTS: readonly Fault[] = [...ORDER, ...KEYS, ...LAYOUT, ...VALUES, ...CLAIMS];
