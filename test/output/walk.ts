/**
 * The walk over a station file: every code, every reference from table to table, the record index and the order of rows.
 * Each function returns what is wrong, one line per fault, and how many things it looked at, so that a test can tell "all
 * right" from "nothing there".
 */
import { harvestCounts } from '../support/demo/check.js';
import type { StationView, TableView } from '../support/demo/station-view.js';

/** What a part of the walk found. */
export interface Finding {
  looked: number;
  faults: string[];
}

/** The tables that hold data; all others of a station file are code tables. */
export const DATA_TABLES = [
  'observations_table',
  'header_table',
  'station_configuration',
  'source_configuration',
  'profile_configuration',
  'sensor_configuration',
] as const;

const FIRST_FAULTS = 10;

function finding(): Finding & { that(right: boolean, fault: () => string): void } {
  const faults: string[] = [];
  return {
    looked: 0,
    faults,
    that(right, fault) {
      this.looked++;
      if (!right && faults.length < FIRST_FAULTS) faults.push(fault());
    },
  };
}

/** Distinct values of a column as text, missing ones left out; `{1,2}` counts as 1 and 2. */
function distinctOf(table: TableView, column: string): Set<string> {
  if (table.schema(column).type !== 'char') {
    return new Set(
      Array.from(
        table.numbers(column).filter((x) => !Number.isNaN(x)),
        String,
      ),
    );
  }
  const texts = [...new Set(table.texts(column))].filter((text) => text !== '');
  return new Set(texts.flatMap((text) => (/^\{.*\}$/s.test(text) ? text.slice(1, -1).split(',') : [text])));
}

/** Every code of every data table exists in the table that `external_table` names. */
export function walkCodes(station: StationView): Finding {
  const result = finding();
  for (const name of DATA_TABLES) {
    const table = station.table(name);
    for (const column of table.columns) {
      const target = String(table.schema(column).attributes.external_table ?? '');
      const [targetTable = '', targetColumn = ''] = target.split(':');
      if (target === '' || DATA_TABLES.some((data) => data === targetTable)) continue;
      const present = distinctOf(table, column);
      const codes = present.size === 0 ? undefined : station.tables.get(targetTable);
      const known = codes?.has(targetColumn) ? distinctOf(codes, targetColumn) : new Set<string>();
      for (const code of present) {
        result.that(known.has(code), () => `${name}/${column}: ${code} is not in ${target}`);
      }
    }
  }
  return result;
}

/** Every id that points to another table is found there, and ids that must be unique are. */
export function walkReferences(station: StationView): Finding {
  const result = finding();
  const observations = station.table('observations_table');
  const header = station.table('header_table');
  const among = (table: TableView, column: string, target: TableView, key: string): void => {
    const keys = new Set(target.texts(key));
    for (const id of table.texts(column)) {
      result.that(
        id !== '' && keys.has(id),
        () => `${table.name}/${column}: '${id}' is not in ${target.name}`,
      );
    }
  };
  among(observations, 'report_id', header, 'report_id');
  among(observations, 'source_id', station.table('source_configuration'), 'source_id');
  // A sensor is known to few archives: where there is none the text is empty.
  const sensors = new Set(['', ...station.table('sensor_configuration').texts('sensor_id')]);
  for (const id of new Set(observations.texts('sensor_id')))
    result.that(
      sensors.has(id),
      () => `observations_table/sensor_id: '${id}' is not in sensor_configuration`,
    );
  among(header, 'source_id', station.table('source_configuration'), 'source_id');
  among(header, 'profile_id', station.table('profile_configuration'), 'profile_id');
  const stations = station.table('station_configuration');
  const numbers = stations.numbers('record_number');
  const keys = new Set(stations.texts('primary_id').map((id, i) => `${id} ${numbers[i]}`));
  result.that(keys.size === stations.rows, () => 'station_configuration: a key stands twice');
  const recordNumbers = header.numbers('station_record_number');
  for (const [i, id] of header.texts('primary_station_id').entries()) {
    result.that(keys.has(`${id} ${recordNumbers[i]}`), () => `header_table row ${i}: no station ${id}`);
  }
  for (const [table, column] of [
    [header, 'report_id'],
    [station.table('profile_configuration'), 'profile_id'],
    [station.table('source_configuration'), 'source_id'],
  ] as const) {
    result.that(
      new Set(table.texts(column)).size === table.rows,
      () => `${table.name}/${column}: not unique`,
    );
  }
  const ids = observations.texts('observation_id');
  for (let row = 1; row < ids.length; row++) {
    result.that((ids[row - 1] ?? '') < (ids[row] ?? ''), () => `observation_id ${ids[row]} is not ascending`);
  }
  return result;
}

