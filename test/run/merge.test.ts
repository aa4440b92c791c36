import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { isSameHarvest, mergeReports } from '../../src/run/reports/join-shards.js';
import type { DownloadsJson, StoredReport } from '../../src/run/reports/json.js';
import { createRandom } from '../support/random.js';
import { cutHarvest, errorOf, reportOf, stationOf } from './stored-report.js';

/** The report of shard `index` of two. */
function half(index: number, more: Partial<StoredReport> = {}): StoredReport {
  const shard = { index, of: 2 };
  return reportOf({ shard, run: `20261121T084312Z-igra2-shard-${index}-of-2`, ...more });
}

describe('mergeReports', () => {
  it.each([
    [1, 30, 1],
    [2, 200, 4],
    [3, 1000, 16],
    [4, 5, 16],
  ])(
    'gives what one run reports (seed %i: %i stations, %i shards), whatever the order',
    (seed, stations, of) => {
      const { whole, shards } = cutHarvest(seed, stations, of);
      const random = createRandom(seed);
      const shuffled = shards
        .map((report) => ({ report, key: random.next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ report }) => report);
      const { run, started, finished, ...merged } = mergeReports(shuffled);
      const { run: _run, started: _started, finished: _finished, ...expected } = whole;
      expect(merged).toEqual(expected);
      expect(run).toBe('20261121T084312Z-igra2-merged');
      expect(started).toBe('2026-11-21T08:43:12.250Z');
      expect(finished).toBe(
        shards
          .map((report) => report.finished)
          .sort()
          .at(-1),
      );
      expect(merged.stations).toHaveLength(stations);
      expect('missing_shards' in merged).toBe(false);
    },
  );

  it('writes the same JSON as one run, to the order of the keys of counts', () => {
    const { whole, shards } = cutHarvest(5, 100, 4);
    const sorted = (counts: Record<string, number>): string[] => Object.keys(counts).sort();
    const { totals } = mergeReports(shards);
    expect(Object.keys(totals.dropped)).toEqual(sorted(whole.totals.dropped));
    expect(Object.keys(totals.noted)).toEqual(sorted(whole.totals.noted));
  });

  it('names the shards that have no report, and does not call such a harvest a success', () => {
    const shards = Array.from({ length: 4 }, (_, i) =>
      reportOf({
        shard: { index: i + 1, of: 4 },
        run: `20261121T084312Z-igra2-shard-${i + 1}-of-4`,
        stations: [stationOf(`0000${i}`)],
      }),
    );
    expect(mergeReports(shards)).toMatchObject({ exit_code: EXIT.ok });
    const { missing_shards, exit_code, stations } = mergeReports(shards.filter((_, i) => i === 1 || i === 2));
    expect(missing_shards).toEqual([1, 4]);
    expect(exit_code).toBe(EXIT.unexpected);
    expect(stations.map(({ station }) => station)).toEqual(['00001', '00002']);
    const full = reportOf({
      shard: { index: 3, of: 4 },
      interrupted: true,
      error: errorOf('ENOSPC', EXIT.storage),
    });
    expect(mergeReports([full]).exit_code).toBe(EXIT.storage);
  });

  it('takes the later of two reports of one shard, by the time that they state', () => {
    const first = half(1, { stations: [stationOf('00001', { state: 'failed' })] });
    const again = half(1, {
      started: '2026-11-21T10:00:00.000+01:00',
      stations: [stationOf('00001')],
      totals: { ...first.totals, rows: 3 },
    });
    for (const order of [
      [first, again, half(2)],
      [half(2), again, first],
    ]) {
      const { stations, totals } = mergeReports(order);
      expect(stations.map(({ state }) => state)).toEqual(['done']);
      expect(totals.rows).toBe(3);
    }
  });

  it.each<[string, Partial<StoredReport>, Partial<StoredReport>, number]>([
    ['nothing wrong', {}, {}, EXIT.ok],
    ['a shard without any station', { stations: [stationOf('1')] }, {}, EXIT.ok],
    [
      'every station of one shard failed',
      { stations: [stationOf('1', { state: 'failed', error: errorOf('X', 5) })], exit_code: 5 },
      { stations: [stationOf('2')] },
      EXIT.skippedInput,
    ],
    [
      'every station of all failed',
      { stations: [stationOf('1', { state: 'failed', error: errorOf('X', 5) })], exit_code: 5 },
      { stations: [stationOf('2', { state: 'failed', error: errorOf('Y', 8) })], exit_code: 8 },
      EXIT.corruptInput,
    ],
    ['one was interrupted', { stations: [stationOf('1')] }, { interrupted: true }, EXIT.interrupted],
    [
      'one was stopped by a full disk',
      {},
      { interrupted: true, error: errorOf('ENOSPC', EXIT.storage) },
      EXIT.storage,
    ],
  ])('has the exit code of one run: %s', (_, one, other, code) => {
    const merged = mergeReports([half(1, one), half(2, other)]);
    expect(merged.exit_code).toBe(code);
    expect(merged.interrupted).toBe(one.interrupted === true || other.interrupted === true);
    expect(merged.error).toEqual(other.error);
  });

  it('has each warning and refused input once', () => {
    const refused = [{ path: '/in/x', error: errorOf('UNKNOWN_FORMAT', 5) }];
    const merged = mergeReports([
      half(2, { warnings: ['b', 'a'], refused }),
      half(1, { warnings: ['a', 'c'], refused }),
    ]);
    expect(merged.warnings).toEqual(['a', 'c', 'b']);
    expect(merged.refused).toEqual(refused);
  });

  it('joins what was fetched; every shard saw the whole listing', () => {
    const part = (fetched: number, missing: string, withdrawn: string[]): DownloadsJson => ({
      listed: 2931,
      fetched,
      unchanged: 10 * fetched,
      bytes: 1000 * fetched,
      missing: [{ name: missing, error: errorOf('HTTP', EXIT.network) }],
      withdrawn,
    });
    const one = half(1, { downloads: part(3, 'z.zip', ['w.zip', 'b.zip']) });
    const other = half(2, { downloads: part(4, 'a.zip', ['b.zip', 'c.zip']) });
    const { downloads, exit_code } = mergeReports([one, other]);
    expect(downloads).toMatchObject({ listed: 2931, fetched: 7, unchanged: 70, bytes: 7000 });
    expect(downloads?.missing.map(({ name }) => name)).toEqual(['a.zip', 'z.zip']);
    expect(downloads?.withdrawn).toEqual(['b.zip', 'c.zip', 'w.zip']);
    expect(exit_code).toBe(EXIT.network);
  });
});

