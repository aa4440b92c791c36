/** Two weeks that nobody watches: an archive that grows, goes away, sends rubbish; tables that change; and the same files in the end. */
import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { exitCodeOf } from '../../src/errors.js';
import { exitCodeOfRun, type RunReport } from '../../src/run/reports/report.js';
import { listReports, readReport } from '../../src/run/reports/stored.js';
import { runSchedule, type ScheduleClock, type ScheduleSummary } from '../../src/run/schedule.js';
import { hashTree, ROOT } from '../cli/built.js';
import type { ArchiveServer } from '../support/archive-server.js';
import {
  archiveStation,
  archiveStations,
  damagedZip,
  outputName,
  STATION_LIST,
  stationId,
  stationList,
  stationZip,
  zipPath,
} from '../support/igra2-archive.js';
import { harvestFrom, newWorkdir, serve, stampsOf, touchedBetween } from './archived.js';

// The waits before further attempts are half a minute for each night without a network.
vi.mock('p-retry', async (original) => {
  const { default: retry } = await original<typeof import('p-retry')>();
  const quick: typeof retry = (input, options) => retry(input, { ...options, minTimeout: 1, maxTimeout: 5 });
  return { default: quick };
});

const STATIONS = 6;
const KEPT = 5;
const FIRST_NIGHT = Date.UTC(2027, 2, 1, 3, 17);
const DAY = 86_400_000;
const ALL = Array.from({ length: STATIONS }, (_, i) => i + 1);

/** What was seen of one night. */
interface Night {
  at: string;
  code: number;
  /** Numbers of the stations whose file was written. */
  written: number[];
  /** How many other files were. */
  others: number;
  report: RunReport | undefined;
}

