/** What a file was made of: the ledger, the source files, the tables, and reading the source again. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeStationList } from '../support/igra2-encoder.js';
import { rewriteStation } from '../support/station-rewrite.js';
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
    await rewriteStation(files.igra2, copy, { attributes: { '': { title: 'another title' } } });
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
    expect(findings[1]?.message).toMatch(/^row 8: 1, \d when read again$/);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['against']));
  });

  it('is not done without the sources, and says so', async () => {
    const { findings } = await against(files.igra2, join(files.sources, 'era5_1'));
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'against', row: 0, table: 'source_configuration' }),
    ]);
    expect(findings[0]?.message).toContain('nothing was compared');
  });

  it('takes the station list beside the source, and knows a period by its edges', async () => {
    const work = fresh();
    const sources = join(work, 'sources', 'igra2');
    cpSync(join(files.sources, 'igra2'), sources, { recursive: true });
    const entry = {
      id: 'XXM00011035',
      latitude: 48.2,
      longitude: 16.3,
      elevation: 200,
      name: 'VIENNA',
      firstYear: 1998,
      lastYear: 1998,
      soundings: 3,
    };
    writeFileSync(join(sources, 'igra2-station-list.txt'), encodeStationList([entry]));
    // The second of three soundings: 27 February 1998, 12 UTC.
    const period = { from: 3_097_566_000, to: 3_097_580_000 };
    await harvestQuietly({
      input: [sources],
      output: join(work, 'output'),
      workdir: work,
      tables: join(folder, 'tables'),
      ...period,
    });
    const path = join(work, 'output', 'igra2', basename(files.igra2));
    const source = join(sources, 'XXM00011035-data.txt');
    const { findings, rows } = await against(path, source);
    expect(findings).toEqual([]);
    expect(rows).toBe(6);
    rmSync(join(sources, 'igra2-station-list.txt'));
    const without = await against(path, source);
    expect(without.notes).toEqual([expect.stringContaining('no station list')]);
    expect(without.findings.map(({ variable }) => variable)).toContain('station_name');
  });
});
