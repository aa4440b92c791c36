/** Compares what the locators find in raw bytes with what the readers make of the same files. */

import { openInput } from '../../src/fetch/members.js';
import type { InputFile } from '../../src/records/input.js';
import { recordTimeOf } from '../../src/records/sounding.js';
import { createTally } from '../../src/records/tally.js';
import type { Datum } from '../../src/sources/locator.js';
import { loadSource } from '../../src/sources/registry.js';
import type { Source } from '../../src/sources/source.js';

/** What was looked at, and every row for which the raw bytes give no value with the same meaning, in words. */
export interface Misfits {
  rows: number;
  reports: number;
  faults: string[];
}

/** Of files of a dataset, every n-th report. */
export async function misfits(dataset: string, paths: readonly string[], everyNth = 1): Promise<Misfits> {
  const files = await Promise.all(paths.map((path) => openInput(path)));
  return await misfitsIn(await loadSource(dataset), files, everyNth);
}

/** Of inputs of a source, every n-th report. */
export async function misfitsIn(source: Source, files: readonly InputFile[], everyNth = 1): Promise<Misfits> {
  const locate = await source.locator?.();
  if (locate === undefined) throw new Error(`${source.id} has no locator`);
  const result = { rows: 0, reports: 0, faults: [] as string[] };
  let count = 0;
  for await (const station of source.list(files, { tally: createTally() })) {
    const feedback = (await source.feedback?.(station)) ?? [];
    for await (const { reports, observations: o } of source.open(station, {
      tally: createTally(),
      feedback,
    })) {
      for (let r = 0; r < reports.firstRow.length; r++) {
        if (count++ % everyNth !== 0) continue;
        result.reports++;
        const time = recordTimeOf(reports, r, 'launch');
        const file = station.files[reports.inputFile[r]!]!;
        const report = await locate(file, {
          offset: reports.byteOffset[r]!,
          isStation: (id) => id === station.id,
          isTime: ({ launchTime, nominalTime, dateOnlyTime }) =>
            time === [launchTime, nominalTime, dateOnlyTime].find((t) => !Number.isNaN(t)),
        });
        const data = new Map<string, Datum[]>();
        for (const datum of report?.data ?? [])
          data.set(keyOf(datum), [...(data.get(keyOf(datum)) ?? []), datum]);
        const first = reports.firstRow[r]!;
        for (let i = first; i < first + reports.rowCount[r]!; i++) {
          result.rows++;
          const row = {
            observedVariable: o.observedVariable[i]!,
            value: o.value[i]!,
            z: o.zCoordinate[i]!,
            zType: o.zType[i]!,
            elapsed: o.elapsed[i]!,
            quality: o.quality[i]!,
            latitude: o.latitude?.[i] ?? Number.NaN,
            longitude: o.longitude?.[i] ?? Number.NaN,
          };
          if (!data.has(keyOf(row)))
            result.faults.push(`${file.path} byte ${reports.byteOffset[r]}: ${keyOf(row)}`);
        }
      }
    }
  }
  return result;
}

function keyOf(row: Omit<Datum, 'feedback' | 'describe'>): string {
  const { observedVariable, value, z, zType, elapsed, quality, latitude, longitude } = row;
  return [observedVariable, value, z, zType, Math.fround(elapsed), quality, latitude, longitude].join(' ');
}