/** A clock that nobody waits for: sleeping sets it forward. */
function fakeClock(start: number): ScheduleClock {
  let now = start;
  return {
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** Two stations get two more soundings. */
function grow(server: ArchiveServer, sizes: Map<number, number>, day: number): number[] {
  const grown = [((day * 2) % STATIONS) + 1, ((day * 2 + 1) % STATIONS) + 1];
  for (const n of grown) {
    const soundings = (sizes.get(n) ?? 4) + 2;
    sizes.set(n, soundings);
    server.files.set(zipPath(stationId(n)), stationZip(archiveStation(n, soundings)));
  }
  return grown.sort();
}

describe('fourteen nights', async () => {
  const server = await serve(archiveStations(STATIONS));
  const workdir = newWorkdir();
  const output = join(workdir, 'output');
  const tables = join(newWorkdir(), 'edition');
  const variables = join(tables, 'tables/observed_variable.csv');
  const nights: Night[] = [];
  const messages: string[] = [];
  const grown: number[][] = [];
  let summary: ScheduleSummary;

  beforeAll(async () => {
    cpSync(join(ROOT, 'cdm-tables/bundled'), tables, { recursive: true });
    const sound = readFileSync(variables, 'utf8');
    const sizes = new Map<number, number>();
    /** What happens to the world on the days before the nights 1 to 14. */
    const happenings = new Map<number, () => void | Promise<void>>([
      [4, () => server.down()],
      [6, () => server.up()],
      [7, () => writeFileSync(variables, sound.replace(/^126,.*\n/m, ''))],
      [
        9,
        () => {
          writeFileSync(variables, sound);
          appendFileSync(join(tables, 'tables/duration.csv'), '99,a code that nothing uses,1\n');
        },
      ],
      [
        10,
        () => void server.files.set(zipPath(stationId(3)), damagedZip(archiveStation(3, sizes.get(3) ?? 4))),
      ],
      [
        12,
        () => void server.files.set(zipPath(stationId(3)), stationZip(archiveStation(3, sizes.get(3) ?? 4))),
      ],
      [
        13,
        () => {
          const moved = archiveStations(STATIONS).map((station, i) =>
            i === 4 ? { ...station, entry: { ...station.entry, elevation: 321 } } : station,
          );
          server.files.set(STATION_LIST, stationList(moved));
        },
      ],
    ]);
    const end = new AbortController();
    const run = async (at: Date): Promise<number> => {
      const day = nights.length + 1;
      // On the days with a damaged file and at the end nothing grows, so that one thing shows at a time.
      grown[day] = day > 1 && day < 10 ? grow(server, sizes, day) : [];
      await happenings.get(day)?.();
      const before = stampsOf(output);
      let report: RunReport | undefined;
      const code = await harvestFrom(server, workdir, { tables, keepReports: KEPT, workers: 1 }).then(
        (made) => {
          report = made;
          return exitCodeOfRun(made);
        },
        exitCodeOf,
      );
      const touched = touchedBetween(before, stampsOf(output));
      const written = ALL.filter((n) => touched.includes(join('igra2', outputName(stationId(n)))));
      nights.push({ at: at.toISOString(), code, written, others: touched.length - written.length, report });
      return code;
    };
    summary = await runSchedule({
      expression: '17 3 * * *',
      run: async (at) =>
        await run(at).finally(() => {
          if (nights.length >= 14 || at.getTime() >= FIRST_NIGHT + 20 * DAY) end.abort();
        }),
      clock: fakeClock(FIRST_NIGHT - 10 * 3_600_000),
      onMessage: (message) => messages.push(message),
      signal: end.signal,
    });
  });

  const codes = (from: number, to: number): number[] => nights.slice(from - 1, to).map(({ code }) => code);
  const written = (day: number): number[] => nights[day - 1]?.written ?? [];

  it('are harvested at their times, each once; those that went wrong are told and counted', () => {
    expect(nights.map(({ at }) => at)).toEqual(
      nights.map((_, i) => new Date(FIRST_NIGHT + i * DAY).toISOString()),
    );
    expect(nights.map(({ others }) => others)).toEqual(nights.map(() => 0));
    expect(summary).toEqual({ runs: 14, failed: 6, skipped: 0 });
    expect(messages.filter((line) => line.includes('exit code'))).toHaveLength(6);
    expect(messages).toContain(
      'the harvest of 2027-03-07T03:17:00Z ended with exit code 8; the schedule goes on',
    );
  });

  it('1 to 3: everything, then what has grown', () => {
    expect(codes(1, 3)).toEqual([0, 0, 0]);
    expect(written(1)).toEqual(ALL);
    expect(written(2)).toEqual(grown[2]);
    expect(written(3)).toEqual(grown[3]);
  });

  it('4 and 5, without a network: exit code 4, nothing written; 6: all that was missed', () => {
    expect(codes(4, 6)).toEqual([4, 4, 0]);
    expect(written(4)).toEqual([]);
    expect(nights[4]?.report?.stations.every(({ state }) => state === 'unchanged')).toBe(true);
    expect(written(6)).toEqual([...new Set([4, 5, 6].flatMap((day) => grown[day] ?? []))].sort());
  });

  it('7 and 8, with tables that lost what is written: exit code 8, nothing touched', () => {
    expect(codes(7, 8)).toEqual([8, 8]);
    expect([written(7), written(8)]).toEqual([[], []]);
  });

  it('9, with tables that changed harmlessly: all again', () => {
    expect(codes(9, 9)).toEqual([0]);
    expect(written(9)).toEqual(ALL);
  });

  it('10 and 11, with a damaged file: exit code 4, the old one is kept and used; 12: nothing is left of it', () => {
    expect(codes(10, 12)).toEqual([4, 4, 0]);
    expect([written(10), written(11)]).toEqual([[], []]);
    expect(nights[9]?.report?.stations.map(({ state }) => state)).toEqual(ALL.map(() => 'unchanged'));
    expect(nights[11]?.report?.stations.map(({ state }) => state)).toEqual(ALL.map(() => 'unchanged'));
  });

  it('13 and 14: the station that has moved, then nothing', () => {
    expect(codes(13, 14)).toEqual([0, 0]);
    expect([written(13), written(14)]).toEqual([[5], []]);
  });

  it('leave the reports of the last nights, and what a harvest of the final archive from nothing makes', async () => {
    const reports = await listReports(join(output, 'reports'));
    expect(reports).toHaveLength(KEPT);
    expect(readdirSync(join(output, 'reports'))).toHaveLength(KEPT);
    const newest = await Promise.all(reports.map(({ path }) => readReport(path)));
    expect(newest.map(({ exit_code }) => exit_code)).toEqual([0, 0, 0, 4, 4]);
    const scratch = newWorkdir();
    expect(exitCodeOfRun(await harvestFrom(server, scratch, { tables }))).toBe(0);
    expect(hashTree(output)).toEqual(hashTree(join(scratch, 'output')));
  });
});
