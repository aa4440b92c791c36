/**
 * Files as a harvest leaves them: nothing is wrong with them, whatever the options; what they were made of is compared with the
 * ledger, the source files and the tables, and their source read again. The demo and the samples are in `clean.slow.test.ts`.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stationFilesOf } from '../../src/reading/files.js';
import type { HarvestOptions } from '../../src/run/options.js';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { encodeBufrSoundings } from '../support/bufr-soundings.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { encodeOdbText } from '../support/odb-encoder.js';
import { makeOdbRows } from '../support/odb-rows.js';
import { makeStation } from '../support/soundings.js';
import { rewriteStation } from '../support/station-rewrite.js';
import { encodeUadb } from '../support/uadb-encoder.js';
import { at, harvestSmall, textAt, verifierOf } from './planted.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-provenance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: { igra2: string; era5: string; sources: string };
beforeAll(async () => {
  files = await harvestSmall(folder);
});

/** A folder of its own. */
function fresh(): string {
  return mkdtempSync(join(folder, 'case-'));
}

describe('the work folder', () => {
  it('is the one that the file lies in, with its ledger and its sources', async () => {
    expect(await verifierOf()(files.igra2)).toMatchObject({ findings: [], notes: [] });
  });

  it('leaves a note where the ledger does not know the file, or has no sources', async () => {
    const copy = join(fresh(), basename(files.igra2));
    cpSync(files.igra2, copy);
    const { findings, notes } = await verifierOf({ workdir: folder, sources: fresh() })(copy);
    expect(findings).toEqual([]);
    expect(notes).toEqual([
      `the ledger of ${folder} does not know the file: its checksum was not compared`,
      expect.stringMatching(/^the source file "XXM00011035-data.txt" is not below .*: it was not compared$/),
    ]);
  });

  it('tells of a file that was changed after it was published', async () => {
    const work = fresh();
    cpSync(join(folder, 'ledger'), join(work, 'ledger'), { recursive: true });
    const copy = join(work, 'output', 'igra2', basename(files.igra2));
    mkdirSync(join(work, 'output', 'igra2'), { recursive: true });
    // Whole, and with other content than was published.
    await rewriteStation(files.igra2, copy, { attributes: { '': { summary: 'another summary' } } });
    const { findings } = await verifierOf()(copy);
    expect(findings).toEqual([
      { kind: 'ledger', table: '', variable: '', row: null, message: expect.stringMatching(/bytes|sha256/) },
    ]);
  });

  it('tells of source files that are not what the station file was made of', async () => {
    const name = 'XXM00011035-data.txt';
    const text = readFileSync(join(files.sources, 'igra2', name));
    for (const [content, message] of [
      [Buffer.concat([text, Buffer.from('\n')]), /bytes, \d+ when the file was made/],
      [Buffer.from(text).fill('0', 100, 101), /but another sha256/],
    ] as const) {
      const sources = fresh();
      writeFileSync(join(sources, name), content);
      const { findings } = await verifierOf({ sources })(files.igra2);
      expect(findings).toEqual([
        {
          kind: 'source-file',
          table: 'source_configuration',
          variable: 'source_file',
          row: 0,
          message: expect.stringMatching(message),
        },
      ]);
    }
  });

  it('leaves a note where the tables are not at hand', async () => {
    const copy = join(fresh(), basename(files.igra2));
    await rewriteStation(files.igra2, copy, { attributes: { '': { cdm_tables_sha256: 'f'.repeat(64) } } });
    const { findings, notes } = await verifierOf()(copy);
    expect(findings).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('are not at hand')]);
  });
});

