/** Station files in front of the field's readers: xarray with both engines, pandas, netCDF4, h5py, ncdump, NCO, h5wasm. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoArchive } from '../support/demo/archive.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { openingLines } from '../support/demo/opening.js';
import { withStation } from '../support/demo/station-view.js';
import { SAMPLES_ABSENT, samplePath, samplesTitle, skipSamples } from '../support/igra2-samples.js';

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
    writeDemoArchive(archive);
    await harvestQuietly({ input: [archive], output: join(folder, 'demo') });
    await harvestQuietly({ input: [samplePath('igra2')], output: join(folder, 'samples') });
    await harvestQuietly({
      input: [archive],
      output: join(folder, 'cuon'),
      profile: 'cuon',
      station: ['99005'],
    });
    await harvestQuietly({
      input: [archive],
      output: join(folder, 'year'),
      splitByYear: true,
      station: ['99001'],
    });
    files = ['demo', 'samples', 'cuon', 'year'].flatMap((run) => {
      const at = join(folder, run, 'igra2');
      return readdirSync(at)
        .sort()
        .map((name) => join(at, name));
    });
    const find = (end: string): string => files.find((file) => file.endsWith(end)) ?? end;
    const modern = find('demo/igra2/0-20000-0-99001_igra2_harvested.nc');
    const ship = find('ZZV000DEMO1_igra2_harvested.nc');
    const plan = {
      scratch: folder,
      files,
      every_group: [ship],
      tools: [ship, find('cuon/igra2/0-20000-0-99005_igra2_harvested.nc')],
      documented: [modern, ship],
      printed: Object.fromEntries([modern, ship].map((file) => [file, printedLines(file)])),
      blocks: pythonBlocks(),
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
    ['_FillValue where and only where a number is missing', 3000],
    ['xarray netcdf4: open_dataset(path, group=)', 1500],
    ['xarray h5netcdf: open_dataset(path, group=)', 1500],
    ['xarray netcdf4: every group', 400],
    ['xarray h5netcdf: every group', 400],
    ['pandas: recordindex and recordsize slice what date_time selects', 60],
    ['pandas: to_dataframe keeps codes and times', 100],
    ['netCDF4: append mode', 700],
    ['ncdump -h', 30],
    ['ncdump -v recordindex', 2],
    ['NCO: ncks -g', 100],
    ['NCO: ncks -H', 2],
    ['the lines that the demo prints', 8],
    ['docs/reading.md', 14],
  ])('%s', (check, atLeast) => {
    expect(report[check]?.faults).toEqual([]);
    expect(report[check]?.looked).toBeGreaterThanOrEqual(atLeast);
  });

  it('open_datatree is used where xarray has it, and every group is opened one by one in any case', () => {
    expect(report['xarray: open_datatree']?.faults ?? []).toEqual([]);
  });

  it('h5wasm reads the same bytes as h5py', () => {
    const chosen = files.filter((file) => /11035|cuon/.test(file));
    expect(chosen.length).toBe(2);
    for (const file of chosen) {
      const seen = withStation(file, ({ root, tables }) =>
        Object.fromEntries(
          [root, ...tables.values()].flatMap((table) =>
            table.columns.map((name) => [
              `${table.name}/${name}`,
              [table.schema(name).shape, createHash('sha1').update(table.bytes(name)).digest('hex')],
            ]),
          ),
        ),
      );
      expect(seen, file).toEqual(digests[file]);
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

function pythonBlocks(): string[] {
  const page = readFileSync(new URL('../../docs/reading.md', import.meta.url), 'utf8');
  return Array.from(page.matchAll(/^```python\n([\s\S]*?)^```$/gm), ([, block]) => block ?? '');
}
