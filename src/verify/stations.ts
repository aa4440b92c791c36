/** station_configuration and sensor_configuration: what they say of the station follows from its reports. */
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';
import { describeTime, type Reports } from './reports.js';

const TABLE = 'station_configuration';

/** Smallest and largest value, NaN left out; NaN without any. */
export function extentOf(values: Iterable<number> | undefined): [low: number, high: number] {
  let [low, high] = [Number.NaN, Number.NaN];
  for (const value of values ?? []) {
    if (!(value >= low)) low = Number.isNaN(value) ? low : value;
    if (!(value <= high)) high = Number.isNaN(value) ? high : value;
  }
  return [low, high];
}

/** Where the reports are: those with latitude and longitude. */
export function boxOf({
  latitude,
  longitude,
}: Reports): { latitude: [number, number]; longitude: [number, number] } | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  const placed = [...latitude.keys()].filter(
    (row) => !Number.isNaN(latitude[row]) && !Number.isNaN(longitude[row]),
  );
  return {
    latitude: extentOf(placed.map((row) => latitude[row] as number)),
    longitude: extentOf(placed.map((row) => longitude[row] as number)),
  };
}

export async function checkStations(view: FileView, reports: Reports): Promise<void> {
  const ids = await view.texts(TABLE, 'primary_id');
  const numbers = await view.numbers(TABLE, 'record_number');
  checkKeys(view, ids, numbers);
  await checkReferences(view, reports, ids, numbers);
  await checkPeriods(view, reports, numbers);
  await checkBox(view, reports);
}

function checkKeys(
  { findings, attribute }: FileView,
  ids: readonly string[] | undefined,
  numbers: Float64Array | undefined,
): void {
  const seen = new Set<number>();
  for (const [row, number] of (numbers ?? []).entries()) {
    if (seen.has(number))
      findings.add(
        'duplicate',
        { table: TABLE, variable: 'record_number', row },
        () => `${number} stands twice`,
      );
    seen.add(number);
  }
  const station = attribute('primary_station_id');
  for (const [row, id] of (ids ?? []).entries())
    if (id !== station)
      findings.add(
        'station',
        { table: TABLE, variable: 'primary_id', row },
        () => `${quoted(id)}, but the file is of ${quoted(station)}`,
      );
}

/** Each report names a row of this table, by id and number. */
async function checkReferences(
  view: FileView,
  { recordNumber }: Reports,
  ids: readonly string[] | undefined,
  numbers: Float64Array | undefined,
): Promise<void> {
  if (ids === undefined || numbers === undefined || recordNumber === undefined) return;
  const keys = new Set(ids.map((id, row) => `${numbers[row]} ${id}`));
  for (const [row, id] of ((await view.texts('header_table', 'primary_station_id')) ?? []).entries())
    if (!keys.has(`${recordNumber[row]} ${id}`))
      view.findings.add(
        'foreign-key',
        { table: 'header_table', variable: 'station_record_number', row },
        () => `${TABLE} has no record ${recordNumber[row]} of ${quoted(id)}`,
      );
}

/** A row of the table begins with its first report and ends with its last. */
async function checkPeriods(
  view: FileView,
  { time, recordNumber }: Reports,
  numbers: Float64Array | undefined,
): Promise<void> {
  const columns = {
    start_date: await view.numbers(TABLE, 'start_date'),
    end_date: await view.numbers(TABLE, 'end_date'),
  };
  if (time === undefined || recordNumber === undefined || numbers === undefined) return;
  const periods = new Map<number, { start_date: number; end_date: number }>();
  for (const [row, number] of recordNumber.entries()) {
    const at = time[row] as number;
    const known = periods.get(number);
    if (known === undefined) periods.set(number, { start_date: at, end_date: at });
    else if (at < known.start_date) known.start_date = at;
    else if (at > known.end_date) known.end_date = at;
  }
  for (const [row, number] of numbers.entries()) {
    const period = periods.get(number);
    if (period === undefined) {
      view.findings.add(
        'station',
        { table: TABLE, variable: 'record_number', row },
        () => `no report has record ${number}`,
      );
      continue;
    }
    for (const variable of ['start_date', 'end_date'] as const) {
      const stated = columns[variable]?.[row];
      if (stated !== undefined && !Object.is(stated, period[variable]))
        view.findings.add(
          'station',
          { table: TABLE, variable, row },
          () => `${describeTime(stated)}, but the reports have ${describeTime(period[variable])}`,
        );
    }
  }
}

async function checkBox(view: FileView, reports: Reports): Promise<void> {
  const box = boxOf(reports);
  if (box === undefined) return;
  for (const axis of ['latitude', 'longitude'] as const)
    for (const [i, side] of (['min', 'max'] as const).entries()) {
      const variable = `bbox_${side}_${axis}`;
      const expected = box[axis][i] as number;
      for (const [row, stated] of ((await view.numbers(TABLE, variable)) ?? []).entries())
        if (!Object.is(stated, expected) && stated !== expected)
          view.findings.add(
            'station',
            { table: TABLE, variable, row },
            () => `${stated}, but the reports reach to ${expected}`,
          );
    }
}
