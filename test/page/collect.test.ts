/** Looking at a folder: what stands in the overview is what the harvest did, and what was damaged since. */
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../src/calendar.js';
import { collectFolder, collectRun } from '../../src/page/collect.js';
import { sumOf } from '../../src/page/counts.js';
import type { FolderOverview } from '../../src/page/overview.js';
import { overviewAsJson } from '../../src/page/overview-json.js';
import { reportAsJson } from '../../src/run/reports/report.js';
import {
  HOSTILE_FILE,
  HOSTILE_NAME,
  harvestFolder,
  type OutputFolder,
  temporaryFolder,
  troubledFolder,
} from './folders.js';

const OPTIONS = { made: '2026-11-21T12:00:00.000Z' };

function look(folder: string): Promise<FolderOverview> {
  return collectFolder(folder, OPTIONS);
}

/** A folder of three stations, made once; tests that change it take a copy. */
let made: Promise<OutputFolder> | undefined;
function plainFolder(): Promise<OutputFolder> {
  made ??= harvestFolder(3);
  return made;
}

/** A copy of the folder of three stations. */
async function copiedFolder(): Promise<string> {
  const copy = join(temporaryFolder(), 'moved');
  cpSync((await plainFolder()).path, copy, { recursive: true });
  return copy;
}

