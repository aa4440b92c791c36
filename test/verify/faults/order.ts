/** Faults: the record index, the order of rows, and the reports. */
import { at, swapped } from '../planted.js';
import { type Fault, inObservations, OBSERVATIONS, observation, SECOND } from './fault.js';

export const ORDER: readonly Fault[] = [
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