describe('reading the source again', () => {
  const against = (path: string, ...sources: string[]) => verifierOf({ against: sources })(path);

  it('gives the same, and leaves nothing behind', async () => {
    const temporary = fresh();
    vi.stubEnv('TMPDIR', temporary);
    expect(await against(files.igra2, join(files.sources, 'igra2'))).toMatchObject({
      findings: [],
      notes: [],
    });
    expect(await against(files.era5, join(files.sources, 'era5_1', 'era5.conv._11035.txt'))).toMatchObject({
      findings: [],
      notes: [],
    });
    expect(readdirSync(temporary)).toEqual([]);
    vi.unstubAllEnvs();
  });

  it('names what is otherwise: columns, rows and values', async () => {
    const copy = join(fresh(), basename(files.era5));
    await rewriteStation(files.era5, copy, {
      values: {
        // What no other check can see.
        'era5fb/fg_depar@body': at(7, 0.25),
        'observations_table/quality_flag': at(8, 1),
        'source_configuration/product_name': textAt(0, (name) => name.replace('ERA5', 'ERA6')),
      },
      attributes: { '': { institution: 'another one' } },
    });
    const { findings } = await against(copy, files.sources);
    expect(findings.map(({ table, variable, row }) => [table, variable, row])).toEqual([
      ['', 'institution', null],
      ['observations_table', 'quality_flag', 8],
      ['era5fb', 'fg_depar@body', 7],
      ['source_configuration', 'product_name', 0],
    ]);
    expect(findings[1]?.message).toMatch(/^1, \d when read again$/);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['against']));
  });

  it('is not done without the sources, and says so', async () => {
    const { findings } = await against(files.igra2, join(files.sources, 'era5_1'));
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'against', row: 0, table: 'source_configuration' }),
    ]);
    expect(findings[0]?.message).toContain('nothing was compared');
  });
});

beforeAll(async () => {
  // Over the end of a year, with pilot balloons and levels without pressure.
  const soundings = makeStation(3, {
    id: 'XXM00011035',
    soundings: 5,
    from: { year: 1999, month: 12, day: 30 },
    kinds: ['classic', 'pilot', 'classic', 'pilot-by-height', 'classic'],
  });
  const withPressure = soundings.filter((_, i) => i !== 3);
  write('igra2', 'XXM00011035-data.txt', encodeIgra2(soundings));
  for (const kind of ['trhc', 'windc'] as const)
    write('ncar', `uadb_${kind}_11035.txt`, encodeUadb(soundings, { kind }));
  write(
    'era5_1',
    'station.txt',
    encodeOdbText(makeOdbRows(soundings, { dataset: 'era5_1', statid: '11035' })),
  );
  write('bufr', 'land.bfr', encodeBufrSoundings(await loadTables(), withPressure, { wmoNumber: 11035 }));
  write('bufr', 'ships.bfr', encodeBufrSoundings(await loadTables(), withPressure, { callSign: 'DEMO1' }));
});

function write(source: string, name: string, content: Uint8Array): void {
  mkdirSync(join(folder, 'others', source), { recursive: true });
  writeFileSync(join(folder, 'others', source, name), content);
}

const RUNS: readonly (readonly [source: string, files: number, options: Partial<HarvestOptions>])[] = [
  ['igra2', 1, { profile: 'cuon' }],
  ['igra2', 2, { splitByYear: true }],
  // Nominal times of 31 December 1999.
  ['igra2', 1, { recordTime: 'nominal', from: 3_155_587_200, to: 3_155_673_600 }],
  ['ncar', 1, {}],
  ['era5_1', 1, { profile: 'cuon' }],
  ['bufr', 2, {}],
];

describe('nothing is wrong with files of', () => {
  it.each(RUNS)('%s, of which there are %i, with %o', async (source, files, options) => {
    const output = mkdtempSync(join(folder, 'output-'));
    const input = [join(folder, 'others', source)];
    await harvestQuietly({
      source,
      input,
      output,
      workdir: `${output}.work`,
      tables: join(folder, 'tables'),
      ...options,
    });
    const verify = verifierOf({ workdir: `${output}.work`, sources: join(folder, 'others', source) });
    const paths = await stationFilesOf([output]);
    expect(paths).toHaveLength(files);
    for (const path of paths) {
      const { findings, notes, rows } = await verify(path);
      expect(findings, path).toEqual([]);
      expect(notes, path).toEqual([]);
      expect(rows, path).toBeGreaterThan(20);
    }
  });
});
