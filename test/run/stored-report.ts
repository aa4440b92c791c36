/** Made-up reports of runs: of a whole harvest, and of the shards that the same harvest is cut into. */
import { EXIT } from '../../src/errors.js';
import type {
  CountsJson,
  ErrorJson,
  SkipJson,
  StationJson,
  StoredReport,
} from '../../src/run/reports/json.js';
import { isInShard } from '../../src/run/shard.js';
import { createRandom, type Random } from '../support/random.js';

/** A report without stations. */
export function reportOf(more: Partial<StoredReport> = {}): StoredReport {
  return {
    format: 1,
    planned: more.stations?.length ?? 0,
    run: '20261121T084312Z-igra2',
    version: '0.1.0',
    started: '2026-11-21T08:43:12.250Z',
    finished: '2026-11-21T08:50:00.000Z',
    exit_code: 0,
    interrupted: false,
    shard: null,
    dataset: 'igra2',
    profile: 'cdm',
    options: { record_time: 'launch', split: null, from: null, to: null, station: [] },
    tables: {
      name: 'bundled',
      repository: 'https://example.org/tables',
      commit: 'a'.repeat(40),
      sha256: 'b',
    },
    dry_run: false,
    downloads: null,
    station_list: { stations: 0, noted: {} },
    stations: [],
    unassigned: { noted: {}, skipped: [] },
    refused: [],
    warnings: [],
    totals: { reports: 0, levels: 0, fields: 0, rows: 0, dropped: {}, noted: {}, skipped: 0 },
    ...more,
  };
}

/** A station that was harvested. */
export function stationOf(station: string, more: Partial<StationJson> = {}): StationJson {
  return {
    station,
    primary_station_id: `0-20000-0-${station}`,
    state: 'done',
    files: [`/data/output/igra2/${station}.nc`],
    reports: 1,
    bytes: 1000,
    input_bytes: 500,
    first: '1990-01-01T00:00:00Z',
    last: '2020-01-01T00:00:00Z',
    counts: { reports: 1, levels: 2, fields: 3, rows: 3, dropped: {}, noted: {} },
    skipped: [],
    ...more,
  };
}

interface CutHarvest {
  /** What one run reports. */
  whole: StoredReport;
  /** What the runs of the shards report, shard 1 first. */
  shards: StoredReport[];
}

/** The same harvest as one run and as the runs of shards, with skipped, failed, empty and unchanged stations. */
export function cutHarvest(seed: number, stations: number, of: number): CutHarvest {
  const random = createRandom(seed);
  const all = Array.from({ length: stations }, (_, i) => madeStation(random, String(10_000 + i * 7)));
  const nowhere = {
    station_list: { stations, noted: { 'igra2.station-list.bad-line': random.integer(1, 9) } },
    unassigned: {
      noted: { 'bufr.other-message': random.integer(1, 9), 'a.note': 2 },
      skipped: [skipOf('whole.bufr', 17)],
    },
    refused: [{ path: '/data/in/notes.txt', error: errorOf('UNKNOWN_FORMAT', EXIT.corruptInput) }],
  };
  const warnings = ['the tables of the repository cannot be had: those of the package are used'];
  const whole = finished({ ...nowhere, warnings, stations: all });
  const shards = Array.from({ length: of }, (_, i) => {
    const shard = { index: i + 1, of };
    return finished({
      ...(i === 0 && nowhere),
      warnings,
      shard,
      run: `20261121T0843${String(12 + (i % 40)).padStart(2, '0')}Z-igra2-shard-${i + 1}-of-${of}`,
      started: `2026-11-21T08:43:${String(12 + (i % 40)).padStart(2, '0')}.250Z`,
      finished: `2026-11-21T09:${String((i * 7) % 60).padStart(2, '0')}:00.000Z`,
      stations: all.filter(({ primary_station_id }) => isInShard(shard, primary_station_id)),
    });
  });
  return { whole, shards };
}

function madeStation(random: Random, id: string): StationJson {
  const fields = random.integer(0, 1000);
  const missing = random.integer(0, fields);
  const counts: CountsJson = {
    reports: random.integer(1, 50),
    levels: random.integer(1, 500),
    fields,
    rows: fields - missing,
    dropped: { [`igra2.${random.pick(['wind', 'temperature', 'height'])}.missing`]: missing },
    noted: { [`report.${random.pick(['shares-time', 'without-hour'])}`]: random.integer(1, 5) },
  };
  const state = random.pick(['done', 'done', 'done', 'unchanged', 'empty', 'failed'] as const);
  return stationOf(id, {
    state,
    counts,
    reports: counts.reports,
    skipped: random.chance(0.2) ? [skipOf(`${id}.txt`, random.integer(0, 9999))] : [],
    ...(state === 'failed' && { error: errorOf('TRUNCATED', EXIT.corruptInput) }),
  });
}

/** Totals and exit code, counted here once more. */
function finished(parts: Partial<StoredReport>): StoredReport {
  const report = reportOf(parts);
  const totals: StoredReport['totals'] = {
    ...{ reports: 0, levels: 0, fields: 0, rows: 0, dropped: {}, noted: {} },
    skipped: report.unassigned.skipped.length,
  };
  const add = (into: Record<string, number>, from: Record<string, number>): void => {
    for (const name of Object.keys(from)) into[name] = (into[name] ?? 0) + (from[name] ?? 0);
  };
  add(totals.noted, report.unassigned.noted);
  for (const { counts, skipped } of report.stations) {
    totals.reports += counts.reports;
    totals.levels += counts.levels;
    totals.fields += counts.fields;
    totals.rows += counts.rows;
    totals.skipped += skipped.length;
    add(totals.dropped, counts.dropped);
    add(totals.noted, counts.noted);
  }
  const wrong =
    totals.skipped +
    report.refused.length +
    report.stations.filter(({ error }) => error !== undefined).length;
  return { ...report, totals, exit_code: wrong > 0 ? EXIT.skippedInput : EXIT.ok };
}

/** An error in a report. */
export function errorOf(code: string, exitCode: number): ErrorJson {
  return { code, message: `it is ${code}`, hint: 'Look at it.', exit_code: exitCode };
}

function skipOf(file: string, byteOffset: number): SkipJson {
  return { file, byteOffset, reason: 'igra2.report.truncated', detail: 'the report ends early' };
}