/** The record index covers the rows of observations_table without gap, and its times are theirs. */
export function walkRecords(station: StationView): Finding {
  const result = finding();
  const observations = station.table('observations_table');
  const times = observations.numbers('date_time');
  const index = station.root.numbers('recordindex');
  const size = station.root.numbers('recordsize');
  const timestamp = station.root.numbers('recordtimestamp');
  const headerTimes = station.table('header_table').numbers('report_timestamp');
  let next = 0;
  for (const [n, begin] of index.entries()) {
    result.that(begin === next, () => `record ${n} begins at ${begin}, not at ${next}`);
    next = begin + (size[n] ?? Number.NaN);
    result.that(n === 0 || (timestamp[n - 1] ?? 0) < (timestamp[n] ?? 0), () => `record ${n}: not ascending`);
    for (let row = begin; row < next; row++) {
      result.that(times[row] === timestamp[n], () => `row ${row} is not of the time of record ${n}`);
    }
  }
  result.that(next === observations.rows, () => `records end at ${next} of ${observations.rows} rows`);
  const distinct = new Set(headerTimes);
  result.that(distinct.size === timestamp.length, () => 'records are not the distinct times of the reports');
  for (const time of timestamp) result.that(distinct.has(time), () => `no report at ${time}`);
  if (distinct.size === headerTimes.length) {
    for (const [n, time] of timestamp.entries()) {
      result.that(headerTimes[n] === time, () => `row ${n} of header_table is not record ${n}`);
    }
  }
  return result;
}

/** Rows go by report as in header_table, from the ground up, then by variable. */
export function walkOrder(station: StationView): Finding {
  const result = finding();
  const observations = station.table('observations_table');
  const place = new Map(
    station
      .table('header_table')
      .texts('report_id')
      .map((id, i) => [id, i]),
  );
  const report = observations.texts('report_id').map((id) => place.get(id) ?? Number.NaN);
  const type = observations.numbers('z_coordinate_type');
  const z = observations.numbers('z_coordinate');
  const variable = observations.numbers('observed_variable');
  const key = (row: number): number[] => {
    const kind = type[row] === 1 ? 0 : type[row] === 0 ? 1 : 2;
    const up = kind === 2 ? 0 : (z[row] ?? Number.NaN) * (kind === 0 ? -1 : 1);
    return [report[row] ?? Number.NaN, kind, up, variable[row] ?? Number.NaN];
  };
  for (let row = 1; row < observations.rows; row++) {
    const before = key(row - 1);
    const difference = key(row).map((part, i) => part - (before[i] ?? Number.NaN));
    const first = difference.find((d) => d !== 0) ?? 0;
    result.that(first >= 0, () => `row ${row} stands before row ${row - 1}`);
  }
  return result;
}

/** The counts that the file states are those of its tables, and no field of the source is unaccounted for. */
export function walkCounts(station: StationView): Finding {
  const result = finding();
  const counts = harvestCounts(station);
  const dropped = Object.values(counts.dropped).reduce((sum, n) => sum + n, 0);
  const equal = (what: string, found: number, expected: number): void =>
    result.that(found === expected, () => `${what}: ${found}, expected ${expected}`);
  equal('rows and dropped fields', counts.rows + dropped, counts.fields);
  equal('fields', counts.fields, counts.levels * 6);
  equal('rows', station.table('observations_table').rows, counts.rows);
  equal('reports', station.table('header_table').rows, counts.reports);
  equal('profiles', station.table('profile_configuration').rows, counts.reports);
  const observations = station.table('observations_table');
  for (const flag of ['advanced_feedback', 'advanced_assimilation_feedback']) {
    for (const value of observations.numbers(flag)) equal(flag, value, 0);
  }
  return result;
}

