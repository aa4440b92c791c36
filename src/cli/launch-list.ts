/** The launches of a station as a list. */

import { isoTime, minuteText } from '../calendar.js';
import { firstNotBefore, recordOfReport, reportTimes, rowsOfReport } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { printable } from './messages.js';

/** Launches listed where no period is asked for. */
const LISTED = 20;

interface ListedLaunch {
  time: number;
  nominal: number;
  reportId: string;
  rows: number;
}

interface Period {
  from: number;
  to: number;
}

/** What the station is, and its launches of the period, or the last ones where the period is open at both ends. */
export async function listOfLaunches(station: StationContents, period: Period): Promise<string> {
  const all = await launchesOf(station, period);
  const isOpen = period.from === Number.NEGATIVE_INFINITY && period.to === Number.POSITIVE_INFINITY;
  const shown = isOpen ? all.slice(-LISTED) : all;
  const left = all.length - shown.length;
  const { first, last } = extent(station);
  const head = [
    station.attribute('title'),
    `${station.attribute('primary_station_id')}, ${station.dataset}: ${station.table('header_table').rows} launches${
      first === undefined ? '' : ` from ${minuteText(first)} to ${minuteText(last as number)}`
    }`,
    '',
    `${'time'.padEnd(20)}${'nominal'.padEnd(20)}${'values'.padStart(7)}  report`,
  ];
  const rows = shown.map(
    ({ time, nominal, reportId, rows: values }) =>
      `${minuteText(time).padEnd(20)}${(Number.isNaN(nominal) ? '-' : minuteText(nominal)).padEnd(20)}${String(values).padStart(7)}  ${reportId}`,
  );
  if (all.length === 0) rows.push('(no launches in this period)');
  const more = left > 0 ? ['', `The last ${LISTED}; --from and --to list others, --time shows one.`] : [];
  return [...head, ...rows, ...more].map(printable).join('\n');
}

export async function listAsJson(station: StationContents, period: Period): Promise<string> {
  const launches = await launchesOf(station, period);
  const { first, last } = extent(station);
  return JSON.stringify(
    {
      dataset: station.dataset,
      primary_station_id: station.attribute('primary_station_id'),
      first: first === undefined ? null : isoTime(first),
      last: last === undefined ? null : isoTime(last),
      launches: launches.map(({ time, nominal, reportId, rows }) => ({
        time: isoTime(time),
        nominal_time: Number.isNaN(nominal) ? null : isoTime(nominal),
        report_id: reportId,
        values: rows,
      })),
    },
    null,
    2,
  );
}

function extent({ records }: StationContents): { first: number | undefined; last: number | undefined } {
  return { first: records.time.at(0), last: records.time.at(-1) };
}

async function launchesOf(station: StationContents, { from, to }: Period): Promise<ListedLaunch[]> {
  const table = station.table('header_table');
  // One after the other: the table may lack a column, and that must not leave a reading that nobody waits for.
  const times = await reportTimes(station);
  const nominal = await table.column('nominal_timestamp').numbers();
  const ids = await table.column('report_id').texts();
  const launches: ListedLaunch[] = [];
  for (let report = firstNotBefore(times, from); (times[report] ?? to) < to; report++) {
    const time = times[report]!;
    const reportId = ids[report]!;
    const { record: _, ...ofRecord } = recordOfReport(station, report, time);
    const isShared = time === times[report - 1] || time === times[report + 1];
    const { count } = isShared ? await rowsOfReport(station, ofRecord, reportId) : ofRecord;
    launches.push({ time, nominal: nominal[report]!, reportId, rows: count });
  }
  return launches;
}
