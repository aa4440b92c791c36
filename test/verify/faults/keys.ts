/** Faults: ids and codes. */
import { at, copied, textAt } from '../planted.js';
import { type Fault, header, inObservations, observation, THIRD } from './fault.js';

export const KEYS: readonly Fault[] = [
  {
    what: 'an observation_id stands twice',
    in: 'igra2',
    change: observation('observation_id', copied(4, 5)),
    found: inObservations('observation-id', 'observation_id', 5),
  },
  {
    what: 'an observation_id is that of another report',
    in: 'igra2',
    change: observation(
      'observation_id',
      textAt(THIRD, (id) => id.replace('1998', '1989')),
    ),
    found: inObservations('observation-id', 'observation_id', THIRD),
  },
  {
    what: 'a report_id leads nowhere',
    in: 'igra2',
    change: observation(
      'report_id',
      textAt(9, (id) => id.replace('1998', '1989')),
    ),
    found: inObservations('foreign-key', 'report_id', 9),
  },
  {
    what: 'a source_id leads nowhere',
    in: 'igra2',
    change: observation('source_id', textAt(3, 'igra2-9')),
    found: inObservations('foreign-key', 'source_id', 3),
  },
  {
    what: 'a sensor_id leads nowhere',
    in: 'igra2',
    change: observation('sensor_id', textAt(3, 'sonde-123')),
    found: inObservations('foreign-key', 'sensor_id', 3),
  },
  {
    what: 'source_id of a report leads nowhere',
    in: 'igra2',
    change: header('source_id', textAt(2, 'igra2-7')),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'source_id', row: 2 },
  },
  {
    what: 'profile_id of a report leads nowhere',
    in: 'igra2',
    change: header('profile_id', textAt(0, 'x')),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'profile_id', row: 0 },
  },
  {
    what: 'primary_station_id of a report leads nowhere',
    in: 'igra2',
    change: header('primary_station_id', textAt(1, '0-20000-0-11036')),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'primary_station_id', row: 1 },
  },
  {
    what: 'station_record_number leads nowhere',
    in: 'igra2',
    change: header('station_record_number', at(1, 7)),
    found: { kind: 'foreign-key', table: 'header_table', variable: 'station_record_number', row: 1 },
  },
  {
    what: 'a report_id stands twice',
    in: 'igra2',
    change: header('report_id', copied(0, 1)),
    found: { kind: 'duplicate', table: 'header_table', variable: 'report_id', row: 1 },
  },
  {
    what: 'a code of observed_variable does not exist',
    in: 'igra2',
    change: observation('observed_variable', at(3, 9999)),
    found: inObservations('code', 'observed_variable', 3),
  },
  {
    what: 'a code of quality_flag does not exist',
    in: 'igra2',
    change: observation('quality_flag', at(11, 77)),
    found: inObservations('code', 'quality_flag', 11),
  },
  {
    what: 'a code of a constant column does not exist',
    in: 'igra2',
    change: observation('crs', at(100, 99)),
    found: inObservations('code', 'crs', 100),
  },
  {
    what: 'a code of header_table does not exist',
    in: 'igra2',
    change: header('report_type', at(1, 33)),
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
