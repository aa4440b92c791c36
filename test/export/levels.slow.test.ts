/** Exports of some kinds of levels, and of heights that are geopotential or geometric. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import type { ExportNote } from '../../src/export/index.js';
import { runCli } from '../cli/built.js';
import { createWorkspace } from '../cli/workspace.js';
import { MARKS, markedStation, olderStation } from '../support/marked-station.js';
import { exported, type Plain, type PlainColumns, readCsv, readParquet } from './exports.js';

const space = createWorkspace();

async function exportedColumns(
  file: string,
  more: Parameters<typeof exported>[2],
): Promise<{ columns: PlainColumns; metadata: Map<string, string> }> {
  const path = space.path('levels.parquet');
  await exported([file], path, more);
  return await readParquet(path);
}

const rowsWith = (mask: number): number[] =>
  [...MARKS.keys()].filter((row) => (MARKS[row] as number) > 0 && ((MARKS[row] as number) & mask) !== 0);

describe('the rows of some kinds of levels', () => {
  it.each([
    [['standard'], 65_536],
    [['mandatory'], 65_536],
    [['surface', 'tropopause'], 131_072 + 32_768],
    [['significant'], 8192 + 4096 + 2048],
  ])('%j are those that have one of the bits', async (levels, mask) => {
    const file = await markedStation(space, 'marked.nc');
    const { columns } = await exportedColumns(file, { levels });
    const numbers = (columns.observation_id ?? []).map((id) => Number(String(id).slice(-6)));
    expect(columns.level_significance).toEqual(rowsWith(mask).map((row) => MARKS[row]));
    expect(numbers.length).toBeGreaterThan(0);
    const core = await exportedColumns(file, { levels, form: 'core' });
    expect(core.columns.observation_id).toEqual(columns.observation_id);
    expect(core.columns.level_significance).toEqual(columns.level_significance);
    expect(Object.keys(core.columns).slice(-3)).toEqual([
      'z_coordinate_method',
      'level_significance',
      'vertical_direction',
    ]);
  });

  it('are of one variable where that is asked for as well', async () => {
    const file = await markedStation(space, 'marked.nc');
    const { columns } = await exportedColumns(file, { levels: ['standard'], variables: ['air_temperature'] });
    expect(columns.observation_value?.map((value) => Number(Number(value).toFixed(2)))).toEqual([
      271.05, 273.85, 273.05,
    ]);
  });

  it('are levels in the wide form, whole', async () => {
    const file = await markedStation(space, 'marked.nc');
    const { columns } = await exportedColumns(file, { levels: ['mandatory'], form: 'wide' });
    expect(columns.pressure).toEqual([85_000, 50_000, 92_500, 85_000]);
    expect(columns.level_significance).toEqual([65_536, 65_536, 65_536, 98_304]);
    expect(columns.significance).toEqual(['standard', 'standard', 'standard', 'standard tropopause']);
    expect(columns.wind_speed).toEqual([null, 15.5, null, null]);
  });

  it('may be none', async () => {
    const notes: ExportNote[] = [];
    const [file] = await exported([await markedStation(space, 'marked.nc')], space.path('none.csv'), {
      levels: ['max-wind'],
      onNote: (note) => notes.push(note),
    });
    expect(file?.rows).toBe(0);
    expect(notes).toEqual([
      { text: `${space.path('none.csv')} has no rows: none is of these levels`, isLeftOut: false },
    ]);
  });
});

describe('a file that says nothing of its levels', () => {
  it('is an error that says so, and no empty export', async () => {
    const file = await olderStation(space, 'older.nc');
    for (const form of ['long', 'wide', 'core'] as const) {
      const error = await exported([file], space.path('no.csv'), { levels: ['standard'], form }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(UsageError);
      expect(error).toMatchObject({ code: 'NO_SIGNIFICANCE', position: { file } });
      expect((error as UsageError).hint).toMatch(/choose levels by their pressure/);
    }
    expect(existsSync(space.path('no.csv'))).toBe(false);
  });

  it('is left out, with a note, where other files say something', async () => {
    const notes: ExportNote[] = [];
    mkdirSync(space.path('mixed'));
    const [marked, older] = [space.path('mixed', 'a_harvested.nc'), space.path('mixed', 'b_harvested.nc')];
    copyFileSync(await markedStation(space, 'marked.nc'), marked);
    copyFileSync(await olderStation(space, 'older.nc'), older);
    const files = await exported([space.path('mixed')], space.path('apart/'), {
      levels: ['standard'],
      onNote: (note) => notes.push(note),
    });
    expect(files.map(({ rows }) => rows)).toEqual([7]);
    expect(notes).toEqual([
      { text: expect.stringContaining(`${older}: the source says of no level`), isLeftOut: true },
    ]);
    const outcome = await runCli([
      ...['export', space.path('mixed'), '--output', space.path('apart/')],
      ...['--levels', 'surface', '--levels', 'standard', '--json'],
    ]);
    expect(outcome.code).toBe(3);
    expect(JSON.parse(outcome.stdout).files.map(({ rows }: { rows: number }) => rows)).toEqual([10]);
    expect(outcome.stderr).toMatch(/^skipped: .*b_harvested\.nc: the source says of no level/);
  });

  it.each([
    ['a word that is none', { levels: ['sfc'] }, 'UNKNOWN_LEVELS'],
    ['levels of reports', { levels: ['standard'], tables: ['header_table'] }, 'USAGE'],
    ['converted heights in long form', { heights: 'geopotential' as const }, 'USAGE'],
  ])('and %s is a usage error', async (_, more, code) => {
    const file = await markedStation(space, 'marked.nc');
    await expect(exported([file], space.path('no.csv'), more)).rejects.toMatchObject({ code });
  });
});

const rounded = (values: readonly Plain[] | undefined): Plain[] =>
  (values ?? []).map((value) => (value === null ? null : Number(Number(value).toFixed(1))));

describe('heights in the wide form', () => {
  it('are in two columns: geopotential and geometric ones, each with its unit', async () => {
    const file = await markedStation(space, 'marked.nc');
    const { columns, metadata } = await exportedColumns(file, { form: 'wide' });
    expect(columns.height?.slice(0, 5)).toEqual([200, null, null, null, null]);
    expect(columns.geometric_height?.slice(0, 5)).toEqual([null, null, 5570, null, 6000]);
    expect(columns.altitude?.slice(0, 5)).toEqual([null, null, 5570, null, null]);
    const units = new Map(
      (JSON.parse(metadata.get('columns') ?? '[]') as { name: string; units?: string }[]).map((each) => [
        each.name,
        each.units,
      ]),
    );
    expect(units.get('height')).toBe('gpm');
    expect(units.get('geometric_height')).toBe('m');
    expect(units.get('altitude')).toBe('m');
  });

  it('are geopotential ones where that is asked for', async () => {
    const file = await markedStation(space, 'marked.nc');
    const path = space.path('heights.csv');
    await exported([file], path, { form: 'wide', heights: 'geopotential' });
    const columns = readCsv(path);
    expect(rounded(columns.height).slice(0, 5)).toEqual([200, null, 5566.5, null, 5995.9]);
    expect(columns.geometric_height?.slice(0, 5)).toEqual([null, null, 5570, null, 6000]);
  });

  it('are as they were in older files', async () => {
    const { columns } = await exportedColumns(await olderStation(space, 'older.nc'), { form: 'wide' });
    expect(columns.height?.slice(0, 5)).toEqual([200, null, null, null, 6000]);
    expect(columns.level_significance?.slice(0, 2)).toEqual([null, null]);
  });
});