describe('reports that do not belong together', () => {
  it.each<[string, Partial<StoredReport>, string]>([
    ['dataset', { dataset: 'ncar' }, 'dataset: "igra2" and "ncar"'],
    ['number of shards', { shard: { index: 2, of: 3 } }, 'number of shards: 2 and 3'],
    ['version', { version: '0.2.0' }, 'version of the program: "0.1.0" and "0.2.0"'],
    [
      'tables',
      { tables: { name: 'bundled', repository: 'x', commit: 'c'.repeat(40), sha256: 'd' } },
      `bundled at ${'c'.repeat(40)}, sha256 d`,
    ],
    ['profile', { profile: 'cuon' }, 'profile: "cdm" and "cuon"'],
    ['dry run', { dry_run: true }, 'dry run: false and true'],
    ['options', { options: { split: 'year' } }, '{"split":"year"}'],
  ])('are refused, and what differs is said: %s', (_, more, message) => {
    const [one, other] = [half(1), half(2, more)];
    expect(isSameHarvest(one, other)).toBe(false);
    expect(() => mergeReports([one, other])).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        code: 'DIFFERENT_HARVESTS',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('are not those whose options are written in another order', () => {
    const other = half(2, {
      options: { station: [], to: null, from: null, split: null, record_time: 'launch' },
    });
    expect(isSameHarvest(half(1), other)).toBe(true);
    expect(mergeReports([half(1), other]).missing_shards).toBeUndefined();
  });

  it('are a whole harvest among shards, and no report at all', () => {
    expect(() => mergeReports([half(1), reportOf()])).toThrow(
      expect.objectContaining({ code: 'NOT_A_SHARD' }),
    );
    expect(() => mergeReports([])).toThrow(expect.objectContaining({ code: 'NO_REPORTS' }));
  });
});