describe('a folder of outputs', () => {
  it('has the counts, periods and positions of the run that made it', async () => {
    const { path, report } = await plainFolder();
    const overview = await look(path);
    const stored = reportAsJson(report);
    const [dataset, ...others] = overview.datasets;
    expect(others).toEqual([]);
    expect(overview).toMatchObject({
      folder: path,
      run: null,
      made: OPTIONS.made,
      troubles: [],
      skipped: [],
    });
    expect(dataset).toMatchObject({
      id: 'igra2',
      stations: 3,
      files: 3,
      launches: stored.stations.reduce((sum, { reports }) => sum + reports, 0),
      rows: stored.totals.rows,
      bytes: stored.stations.reduce((sum, { bytes }) => sum + bytes, 0),
      countsFrom: 'files',
      filesWithoutCounts: 0,
      institution: 'NOAA National Centers for Environmental Information (NCEI)',
    });
    expect(Object.fromEntries(dataset?.counts.dropped ?? [])).toEqual(stored.totals.dropped);
    expect(Object.fromEntries(dataset?.counts.noted ?? [])).toEqual(stored.totals.noted);
    expect(dataset?.counts.fields).toBe(stored.totals.rows + sumOf(dataset?.counts.dropped ?? new Map()));
    expect(
      overview.stations.map(({ id, first, last, launches }) => [id, isoTime(first), isoTime(last), launches]),
    ).toEqual(
      stored.stations.map((station) => [
        station.primary_station_id,
        station.first,
        station.last,
        station.reports,
      ]),
    );
    expect(overview.stations[1]).toMatchObject({
      name: HOSTILE_NAME,
      dataset: 'igra2',
      latitude: 11,
      longitude: 1,
      files: ['igra2/0-20000-0-99002_igra2_harvested.nc'],
    });
    // Two launches a day from 1998-12-31.
    expect([...(overview.stations[0]?.launchesByYear ?? [])]).toEqual([
      [1998, 2],
      [1999, 2],
    ]);
    expect(overview.editions).toMatchObject([{ name: 'bundled', sha256: stored.tables.sha256, files: 3 }]);
    expect(overview.programs).toEqual([
      { version: stored.version, profile: 'cdm', recordTime: 'launch', files: 3 },
    ]);
    expect(overview.runs).toMatchObject([
      { run: stored.run, dataset: 'igra2', exitCode: 0, planned: 3, done: 3, unchanged: 0, failed: 0 },
    ]);
  });

  it('may be the folder of one dataset, or lie behind a link, or hold files that are hidden', async () => {
    const path = join(await copiedFolder(), 'igra2');
    const [name = ''] = readdirSync(path);
    copyFileSync(join(path, name), join(path, `.${name}`));
    copyFileSync(join(path, name), join(path, 'notes.txt'));
    const link = join(temporaryFolder(), 'linked.nc');
    symlinkSync(join(path, name), link);
    expect((await look(path)).files.map((file) => file.path)).toEqual([
      '0-20000-0-99001_igra2_harvested.nc',
      '0-20000-0-99002_igra2_harvested.nc',
      '0-20000-0-99003_igra2_harvested.nc',
    ]);
    expect((await look(join(link, '..'))).files.map((each) => each.path)).toEqual(['linked.nc']);
  });

  it('has one station for the files by year, and their counts from the run', async () => {
    const { path, report } = await harvestFolder(1, { splitByYear: true });
    const overview = await look(path);
    expect(overview.files).toHaveLength(2);
    expect(overview.stations).toHaveLength(1);
    expect(overview.stations[0]).toMatchObject({
      launches: 4,
      rows: reportAsJson(report).totals.rows,
      latitude: 10.5,
    });
    expect(overview.stations[0]?.files).toHaveLength(2);
    const [dataset] = overview.datasets;
    expect(dataset).toMatchObject({ countsFrom: 'run', filesWithoutCounts: 0, stations: 1, files: 2 });
    expect(dataset?.counts.fields).toBe(reportAsJson(report).totals.fields);
    // A run that wrote other rows than these files have says nothing of them.
    const run = join(path, 'reports', readdirSync(join(path, 'reports'))[0] as string);
    const stored = JSON.parse(readFileSync(run, 'utf8'));
    writeFileSync(
      run,
      JSON.stringify({ ...stored, totals: { ...stored.totals, rows: stored.totals.rows - 1 } }),
    );
    expect((await look(path)).datasets[0]).toMatchObject({ countsFrom: 'files', filesWithoutCounts: 2 });
    // Without the report the counts are nowhere, and that is told.
    renameSync(join(path, 'reports'), join(temporaryFolder(), 'reports'));
    expect((await look(path)).datasets[0]).toMatchObject({ countsFrom: 'files', filesWithoutCounts: 2 });
  });

  it('lists what is damaged, gone, failed and skipped, and shows the rest', async () => {
    const folder = await troubledFolder();
    const overview = await look(folder.path);
    expect(overview.files.map(({ path }) => path)).toEqual([
      'igra2/0-20000-0-99001_igra2_harvested.nc',
      'igra2/0-20000-0-99002_igra2_harvested.nc',
      'igra2/0-20000-0-99006_igra2_harvested.nc',
    ]);
    expect(overview.troubles.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['unreadable station file', HOSTILE_FILE],
      ['unreadable station file', 'igra2/0-20000-0-99003_igra2_harvested.nc'],
      ['unreadable station file', 'igra2/empty.nc'],
      ['station file gone', '0-20000-0-99004_igra2_harvested.nc'],
      ...overview.troubles.slice(4, -1).map(({ kind, subject }) => [kind, subject]),
      ['warning', reportAsJson(folder.report).run],
    ]);
    const failures = overview.troubles.filter(
      ({ kind }) => kind === 'station failed' || kind === 'input refused',
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]?.message).toContain('broken.txt.gz');
    expect(overview.skipped).toMatchObject([
      { dataset: 'igra2', reason: 'igra2.report.truncated', count: 1 },
    ]);
    expect(overview.skipped[0]?.examples[0]).toMatchObject({ file: expect.stringMatching(/cut\.txt$/) });
    expect(overview.runs[0]).toMatchObject({ exitCode: 3 });
  });

  it('is as JSON what it is, with names as in the run reports and null for what is unknown', async () => {
    const { path } = await plainFolder();
    const overview = await look(path);
    const [station] = overview.stations;
    if (station === undefined) throw new Error('there is a station');
    const json: unknown = JSON.parse(
      JSON.stringify(overviewAsJson({ ...overview, stations: [{ ...station, latitude: Number.NaN }] })),
    );
    expect(json).toMatchObject({
      format: 1,
      folder: path,
      datasets: [
        { id: 'igra2', counts: { reports: 12 }, counts_from: 'files', first: isoTime(station.first) },
      ],
      stations: [{ latitude: null, longitude: 0.5, launches_by_year: { 1998: 2, 1999: 2 } }],
      tables: [{ name: 'bundled', files: 3 }],
      runs: [{ dataset: 'igra2', exit_code: 0, dry_run: false }],
      troubles: [],
    });
  });

  it('is refused where neither it nor what is below it holds station files or reports, and where it is not there', async () => {
    const empty = temporaryFolder();
    mkdirSync(join(empty, 'a', 'b'), { recursive: true });
    writeFileSync(join(empty, 'a', 'b', 'deep.txt'), '');
    await expect(look(empty)).rejects.toMatchObject({ code: 'NO_STATION_FILES' });
    await expect(look(join(empty, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('one run', () => {
  it('has the files that it wrote, also where the folder was moved since', async () => {
    const { report: made } = await plainFolder();
    const moved = await copiedFolder();
    copyFileSync(
      join(moved, 'igra2', '0-20000-0-99001_igra2_harvested.nc'),
      join(moved, 'igra2', 'other.nc'),
    );
    const [report = ''] = readdirSync(join(moved, 'reports'));
    const overview = await collectRun(join(moved, 'reports', report), OPTIONS);
    expect(overview).toMatchObject({ folder: moved, run: reportAsJson(made).run, troubles: [] });
    expect(overview.files.map(({ path }) => path)).toEqual([
      'igra2/0-20000-0-99001_igra2_harvested.nc',
      'igra2/0-20000-0-99002_igra2_harvested.nc',
      'igra2/0-20000-0-99003_igra2_harvested.nc',
    ]);
  });

  it('is refused where the file is something else', async () => {
    const path = join(temporaryFolder(), '20261121T120000Z-igra2.json');
    writeFileSync(path, '{"format": 1}');
    await expect(collectRun(path, OPTIONS)).rejects.toMatchObject({ code: 'NOT_A_REPORT' });
    await expect(collectRun(`${path}.gone`, OPTIONS)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