/** A report is a pilot balloon's where it has wind and neither temperature nor humidity; a station where all reports are. */
export function walkStationType(station: StationView): Finding {
  const result = finding();
  const observations = station.table('observations_table');
  const header = station.table('header_table');
  const variables = new Map<string, Set<number>>();
  const codes = observations.numbers('observed_variable');
  for (const [row, id] of observations.texts('report_id').entries()) {
    const known = variables.get(id) ?? new Set();
    variables.set(id, known.add(codes[row] ?? Number.NaN));
  }
  const types = header.numbers('station_type');
  const expected = header.texts('report_id').map((id) => {
    const has = (...wanted: number[]): boolean => wanted.some((code) => variables.get(id)?.has(code));
    return has(126, 34, 137, 138, 39) ? 0 : has(106, 107, 139, 140) ? 1 : Number.NaN;
  });
  for (const [i, type] of expected.entries()) {
    result.that(
      Object.is(types[i], type),
      () => `header_table row ${i}: station_type ${types[i]}, not ${type}`,
    );
  }
  const some = (type: number): boolean => expected.includes(type);
  const stationType = some(1) && !some(0) ? 1 : 0;
  for (const type of station.table('station_configuration').numbers('station_type')) {
    result.that(type === stationType, () => `station_type ${type}, not ${stationType}`);
  }
  return result;
}

/** What rows of a feedback group say of themselves is what observations_table says of them, and departures are flagged. */
export function walkFeedback(station: StationView): Finding {
  const result = finding();
  const observations = station.table('observations_table');
  const flags = ['advanced_feedback', 'advanced_assimilation_feedback'].map((name) =>
    observations.numbers(name),
  );
  const feedback = station.tables.get('era5fb');
  const departures =
    feedback === undefined ? [] : ['an_depar@body', 'fg_depar@body'].map((name) => feedback.numbers(name));
  for (let row = 0; row < observations.rows; row++) {
    const expected = departures.some((column) => !Number.isNaN(column[row])) ? 1 : 0;
    for (const flag of flags) result.that(flag[row] === expected, () => `row ${row}: flag ${flag[row]}`);
  }
  if (feedback === undefined) return result;
  result.that(feedback.rows === observations.rows, () => `${feedback.rows} rows of ${observations.rows}`);
  const [varno, obsvalue] = [feedback.numbers('varno@body'), feedback.numbers('obsvalue@body')];
  const variable = observations.numbers('observed_variable');
  const value = observations.numbers('observation_value');
  for (let row = 0; row < observations.rows; row++) {
    const [code, convert] = VARNO[varno[row] ?? -1] ?? [];
    const expected = Math.fround(convert?.(obsvalue[row] ?? Number.NaN) ?? Number.NaN);
    const close = Math.abs((value[row] ?? Number.NaN) - expected) <= Math.abs(expected) * 2e-7;
    result.that(code === variable[row] && close, () => `row ${row}: varno ${varno[row]}, ${obsvalue[row]}`);
  }
  return result;
}

const same = (value: number): number => value;
const percent = (fraction: number): number => fraction * 100;
/** ODB varno: code of observed_variable, and how the value of the database becomes that of the table. */
const VARNO: Readonly<Record<number, readonly [code: number, convert: (value: number) => number]>> = {
  1: [117, (geopotential) => geopotential / 9.80665],
  2: [126, same],
  3: [139, same],
  4: [140, same],
  7: [39, same],
  29: [138, percent],
  39: [85, same],
  40: [36, same],
  41: [104, same],
  42: [105, same],
  58: [38, percent],
  59: [137, same],
  110: [57, same],
  111: [106, same],
  112: [107, same],
};
