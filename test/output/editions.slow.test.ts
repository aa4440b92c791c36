/** The rows do not depend on the edition of the tables; the profile of the reference harvester changes what it says it changes. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoArchive } from '../support/demo/archive.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { withStation } from '../support/demo/station-view.js';
import { differingColumns } from './columns.js';
import { walkCodes, walkReferences } from './walk.js';

const folder = mkdtempSync(join(tmpdir(), 'output-editions-'));
const archive = join(folder, 'archive');
const STATIONS = ['99001', '99005', 'ZZV000DEMO1'];
const FILES = ['0-20000-0-99001', '0-20000-0-99005', 'DEMO1'].map((id) => `${id}_igra2_harvested.nc`);
const at = (run: string, file: string): string => join(folder, run, 'igra2', file);

beforeAll(async () => {
  writeDemoArchive(archive);
  await harvestQuietly({ input: [archive], output: join(folder, 'bundled'), station: STATIONS });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EDITIONS = fileURLToPath(new URL('../../../shared/cdm', import.meta.url));
const absent = existsSync(EDITIONS) ? null : 'the folder ../shared/cdm with the published editions is absent';
if (absent !== null && process.env.CI === 'true') throw new Error(`CI=true, but ${absent}`);

describe.skipIf(absent !== null)(
  `editions of the tables${absent === null ? '' : ` (skipped: ${absent})`}`,
  () => {
    it.each(['glamod-4261905', 'cdm-obs-5e8c706'])(
      '%s gives the rows of the bundled edition',
      async (edition) => {
        const tables = join(EDITIONS, edition);
        const report = await harvestQuietly({
          input: [archive],
          output: join(folder, edition),
          station: STATIONS,
          tables,
        });
        expect(report.stations.map((station) => station.state)).toEqual(['done', 'done', 'done']);
        for (const file of FILES) {
          withStation(at('bundled', file), (bundled) =>
            withStation(at(edition, file), (other) => {
              for (const table of ['observations_table', 'header_table', 'profile_configuration'])
                expect(differingColumns(bundled, other, table), `${file} ${table}`).toEqual([]);
              expect(other.table('observations_table').columns.length).toBeGreaterThan(40);
              expect(walkCodes(other).faults, file).toEqual([]);
              expect(walkReferences(other).faults, file).toEqual([]);
              expect(other.attributes.cdm_tables_sha256).toMatch(/^[0-9a-f]{64}$/);
            }),
          );
        }
      },
    );
  },
);

describe('profile cuon', () => {
  beforeAll(async () => {
    await harvestQuietly({
      input: [archive],
      output: join(folder, 'cuon'),
      station: STATIONS,
      profile: 'cuon',
    });
  });

  /** It has two reports at one time. */
  const shared = FILES.find((file) => file.includes('99005')) ?? '';

  it('has one header for each record time, which names the reports that it also stands for', () => {
    withStation(at('cuon', shared), ({ root, table }) => {
      const headers = table('header_table');
      expect(headers.numbers('report_timestamp')).toEqual(root.numbers('recordtimestamp'));
      const others = headers.texts('duplicates').filter((text) => text !== '');
      expect(others).toEqual([expect.stringMatching(/^\{igra2-XXM00099005-\d{14}-01\}$/)]);
      expect(new Set(table('observations_table').texts('report_id'))).toEqual(
        new Set(headers.texts('report_id')),
      );
    });
  });

  it.each(FILES.filter((file) => file !== shared))('%s differs in humidity and geopotential only', (file) => {
    withStation(at('bundled', file), (cdm) =>
      withStation(at('cuon', file), (cuon) => {
        expect(differingColumns(cdm, cuon, 'header_table')).toEqual([]);
        const humidity = cdm.table('observations_table').numbers('observed_variable').includes(138);
        expect(differingColumns(cdm, cuon, 'observations_table').sort()).toEqual([
          'numerical_precision',
          'observation_value',
          ...(humidity ? ['units'] : []),
        ]);
        const [right, other] = [cdm.table('observations_table'), cuon.table('observations_table')];
        const variables = right.numbers('observed_variable');
        const [values, changed] = [right.numbers('observation_value'), other.numbers('observation_value')];
        const [units, changedUnits] = [right.numbers('units'), other.numbers('units')];
        for (const [row, variable] of variables.entries()) {
          const value = values[row] ?? Number.NaN;
          const [expected, unit] =
            variable === 138
              ? [value / 100, 0]
              : variable === 117
                ? [value * 9.80665, 631]
                : [value, units[row]];
          expect(changedUnits[row]).toBe(unit);
          if (Math.abs((changed[row] ?? Number.NaN) - expected) > Math.abs(expected) * 2e-7)
            expect(changed[row], `row ${row}`).toBe(expected);
        }
      }),
    );
  });

  it('names rows and root variables as the reference does', () => {
    withStation(at('cuon', FILES[0] ?? ''), ({ root, table }) => {
      expect(root.schema('recordindex').dimensions).toEqual(['recordindex']);
      expect(root.schema('recordtimestamp').dimensions).toEqual(['recordtimestamp']);
      expect(table('observations_table').schema('units').dimensions).toEqual(['index']);
      expect(table('header_table').schema('report_type').dimensions).toEqual(['index']);
      expect(table('units').schema('units').dimensions).toEqual(['index']);
    });
  });

  it('writes a file per station, as ever', () => {
    expect(readdirSync(join(folder, 'cuon', 'igra2')).sort()).toEqual([...FILES].sort());
  });
});
