/** Station files in front of the field's readers: xarray with both engines, pandas, netCDF4, h5py, ncdump, NCO, h5wasm. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoArchives } from '../support/demo/archive.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { openingLines } from '../support/demo/opening.js';
import { type TableView, withStation } from '../support/demo/station-view.js';
import { SAMPLES_ABSENT, samplePath, samplesTitle, skipSamples } from '../support/samples.js';

const PYTHON = '/usr/bin/python3';

/** Why the readers cannot be asked; `undefined` when they can. */
function missingReader(): string | undefined {
  const probes: [string, string[]][] = [
    [PYTHON, ['-c', 'import xarray, netCDF4, h5py, h5netcdf']],
    ['ncdump', ['-h', '/dev/null']],
    ['ncks', ['--version']],
  ];
  for (const [command, words] of probes) {
    const { error, status } = spawnSync(command, words);
    if (error !== undefined) return `${command} is not installed`;
    if (command === PYTHON && status !== 0) return `${PYTHON} lacks xarray, netCDF4, h5py or h5netcdf`;
  }
  return undefined;
}

const missing = missingReader();
const skip = (missing !== undefined && process.env.CI !== 'true') || skipSamples();
const title = `station files in the readers of the field (${missing ?? 'all readers are there'})`;

interface Report {
  [check: string]: { looked: number; faults: string[] };
}

describe.skipIf(skip)(samplesTitle(title), () => {
  const folder = mkdtempSync(join(tmpdir(), 'output-matrix-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let report: Report;
  let files: string[];
  let digests: Record<string, Record<string, [shape: number[], sha1: string]>>;

  beforeAll(async () => {
    if (missing !== undefined || SAMPLES_ABSENT !== null) throw new Error(`CI=true requires: ${missing}`);
    const archive = join(folder, 'archive');
    const { others } = await writeDemoArchives(archive);
    await harvestQuietly({ input: [join(archive, 'igra2')], output: join(folder, 'demo') });
    for (const { id } of others)
      await harvestQuietly({
        source: id,
        input: [join(archive, id)],
        output: join(folder, 'demo'),
        station: ['99001'],
      });
    await harvestQuietly({ input: [samplePath('igra2')], output: join(folder, 'samples') });
    await harvestQuietly({
      input: [join(archive, 'igra2')],
      output: join(folder, 'cuon'),
      profile: 'cuon',
      station: ['99005'],
    });
    files = ['demo', 'samples', 'cuon'].flatMap((run) =>
      readdirSync(join(folder, run))
        .filter((name) => name !== 'reports')
        .sort()
        .flatMap((source) => {
          const at = join(folder, run, source);
          return readdirSync(at)
            .sort()
            .map((name) => join(at, name));
        }),
    );
    const find = (end: string): string => files.find((file) => file.endsWith(end)) ?? end;
    const ship = find('DEMO1_igra2_harvested.nc');
    const feedback = find('0-20000-0-99001_era5_1_harvested.nc');
    const plan = {
      scratch: folder,
      files,
      every_group: [ship, feedback],
      tools: [ship, feedback, find('cuon/igra2/0-20000-0-99005_igra2_harvested.nc')],
      printed: Object.fromEntries(
        [find('demo/igra2/0-20000-0-99001_igra2_harvested.nc')].map((file) => [file, printedLines(file)]),
      ),
    };
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    const script = fileURLToPath(new URL('output_matrix.py', import.meta.url));
    const done = spawnSync(PYTHON, [script, join(folder, 'plan.json')], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (done.status !== 0) throw new Error(done.stderr);
    ({ digests, ...report } = JSON.parse(done.stdout));
  });

  /** At least so many things must have been looked at: a check that looks at nothing proves nothing. */
  it.each([
    ['_FillValue where and only where a number is missing', 1500],
    ['xarray netcdf4: open_dataset(path, group=)', 1400],
    ['xarray h5netcdf: open_dataset(path, group=)', 1400],
    ['xarray netcdf4: every group', 400],
    ['xarray h5netcdf: every group', 400],
    ['pandas: recordindex and recordsize slice what date_time selects', 60],
    ['pandas: to_dataframe keeps codes and times', 100],
    ['netCDF4: append mode', 700],
    ['ncdump -h', 30],
    ['ncdump -v recordindex', 2],
    ['NCO: ncks -g', 100],
    ['NCO: ncks -H', 2],
    ['the lines that the demo prints', 4],
  ])('%s', (check, atLeast) => {
    expect(report[check]?.faults).toEqual([]);
    expect(report[check]?.looked).toBeGreaterThanOrEqual(atLeast);
  });

  it('open_datatree is used where xarray has it, and every group is opened one by one in any case', () => {
    expect(report['xarray: open_datatree']?.faults ?? []).toEqual([]);
  });

  it('h5wasm reads the same bytes as h5py', () => {
    const chosen = files.filter((file) => /11035|DEMO1_igra2|cuon/.test(file));
    expect(chosen.length).toBe(3);
    for (const file of chosen) {
      const expected = digests[file] ?? {};
      const names = new Set(Object.keys(expected).map((path) => path.slice(0, path.lastIndexOf('/'))));
      const seen = withStation(file, ({ root, tables }) =>
        [root, ...tables.values()]
          .filter((table) => names.has(table.name))
          .flatMap((table) => table.columns.map((column): [string, unknown] => digestOf(table, column))),
      );
      expect(Object.fromEntries(seen), file).toEqual(expected);
      expect(seen.length, file).toBeGreaterThan(150);
    }
  });

  it('leaves no temporary file behind', () => {
    expect(report.leftovers).toEqual([]);
  });

  /** What the demo would print for a file, with the number of rows that must come out, for some of its records. */
  function printedLines(file: string): [lines: string, rows: number][] {
    const sizes = withStation(file, ({ root }) => Array.from(root.numbers('recordsize')));
    return [0, Math.floor(sizes.length / 2)].map((n) => [openingLines(file, n).join('\n'), sizes[n] ?? -1]);
  }
});

function digestOf(table: TableView, column: string): [path: string, digest: [number[], string]] {
  const sha1 = createHash('sha1').update(table.bytes(column)).digest('hex');
  return [`${table.name}/${column}`, [[...table.schema(column).shape], sha1]];
}
