/** Faults: what header_table and station_configuration say of the station, columns that no harvest fills, times that are none. */
import { at, textAt } from '../planted.js';
import { attribute, type Fault, header } from './fault.js';

const STATION = 'station_configuration';
/** What a file says that was made with the bundled tables. */
const BUNDLED = {
  cdm_tables_repository: 'https://github.com/glamod/common_data_model',
  cdm_tables_commit: '4261905',
};

function station(variable: string, change: ReturnType<typeof at>): Pick<Fault, 'change' | 'found'> {
  return {
    change: { values: { [`${STATION}/${variable}`]: change } },
    found: { kind: 'station', table: STATION, variable, row: 0 },
  };
}

function ofHeader(
  variable: string,
  row: number,
  change: ReturnType<typeof at>,
): Pick<Fault, 'change' | 'found'> {
  return {
    change: header(variable, change),
    found: { kind: 'header', table: 'header_table', variable, row },
  };
}

export const STATIONS: readonly Fault[] = [
  {
    what: 'the station has a name that no report has',
    in: 'igra2',
    ...station('station_name', textAt(0, 'X')),
  },
  { what: 'a report has a name of its own', in: 'igra2', ...ofHeader('station_name', 2, textAt(2, 'X')) },
  {
    what: 'the title is that of another station',
    in: 'igra2',
    change: attribute('title', 'Radiosonde and pilot balloon soundings of station 0-20000-0-11036 from IGRA'),
    found: { kind: 'attribute', table: '', variable: 'title' },
  },
  {
    what: 'the station lies where no report is, inside of the box of others',
    in: 'igra2',
    ...station('latitude', at(0, 48.26)),
  },
  { what: 'the station lies in another hemisphere', in: 'igra2', ...station('longitude', at(0, -16.36)) },
  {
    what: 'a report has another height of the station',
    in: 'igra2',
    ...ofHeader('height_of_station_above_sea_level', 1, at(1, 900)),
  },
  {
    what: 'the station is another platform than its reports',
    in: 'era5',
    ...ofHeader('platform_type', 0, at(0, 5)),
  },
  {
    what: 'the ids of reports are of another scheme',
    in: 'igra2',
    ...ofHeader('primary_station_id_scheme', 1, at(1, 3)),
  },
  {
    what: 'the id of the source is another one',
    in: 'era5',
    ...station('secondary_id', textAt(0, '{11036}')),
  },
  {
    what: 'record_timestamp, which no harvest fills, has a value',
    in: 'igra2',
    change: header('record_timestamp', at(1, 3_000_000_000n)),
    found: { kind: 'unfilled', table: 'header_table', variable: 'record_timestamp', row: 1 },
  },
  {
    what: 'a text stands in a column that no harvest fills',
    in: 'igra2',
    change: { values: { [`${STATION}/city`]: textAt(0, 'V') } },
    found: { kind: 'unfilled', table: STATION, variable: 'city', row: 0 },
  },
  {
    what: 'a code stands in a column of the rows that no harvest fills',
    in: 'igra2',
    change: { values: { 'observations_table/spatial_representativeness': at(7, 0) } },
    found: { kind: 'unfilled', table: 'observations_table', variable: 'spatial_representativeness', row: 7 },
  },
  {
    what: 'a nominal time is far below all times',
    in: 'igra2',
    change: header('nominal_timestamp', at(1, -(2n ** 63n) + 1n)),
    found: { kind: 'range', table: 'header_table', variable: 'nominal_timestamp', row: 1 },
  },
  {
    what: 'a launch is in the far future',
    in: 'igra2',
    change: { values: { 'profile_configuration/actual_time': at(2, 2n ** 62n) } },
    found: { kind: 'range', table: 'profile_configuration', variable: 'actual_time', row: 2 },
  },
  {
    what: 'harvester_version is not that of the history',
    in: 'igra2',
    change: attribute('harvester_version', '99.0.0'),
    found: { kind: 'attribute', table: '', variable: 'harvester_version' },
  },
  {
    what: 'an attribute was added by another program',
    in: 'igra2',
    change: attribute('processing_level', 'raw'),
    found: { kind: 'attribute', table: '', variable: 'processing_level' },
  },
  {
    what: 'a group was added by another program',
    in: 'igra2',
    change: { groups: ['homogenised'] },
    found: { kind: 'table', table: 'homogenised' },
  },
  {
    what: 'the tables of a known commit have another checksum',
    in: 'igra2',
    change: { attributes: { '': { ...BUNDLED, cdm_tables_sha256: '0'.repeat(64) } } },
    found: { kind: 'attribute', table: '', variable: 'cdm_tables_sha256' },
  },
];
