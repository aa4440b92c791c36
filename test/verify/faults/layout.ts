/** Faults: tables, columns, types and attributes. */
import { textAt } from '../planted.js';
import { type Fault, OBSERVATIONS } from './fault.js';

export const LAYOUT: readonly Fault[] = [
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
    what: 'the group of feedback is lost',
    in: 'era5',
    change: { without: ['era5fb'] },
    found: { kind: 'feedback', table: OBSERVATIONS, variable: 'advanced_feedback' },
  },
  {
    what: 'a column of feedback is lost',
    in: 'era5',
    change: { without: ['era5fb/an_depar@body'] },
    found: { kind: 'column', table: 'era5fb', variable: 'an_depar@body' },
  },
  {
    what: 'the feedback is said to be of another reanalysis',
    in: 'era5',
    change: { attributes: { era5fb: { feedback_of: 'ERA-40' } } },
    found: { kind: 'layout', table: 'era5fb', variable: '' },
  },
  {
    what: 'the feedback does not say of which run it is',
    in: 'era5',
    change: { attributes: { era5fb: { feedback_run: null } } },
    found: { kind: 'layout', table: 'era5fb', variable: '' },
  },
  {
    what: 'the first guess is called an analysis',
    in: 'era5',
    change: { attributes: { 'era5fb/fg_depar@body': { departure_from: 'analysis' } } },
    found: { kind: 'layout', table: 'era5fb', variable: 'fg_depar@body' },
  },
  {
    what: 'the factors of departures are lost',
    in: 'era5',
    change: { attributes: { 'era5fb/an_depar@body': { cdm_scale_factors: null } } },
    found: { kind: 'layout', table: 'era5fb', variable: 'an_depar@body' },
  },
  {
    what: 'the unit of the bias correction follows another column',
    in: 'era5',
    change: { attributes: { 'era5fb/biascorr@body': { units_from: 'vertco_type@body' } } },
    found: { kind: 'layout', table: 'era5fb', variable: 'biascorr@body' },
  },
  {
    what: 'departures are whole numbers',
    in: 'era5',
    change: { values: { 'era5fb/an_depar@body': (values) => Int32Array.from(values, Number) } },
    found: { kind: 'layout', table: 'era5fb', variable: 'an_depar@body' },
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
