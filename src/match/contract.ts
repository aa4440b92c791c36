/** What the match relies on in the CDM tables: checked against every edition before it is used. */
import type { KindBase, TablesContract } from '../cdm/index.js';
import { OBSERVED_VARIABLE, writtenVariable } from '../records/variables.js';
import { CELSIUS_TO_KELVIN, CONVERTED, NOT_CONVERTED, UNITS } from './conventions.js';

const FILLED: Readonly<Record<string, Readonly<Partial<Record<KindBase, readonly string[]>>>>> = {
  observations_table: {
    varchar: ['observation_id', 'report_id', 'source_id', 'sensor_id'],
    timestamp: ['date_time'],
    numeric: [
      'longitude',
      'latitude',
      'z_coordinate',
      'observation_value',
      'numerical_precision',
      'original_precision',
      'original_value',
      'elapsed_time',
    ],
    int: [
      'data_policy_licence',
      'date_time_meaning',
      'observation_duration',
      'crs',
      'z_coordinate_type',
      'observed_variable',
      'value_significance',
      'units',
      'conversion_flag',
      'quality_flag',
      'original_units',
      'conversion_method',
      'advanced_qc',
      'advanced_uncertainty',
      'advanced_homogenisation',
      'advanced_assimilation_feedback',
      'advanced_feedback',
    ],
  },
  header_table: {
    varchar: [
      'report_id',
      'station_name',
      'primary_station_id',
      'profile_id',
      'source_id',
      'source_record_id',
    ],
    timestamp: ['report_timestamp', 'nominal_timestamp'],
    numeric: ['longitude', 'latitude', 'height_of_station_above_sea_level', 'report_time_accuracy'],
    int: [
      'report_type',
      'station_type',
      'platform_type',
      'station_record_number',
      'primary_station_id_scheme',
      'crs',
      'report_meaning_of_timestamp',
      'report_duration',
      'report_time_quality',
      'report_quality',
      'duplicate_status',
    ],
  },
  station_configuration: {
    varchar: ['primary_id', 'secondary_id', 'station_name'],
    timestamp: ['start_date', 'end_date'],
    numeric: [
      'longitude',
      'latitude',
      'bbox_min_longitude',
      'bbox_max_longitude',
      'bbox_min_latitude',
      'bbox_max_latitude',
    ],
    int: [
      'primary_id_scheme',
      'record_number',
      'secondary_id_scheme',
      'station_crs',
      'station_type',
      'platform_type',
      'observed_variables',
      'optional_data',
    ],
  },
  source_configuration: {
    varchar: [
      'source_id',
      'product_id',
      'product_name',
      'product_version',
      'product_uri',
      'description',
      'product_references',
      'product_citation',
      'source_format_version',
      'source_file',
      'source_file_checksum',
      'comments',
    ],
    int: ['source_format', 'data_policy_licence', 'optional_data'],
  },
  sensor_configuration: {
    varchar: ['sensor_id', 'comments'],
    timestamp: ['date_start', 'date_end'],
    int: ['optional_data'],
  },
  profile_configuration: {
    varchar: ['profile_id', 'comments'],
    timestamp: ['actual_time'],
    int: ['profile_type', 'standard_time', 'optional_data'],
  },
};

const WRITTEN_CODES: Readonly<Record<string, readonly number[]>> = {
  observed_variable: [...new Set(Object.values(OBSERVED_VARIABLE).map(writtenVariable))],
  units: Object.values(UNITS).filter((code) => code !== UNITS.cuonFraction),
  z_coordinate_type: [0, 1],
  station_type: [0, 1],
  crs: [0],
  conversion_flag: [CONVERTED, NOT_CONVERTED],
  conversion_method: [CELSIUS_TO_KELVIN],
  quality_flag: [0, 1, 2, 6, 100],
  time_quality: [0, 1, 2, 3],
  meaning_of_time_stamp: [1],
  duration: [0],
  observation_value_significance: [12],
  report_type: [1],
  profile_type: [0],
  standard_time: [0, 1, 2, 3],
  data_present: [0, 1],
  data_policy_licence: [0, 5, 11],
  duplicate_status: [4],
  id_scheme: [0, 3, 4, 5, 6],
  platform_type: [0, 2, 8, 41],
  source_format: [2, 100, 101, 102, 103],
};

/** Every element that the project fills and every code that it writes. */
export const TABLES_CONTRACT: TablesContract = {
  elements: Object.entries(FILLED).flatMap(([table, byKind]) =>
    Object.entries(byKind).flatMap(([base, names]) =>
      (names ?? []).map((element) => ({ table, element, base: base as KindBase })),
    ),
  ),
  codes: Object.entries(WRITTEN_CODES).flatMap(([table, codes]) => codes.map((code) => ({ table, code }))),
};
