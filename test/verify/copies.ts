/** Copies of station files with faults in them: each in a copy of its own, or several that do not touch each other in one. */
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Change, rewriteStation } from '../support/station-rewrite.js';
import type { Fault } from './faults/index.js';

/** Faults that are planted together. */
export interface Pack {
  faults: readonly Fault[];
  change: Change;
}

/** Without these, or with other rows in them, next to nothing else can be found. */
const CENTRAL =
  /report_id|record(?:index|size|timestamp)|timestamp|date_time$|z_coordinate$|observed_variable$/;
const CENTRAL_PARTS = /^(?:|observations_table|observations_table\/observation_value|header_table|era5fb)$/;
const CENTRAL_ATTRIBUTES = /^ (?:dataset|primary_station_id|source_files|cdm_tables_\w+)$/;

/** Attributes that are held against each other, or against columns: of a place with several faults only one is told. */
const TOGETHER: Readonly<Record<string, string>> = {
  history: ' history',
  harvester_version: ' history',
  date_created: ' history',
  title: 'station_name',
};

/** What a change concerns: columns, tables, attributes; undefined where others could not be found beside it. */
function touched(change: Change): string[] | undefined {
  const {
    values = {},
    attributes = {},
    without = [],
    undeclared = [],
    rows = {},
    added = {},
    dimensions,
    groups = [],
  } = change;
  if (dimensions !== undefined || [...without, ...Object.keys(rows)].some((part) => CENTRAL_PARTS.test(part)))
    return undefined;
  const named = Object.entries(attributes).flatMap(([path, own]) =>
    Object.keys(own).map((name) => TOGETHER[name] ?? `${path} ${name}`),
  );
  const places = [
    ...[values, rows, added]
      .flatMap((part) => Object.keys(part))
      .map((place) => (place.endsWith('/station_name') ? 'station_name' : place)),
    ...without,
    ...undeclared,
    ...groups,
    ...named,
  ];
  return places.some((place) => CENTRAL.test(place) || CENTRAL_ATTRIBUTES.test(place)) ? undefined : places;
}

/** As few packs as there can be without two faults in one column. */
export function packed(faults: readonly Fault[]): Pack[] {
  const packs: { faults: Fault[]; places: Set<string> }[] = [];
  for (const fault of faults) {
    const places = touched(fault.change);
    const fitting =
      places &&
      packs.find(
        (pack) =>
          pack.places.size > 0 &&
          pack.faults[0]?.in === fault.in &&
          places.every((place) => !clashes(place, pack.places)),
      );
    if (fitting === undefined || places === undefined)
      packs.push({ faults: [fault], places: new Set(places) });
    else {
      fitting.faults.push(fault);
      for (const place of places) fitting.places.add(place);
    }
  }
  return packs.map((pack) => ({
    faults: pack.faults,
    change: merged(pack.faults.map(({ change }) => change)),
  }));
}

/** Whether a place is among others, or a table among its columns. */
function clashes(place: string, others: ReadonlySet<string>): boolean {
  return [...others].some(
    (other) => other === place || other.startsWith(`${place}/`) || place.startsWith(`${other}/`),
  );
}

function merged(changes: readonly Change[]): Change {
  const [first] = changes;
  if (changes.length === 1 && first !== undefined) return first;
  const attributes: Record<string, Record<string, never>> = {};
  for (const change of changes)
    for (const [path, own] of Object.entries(change.attributes ?? {}))
      attributes[path] = { ...attributes[path], ...own } as never;
  const joined = <T>(part: (change: Change) => T | undefined): T =>
    Object.assign({}, ...changes.map((change) => part(change) ?? {}));
  return {
    attributes,
    values: joined(({ values }) => values),
    rows: joined(({ rows }) => rows),
    added: joined(({ added }) => added),
    without: changes.flatMap(({ without }) => without ?? []),
    undeclared: changes.flatMap(({ undeclared }) => undeclared ?? []),
    groups: changes.flatMap(({ groups }) => groups ?? []),
  };
}

/** A copy below `folder` under the name of the file, for the name tells the station. */
export async function copyOf(folder: string, path: string, n: number, change: Change): Promise<string> {
  const at = join(folder, `copy-${n}`);
  mkdirSync(at);
  const copy = join(at, basename(path));
  await rewriteStation(path, copy, change);
  return copy;
}
