/** Faults: what reports, stations and attributes say. */
import { at, textAt } from '../planted.js';
import { attribute, type Fault, header } from './fault.js';

export const CLAIMS: readonly Fault[] = [
  {
    what: 'the time of a report is an hour late',
    in: 'igra2',
    change: header(
      'report_timestamp',
      at(1, (time) => time + 3600),
    ),
    found: { kind: 'record-time', table: 'header_table', variable: 'report_timestamp', row: 1 },
  },
  {
    what: 'the time of a report is before any sounding',
    in: 'igra2',
    change: header('report_timestamp', at(0, -3_000_000_000n)),
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
    change: header('station_type', at(1, 0)),
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
    what: 'the attribute primary_station_id is that of another station',
    in: 'igra2',
    change: attribute('primary_station_id', '0-20000-0-11036'),
    found: { kind: 'station', table: 'station_configuration', variable: 'primary_id', row: 0 },
  },
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
