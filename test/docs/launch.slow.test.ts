/** docs/python/launch.py: both engines of xarray give the rows of the record, with the names of the codes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../cli/built.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { demoOutputs } from '../support/demo/outputs.js';

const PYTHON = '/usr/bin/python3';
const missing = spawnSync(PYTHON, ['-c', 'import xarray, netCDF4, h5netcdf, pandas']).status !== 0;
const title = missing ? ` (skipped: ${PYTHON} lacks xarray, netCDF4, h5netcdf or pandas)` : '';

interface Result {
  size: number;
  columns: string[];
  engines: Record<string, { rows: number; digest: string } & Record<string, unknown>>;
  elsewhere: string;
}

/** Station, record and profile: a modern sounding, a ship, two reports at one time, the conventions of the reference. */
const CASES = [
  ['0-20000-0-99001', 29, 'cdm'],
  ['DEMO1', 0, 'cdm'],
  ['0-20000-0-99005', 7, 'cdm'],
  ['0-20000-0-99001', 3, 'cuon'],
] as const;

describe.skipIf(missing && process.env.CI !== 'true')(`launch.py${title}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'harvest-launch-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let results: Result[];

  beforeAll(async () => {
    const demo = await demoOutputs();
    const input = [join(demo, 'sources', 'igra2')];
    const station = CASES.filter((one) => one[2] === 'cuon').map(([id]) => id);
    await harvestQuietly({ input, output: join(folder, 'cuon'), profile: 'cuon', station });
    const plan = CASES.map(([id, record, profile]) => {
      const output = profile === 'cuon' ? join(folder, 'cuon') : join(demo, 'output');
      return [join(output, 'igra2', `${id}_igra2_harvested.nc`), record];
    });
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    const script = fileURLToPath(new URL('launch.py', import.meta.url));
    const words = [script, join(ROOT, 'docs', 'python'), join(folder, 'plan.json')];
    const { status, stdout, stderr } = spawnSync(PYTHON, words, { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    results = JSON.parse(stdout);
  });

  it.each(CASES.map((one, i) => [i, one.join(' ')] as const))('%i: %s', (i) => {
    const { size, columns, engines, elsewhere } = results[i] as Result;
    const right = { rows: size, values: true, names: true, units: true, times: true };
    expect(engines).toMatchObject({ netcdf4: right, h5netcdf: right });
    expect(engines.netcdf4?.digest).toBe(engines.h5netcdf?.digest);
    expect(size).toBeGreaterThan(3);
    expect(columns).toContain('unit');
    expect(elsewhere).toBe('KeyError');
  });

  it('is a dozen lines, which people copy', () => {
    const lines = readFileSync(join(ROOT, 'docs/python/launch.py'), 'utf8').split('\n');
    expect(lines.filter((line) => line.trim() !== '' && !line.startsWith('"""')).length).toBeLessThanOrEqual(
      12,
    );
  });
});
