/** Overviews that no harvest has made: large ones, and such as want to break the page. */

import { daysSince1900, SECONDS_PER_DAY } from '../../src/calendar.js';
import { noCounts } from '../../src/page/counts.js';
import type { DatasetOverview, FolderOverview, StationOverview } from '../../src/page/overview.js';
import type { StationFile } from '../../src/page/station-file.js';
import { createRandom } from '../support/random.js';

/** What breaks out of text, attributes, comments, styles and scripts where it is not escaped. */
export const HOSTILE = `</script></style></svg>--><img src=http://127.0.0.1:9/x onerror=alert(1)>"'\`&#x202e;\u202e\0`;

/** A folder of `count` stations of one dataset, a hundred years long; every text of it is `text` where that is given. */
export function madeUpOverview(count: number, text?: string): FolderOverview {
  const random = createRandom(7);
  const stations = Array.from({ length: count }, (_, i): StationOverview => {
    const from = 1905 + (i % 80);
    const to = Math.min(2025, from + random.integer(0, 90));
    const launchesByYear = new Map<number, number>();
    for (let year = from; year <= to; year++) launchesByYear.set(year, random.integer(1, 1460));
    const launches = [...launchesByYear.values()].reduce((sum, n) => sum + n, 0);
    const id = text === undefined ? `0-20000-0-${10_000 + i}` : `${text} ${i}`;
    return {
      id,
      name: text ?? `STATION NUMBER ${i}`,
      dataset: text ?? 'igra2',
      latitude: Math.round(random.between(-89, 89) * 1e4) / 1e4,
      longitude: Math.round(random.between(-180, 180) * 1e4) / 1e4,
      first: daysSince1900(from, 1, 1) * SECONDS_PER_DAY,
      last: daysSince1900(to, 12, 31) * SECONDS_PER_DAY,
      launches,
      launchesByYear,
      rows: launches * 200,
      bytes: launches * 3000,
      files: [text ?? `igra2/${id}_igra2_harvested.nc`],
    };
  });
  const files = stations.map((station) => fileOf(station, text));
  const sum = (of: (station: StationOverview) => number): number =>
    stations.reduce((total, station) => total + of(station), 0);
  const rows = sum((station) => station.rows);
  const reason = text ?? 'igra2.air_temperature.qa-removed';
  const dataset: DatasetOverview = {
    id: text ?? 'igra2',
    source: text ?? 'Archive',
    institution: text ?? 'Provider',
    licence: text ?? 'Licence',
    references: text ?? 'Citation; https://example.org/a; https://example.org/b',
    productVersion: text ?? '2',
    stations: count,
    files: count,
    launches: sum(({ launches }) => launches),
    rows,
    bytes: sum(({ bytes }) => bytes),
    first: Math.min(...stations.map(({ first }) => first)),
    last: Math.max(...stations.map(({ last }) => last)),
    counts: {
      ...noCounts(),
      fields: rows + 12_345,
      rows,
      dropped: new Map([[reason, 12_345]]),
      noted: new Map([[reason, 3]]),
    },
    countsFrom: 'files',
    filesWithoutCounts: 0,
  };
  const edition = { name: 'glamod', repository: 'https://example.org/cdm', commit: 'abc', sha256: 'def' };
  return {
    folder: text ?? '/data/output',
    run: text ?? null,
    made: text ?? '2026-11-21T12:00:00Z',
    stations,
    files,
    datasets: [dataset],
    feedback:
      text === undefined
        ? []
        : [{ group: text, dataset: text, of: text, run: text, departures: [text], files: 1 }],
    editions: [{ ...(text === undefined ? edition : allOf(edition, text)), files: count }],
    programs: [{ version: text ?? '1', profile: text ?? 'cdm', recordTime: text ?? 'launch', files: count }],
    runs: text === undefined ? [] : [runOf(text)],
    troubles:
      text === undefined
        ? []
        : [{ kind: 'station failed', dataset: text, subject: text, message: text, hint: text }],
    skipped:
      text === undefined
        ? []
        : [
            {
              ...{ dataset: text, reason: text, count: 1 },
              examples: [{ file: text, byteOffset: 5, reason: text, detail: text }],
            },
          ],
  };
}

function fileOf(station: StationOverview, text: string | undefined): StationFile {
  const { id, name, dataset, latitude, longitude, first, last, rows, bytes, files } = station;
  return {
    ...{ path: files[0] ?? '', bytes, dataset, station: id, name, latitude, longitude, first, last, rows },
    launchesByYear: new Map(station.launchesByYear),
    launchesWithoutTime: 0,
    counts: null,
    ...{ source: text ?? '', institution: text ?? '', licence: text ?? '', references: text ?? '' },
    ...{
      productVersion: text ?? '',
      version: text ?? '',
      profile: 'cdm',
      recordTime: text ?? '',
      created: '',
    },
    feedback: [],
    edition: { name: text ?? '', repository: text ?? '', commit: text ?? '', sha256: text ?? '' },
  };
}

function allOf<T extends Record<string, string>>(texts: T, text: string): Record<keyof T, string> {
  const changed = { ...texts };
  for (const key of Object.keys(texts) as (keyof T)[]) Object.assign(changed, { [key]: text });
  return changed;
}

function runOf(text: string): FolderOverview['runs'][number] {
  return {
    ...{ run: text, dataset: text, version: text, started: text, finished: text, tables: text },
    ...{ exitCode: 3, dryRun: false, planned: 5, done: 2, unchanged: 1, empty: 1, failed: 1 },
    fetched: { files: 2, bytes: 1000 },
  };
}
