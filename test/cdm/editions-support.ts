import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import type { TablesContract } from '../../src/cdm/index.js';

/** Folders of the two published editions, outside the project. */
const EDITIONS = fileURLToPath(new URL('../../../shared/cdm/', import.meta.url));
export const GLAMOD = `${EDITIONS}glamod-4261905`;
export const CDM_OBS = `${EDITIONS}cdm-obs-5e8c706`;

/** A suite that needs the published editions: skipped with the reason where they are absent, a failure there under CI=true. */
export function describeWithEditions(name: string, suite: () => void): void {
  if (existsSync(GLAMOD) && existsSync(CDM_OBS)) describe(name, suite);
  else if (process.env.CI === 'true') {
    describe(name, () => {
      it('needs the published editions in ../shared/cdm', () => {
        throw new Error('../shared/cdm is absent');
      });
    });
  } else describe.skip(`${name} (skipped: ../shared/cdm is absent)`, suite);
}

/** A contract of the size and shape of what radiosonde records fill. */
export const WRITTEN: TablesContract = {
  elements: [
    { table: 'observations_table', element: 'observation_id', base: 'varchar' },
    { table: 'observations_table', element: 'date_time', base: 'timestamp' },
    { table: 'observations_table', element: 'z_coordinate', base: 'numeric' },
    { table: 'observations_table', element: 'observed_variable', base: 'int' },
    { table: 'observations_table', element: 'source_id', base: 'varchar' },
    { table: 'observations_table', element: 'advanced_feedback', base: 'int' },
    { table: 'observations_table', element: 'elapsed_time', base: 'numeric' },
    { table: 'header_table', element: 'report_timestamp', base: 'timestamp' },
    { table: 'header_table', element: 'nominal_timestamp', base: 'timestamp' },
    { table: 'header_table', element: 'station_type', base: 'int' },
    { table: 'station_configuration', element: 'record_number', base: 'int' },
    { table: 'source_configuration', element: 'source_format', base: 'int' },
    { table: 'era5fb_table', element: 'datum_status@body', base: 'int' },
    { table: 'era5fb_table', element: 'eda_spread@errstat', base: 'numeric' },
  ],
  codes: [
    ...[34, 36, 38, 39, 57, 85, 104, 105, 106, 107, 117, 126, 137, 138, 139, 140].map((code) => ({
      table: 'observed_variable',
      code,
    })),
    ...[5, 32, 110, 300, 622, 631, 731].map((code) => ({ table: 'units', code })),
    ...[0, 1, 2, 6].map((code) => ({ table: 'quality_flag', code })),
    ...[0, 1].map((code) => ({ table: 'z_coordinate_type', code })),
    ...[0, 1].map((code) => ({ table: 'station_type', code })),
    ...[100, 101, 102, 103].map((code) => ({ table: 'source_format', code })),
    { table: 'conversion_flag', code: 0 },
    { table: 'conversion_flag', code: 2 },
    { table: 'conversion_method', code: 7 },
    { table: 'report_type', code: 1 },
    { table: 'duration', code: 0 },
    { table: 'observation_value_significance', code: 12 },
    { table: 'crs', code: 0 },
    { table: 'id_scheme', code: 0 },
  ],
};
