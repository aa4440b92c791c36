import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredReport } from '../../src/run/reports/json.js';
import {
  keepNewest,
  latestReports,
  listReports,
  readReport,
  runId,
  saveReport,
} from '../../src/run/reports/stored.js';
import { temporaryFolder } from './station-file.js';
import { cutHarvest, reportOf, stationOf } from './stored-report.js';

const folder = temporaryFolder();
let folders = 0;
const newFolder = (): string => join(folder, `reports-${++folders}`);

/** Empty files under the names of reports. */
function named(names: readonly string[]): string {
  const reports = newFolder();
  mkdirSync(reports);
  for (const name of names) writeFileSync(join(reports, name), '{}');
  return reports;
}

describe('runId', () => {
  const started = new Date('2026-11-21T08:43:12.999Z');

  it('names start, dataset and shard', () => {
    expect(runId({ started, dataset: 'igra2', shard: null })).toBe('20261121T084312Z-igra2');
    const shard = { index: 2, of: 4 };
    expect(runId({ started, dataset: 'era5_1', shard })).toBe('20261121T084312Z-era5_1-shard-2-of-4');
  });
});

describe('saveReport', () => {
  it('writes the report under its run id into a folder that it makes, and nothing else', async () => {
    const reports = join(newFolder(), 'deep');
    const report = reportOf({ stations: [stationOf('10393')] });
    const path = await saveReport(reports, report);
    expect(path).toBe(join(reports, '20261121T084312Z-igra2.json'));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(report);
    expect(await readReport(path)).toEqual(report);
    expect(readdirSync(reports)).toEqual(['20261121T084312Z-igra2.json']);
  });

  it('overwrites no other run of the same second, also of runs that end at once', async () => {
    const reports = newFolder();
    const runs = Array.from({ length: 8 }, (_, i) => reportOf({ warnings: [`run ${i}`] }));
    const paths = await Promise.all(runs.map((report) => saveReport(reports, report)));
    expect(new Set(paths).size).toBe(8);
    const stored = await Promise.all(paths.map(readReport));
    expect(stored.map(({ warnings }) => warnings)).toEqual(runs.map(({ warnings }) => warnings));
    expect(stored.map(({ run }) => join(reports, `${run}.json`))).toEqual(paths);
    expect((await listReports(reports)).map(({ dataset }) => dataset)).toEqual(new Array(8).fill('igra2'));
    expect(readdirSync(reports).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('numbers a run id that has a random part in a way that is found again', async () => {
    const reports = newFolder();
    const report = reportOf({ run: '20261121T084312Z-igra2-shard-2-of-4-3f9a', shard: { index: 2, of: 4 } });
    await saveReport(reports, report);
    await saveReport(reports, report);
    expect(await listReports(reports)).toMatchObject([
      { run: '20261121T084312Z-igra2-shard-2-of-4-3f9a-2', shard: { index: 2, of: 4 } },
      { run: '20261121T084312Z-igra2-shard-2-of-4-3f9a', shard: { index: 2, of: 4 } },
    ]);
  });

  it('does not write through a link that has the name of the report', async () => {
    const reports = named([]);
    symlinkSync(join(folder, 'elsewhere'), join(reports, '20261121T084312Z-igra2.json'));
    expect(await saveReport(reports, reportOf())).toBe(join(reports, '20261121T084312Z-igra2-2.json'));
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });

  it.each(['../x', '20261121T084312Z-igra2/../../x', '20261121T084312Z-igra2\0', '', 'x'])(
    'refuses the run id %j',
    async (run) => {
      const reports = newFolder();
      await expect(saveReport(reports, reportOf({ run }))).rejects.toMatchObject({ code: 'INVALID_RUN_ID' });
      expect(existsSync(reports)).toBe(false);
    },
  );

  it('is a StorageError that names the place where it cannot write', async () => {
    const file = join(named(['file']), 'file');
    await expect(saveReport(join(file, 'reports'), reportOf())).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('reports'),
    });
  });
});

describe('listReports', () => {
  it('is newest first, and takes nothing but regular files with the name of a run', async () => {
    const reports = named([
      '20261121T084312Z-igra2.json',
      '20261121T084312Z-igra2-2.json',
      '20261121T084312Z-igra2-10.json',
      '20251231T235959Z-era5_1-shard-10-of-16.json',
      '20270101T000000Z-ncar-merged.json',
      '.20261121T084312Z-igra2.json.tmp',
      '20261121T084312Z-igra2.json.bak',
      '20261121T084312Z-igra2.txt',
      '20261341T084312Z-igra2.json',
      '20261121T084312Z.json',
      '20261121T084312Z-igra2-shard-2.json',
      'notes.json',
    ]);
    mkdirSync(join(reports, '20261122T000000Z-igra2.json'));
    symlinkSync(join(reports, 'notes.json'), join(reports, '20261123T000000Z-igra2.json'));
    const listed = await listReports(reports);
    expect(listed.map(({ run }) => run)).toEqual([
      '20270101T000000Z-ncar-merged',
      '20261121T084312Z-igra2-10',
      '20261121T084312Z-igra2-2',
      '20261121T084312Z-igra2',
      '20251231T235959Z-era5_1-shard-10-of-16',
    ]);
    expect(listed[0]).toMatchObject({ dataset: 'ncar', shard: null, merged: true });
    expect(listed[4]).toEqual({
      path: join(reports, '20251231T235959Z-era5_1-shard-10-of-16.json'),
      run: '20251231T235959Z-era5_1-shard-10-of-16',
      dataset: 'era5_1',
      started: new Date('2025-12-31T23:59:59Z'),
      shard: { index: 10, of: 16 },
      merged: false,
    });
  });

  it('is empty where there is no folder', async () => {
    expect(await listReports(join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('keepNewest', () => {
  it('deletes the old runs of the dataset and leaves everything else alone', async () => {
    const days = ['01', '02', '03', '04', '05'];
    const others = ['20200101T000000Z-ncar.json', 'notes.json', '20200101T000000Z-igra2.json.bak'];
    const reports = named([...days.map((day) => `202611${day}T031700Z-igra2.json`), ...others]);
    symlinkSync(join(reports, 'notes.json'), join(reports, '20200101T000000Z-igra2.json'));
    mkdirSync(join(reports, '20200102T000000Z-igra2.json'));
    expect(await keepNewest(reports, 'igra2', 2)).toEqual(
      ['03', '02', '01'].map((day) => join(reports, `202611${day}T031700Z-igra2.json`)),
    );
    expect(readdirSync(reports).sort()).toEqual(
      [
        ...others,
        '20200101T000000Z-igra2.json',
        '20200102T000000Z-igra2.json',
        '20261104T031700Z-igra2.json',
        '20261105T031700Z-igra2.json',
      ].sort(),
    );
    expect(await keepNewest(reports, 'igra2', 2)).toEqual([]);
  });

  it('counts the shards of one harvest as one run, also one that was run again, and old numbers of shards', async () => {
    const shard = (time: string, index: number, of: number): string =>
      `${time}Z-igra2-shard-${index}-of-${of}.json`;
    const older = [1, 2, 3].map((index) => shard(`20261103T03170${index}`, index, 3));
    const old = [1, 2, 3, 4].map((index) => shard(`20261110T03170${index}`, index, 4));
    const recent = [1, 2, 4].map((index) => shard(`20261117T03170${index}`, index, 4));
    const again = shard('20261117T120000', 2, 4);
    const names = ['20261120T000000Z-igra2.json', ...recent, again, ...old, ...older];
    const kept = async (count: number): Promise<string[]> => {
      const reports = named(names);
      await keepNewest(reports, 'igra2', count);
      return readdirSync(reports).sort();
    };
    expect(await kept(1)).toEqual(['20261120T000000Z-igra2.json']);
    // The newest of every shard: of shard 3, that is the one of a week before.
    expect(await kept(2)).toEqual(
      ['20261120T000000Z-igra2.json', recent[0], again, recent[2], old[2]].sort(),
    );
    expect(await kept(4)).toEqual(names.filter((name) => !older.includes(name)).sort());
    expect(await kept(5)).toEqual([...names].sort());
  });

  it('counts merged reports for themselves', async () => {
    const reports = named([
      '20261101T000000Z-igra2-merged.json',
      '20261102T000000Z-igra2-merged.json',
      '20261101T000000Z-igra2-shard-1-of-1.json',
      '20261102T000000Z-igra2-shard-1-of-1.json',
    ]);
    await keepNewest(reports, 'igra2', 1);
    expect(readdirSync(reports).sort()).toEqual([
      '20261102T000000Z-igra2-merged.json',
      '20261102T000000Z-igra2-shard-1-of-1.json',
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN])('keeps at least one: %d is refused', async (count) => {
    await expect(keepNewest(folder, 'igra2', count)).rejects.toMatchObject({ code: 'INVALID_COUNT' });
  });
});

describe('readReport', () => {
  const valid = (): StoredReport => reportOf({ stations: [stationOf('10393')] });
  const cases: [string, string][] = [
    ['an empty file', ''],
    ['no JSON', 'not {'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['another format', JSON.stringify({ ...valid(), format: 2 })],
    ['a run id that is a path', JSON.stringify({ ...valid(), run: '../../x' })],
    ['a time that is none', JSON.stringify({ ...valid(), started: 'yesterday' })],
    ['stations that are none', JSON.stringify({ ...valid(), stations: [1] })],
    ['a state that is none', JSON.stringify({ ...valid(), stations: [{ ...stationOf('1'), state: 'x' }] })],
    [
      'a count that is text',
      JSON.stringify({ ...valid(), totals: { ...valid().totals, dropped: { a: '1' } } }),
    ],
    ['a shard that is text', JSON.stringify({ ...valid(), shard: '1/2' })],
    ...(Object.keys(valid()) as (keyof StoredReport)[])
      .filter((name) => name !== 'format')
      .map((name): [string, string] => {
        const { [name]: _, ...rest } = valid();
        return [`a report without ${name}`, JSON.stringify(rest)];
      }),
  ];

  it.each(cases)('refuses %s', async (_, text) => {
    const path = join(named([]), 'report.json');
    writeFileSync(path, text);
    await expect(readReport(path)).rejects.toMatchObject({
      name: 'InputError',
      code: 'NOT_A_REPORT',
      position: { file: path },
    });
  });

  it('refuses a file that is too large for a report without reading it', async () => {
    const path = join(named(['large.json']), 'large.json');
    truncateSync(path, 300 * 1024 * 1024);
    await expect(readReport(path)).rejects.toMatchObject({
      code: 'NOT_A_REPORT',
      message: expect.stringContaining('314572800 bytes'),
    });
  });

  it('is a StorageError where there is no file, or a folder', async () => {
    await expect(readReport(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(readReport(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});

describe('latestReports', () => {
  it('is the newest of every dataset', async () => {
    const reports = newFolder();
    for (const [day, dataset] of [
      ['01', 'igra2'],
      ['03', 'igra2'],
      ['02', 'igra2'],
      ['02', 'ncar'],
    ] as const)
      await saveReport(reports, reportOf({ run: `202611${day}T000000Z-${dataset}`, dataset }));
    const latest = await latestReports(reports);
    expect([...latest].map(([dataset, { run }]) => [dataset, run]).sort()).toEqual([
      ['igra2', '20261103T000000Z-igra2'],
      ['ncar', '20261102T000000Z-ncar'],
    ]);
    expect(await latestReports(join(folder, 'nowhere'))).toEqual(new Map());
  });

  it('joins the shards of the newest harvest, and leaves those of another one out', async () => {
    const reports = newFolder();
    const { whole, shards } = cutHarvest(9, 60, 4);
    await saveReport(reports, reportOf({ run: '20261001T000000Z-igra2' }));
    for (const report of shards) await saveReport(reports, report);
    const latest = (await latestReports(reports)).get('igra2');
    expect(latest?.stations).toEqual(whole.stations);
    expect(latest?.totals).toEqual(whole.totals);

    const newer = {
      ...shards[0],
      run: '20261122T000000Z-igra2-shard-1-of-4',
      profile: 'cuon',
    } as StoredReport;
    await saveReport(reports, newer);
    const next = (await latestReports(reports)).get('igra2');
    expect(next).toMatchObject({ profile: 'cuon', missing_shards: [2, 3, 4] });
  });

  it('leaves out a damaged report, which must not hide the others', async () => {
    const reports = named(['20261122T000000Z-igra2.json']);
    expect(await latestReports(reports)).toEqual(new Map());
    await saveReport(reports, reportOf());
    expect([...(await latestReports(reports)).values()]).toEqual([reportOf()]);
  });
});

describe('a folder that cannot be read', () => {
  it.skipIf(process.getuid?.() === 0)('is a StorageError', async () => {
    const reports = named([]);
    chmodSync(reports, 0);
    await expect(listReports(reports)).rejects.toMatchObject({ code: 'EACCES' });
    chmodSync(reports, 0o700);
  });

  it('because it is a file is a StorageError', async () => {
    await expect(listReports(join(named(['x']), 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
