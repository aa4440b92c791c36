/** Small sources, harvested into a work folder, for tests of explanations. */
import { join } from 'node:path';
import type { ExplainedFile, Explanation } from '../../src/explain/explanation.js';
import { type ExplainOptions, explain, type ObservationQuery } from '../../src/explain/index.js';
import { openStation } from '../../src/reading/open.js';
import type { HarvestOptions } from '../../src/run/options.js';
import type { Workspace } from '../cli/workspace.js';
import { harvestQuietly } from '../support/demo/harvest.js';

let count = 0;

/** A station file beside its sources: `<folder>/output/<dataset>/...` and `<folder>/sources/<dataset>/...`. */
export interface Harvested {
  folder: string;
  path: string;
  /** Paths of the sources, in the order in which they were given. */
  sources: string[];
}

/** Writes the files where a harvest keeps its sources, and harvests them; there must be one station file. */
export async function harvestFiles(
  space: Workspace,
  dataset: string,
  files: Readonly<Record<string, Uint8Array | string>>,
  options: Partial<HarvestOptions> = {},
): Promise<Harvested> {
  const folder = space.path(`work${count++}`);
  const sources = Object.entries(files).map(([name, bytes]) =>
    space.write(join(folder.slice(space.folder.length + 1), 'sources', dataset, name), bytes),
  );
  const output = join(folder, 'output');
  const report = await harvestQuietly({ source: dataset, input: sources, output, ...options });
  const [path, ...others] = report.stations.flatMap((station) => station.files);
  if (path === undefined || others.length > 0)
    throw new Error(`${others.length + 1} station files: ${JSON.stringify(report.stations)}`);
  return { folder, path, sources };
}

/** The explanations of the rows that are meant. */
export async function explainAt(
  path: string,
  query: ObservationQuery,
  options: ExplainOptions = {},
): Promise<ExplainedFile> {
  const station = await openStation(path);
  try {
    return await explain(station, query, options);
  } finally {
    station.close();
  }
}

/** The only explanation of a query. */
export async function explainOne(path: string, query: ObservationQuery): Promise<Explanation> {
  const { explanations } = await explainAt(path, query);
  const [explanation] = explanations;
  if (explanation === undefined || explanations.length > 1)
    throw new Error(`${explanations.length} explanations instead of one`);
  return explanation;
}

/** What an explanation says of its places, as short texts: where the fields stand, and the conversions as chains. */
export function placesInShort({ places }: Explanation): Record<string, unknown>[] {
  return places.map(({ source, unit, fields, conversions, marks }) => ({
    unit: `${source} ${unit.kind} ${unit.number}, bytes ${unit.from}-${unit.to}`,
    fields: fields.map(({ name, raw, from, to }) => `${name} '${raw}' ${from}-${to}`),
    conversions: conversions.map(
      ({ element, steps }) =>
        `${element}: ${steps.map(({ value, unit: of }) => `${value} ${of}`).join(' -> ')}`,
    ),
    marks: marks.map(({ name, raw, became }) => `${name} '${raw}' -> ${became}`),
  }));
}
