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

/** Values and attributes that a change concerns; undefined where it changes more than those. */
function touched({ values, attributes, ...more }: Change): string[] | undefined {
  if (Object.keys(more).length > 0) return undefined;
  const named = Object.entries(attributes ?? {}).flatMap(([path, own]) =>
    Object.keys(own).map((name) => `${path} ${name}`),
  );
  // Ids of reports and stations are what other findings go by.
  const places = [...Object.keys(values ?? {}), ...named];
  return places.some((place) =>
    /report_id|recordindex|recordsize|timestamp|date_time$|z_coordinate$|observed_variable$|dataset|primary_station|source_files/.test(
      place,
    ),
  )
    ? undefined
    : places;
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
          places.every((place) => !pack.places.has(place)),
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

function merged(changes: readonly Change[]): Change {
  const [first] = changes;
  if (changes.length === 1 && first !== undefined) return first;
  const attributes: Record<string, Record<string, never>> = {};
  for (const change of changes)
    for (const [path, own] of Object.entries(change.attributes ?? {}))
      attributes[path] = { ...attributes[path], ...own } as never;
  return { values: Object.assign({}, ...changes.map(({ values }) => values ?? {})), attributes };
}

/** A copy below `folder` under the name of the file, for the name tells the station. */
export async function copyOf(folder: string, path: string, n: number, change: Change): Promise<string> {
  const at = join(folder, `copy-${n}`);
  mkdirSync(at);
  const copy = join(at, basename(path));
  await rewriteStation(path, copy, change);
  return copy;
}
