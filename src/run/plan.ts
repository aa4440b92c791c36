/** Which stations a run harvests, from which files: inputs are told apart by content, station lists set aside, the rest grouped. */
import { HarvestError, UsageError } from '../errors.js';
import { expandInputs, openInput } from '../fetch/members.js';
import { createTally, type Tally } from '../records/tally.js';
import { firstBytes } from '../sources/head.js';
import type { InputFile, Source, StationEntry, StationInput } from '../sources/source.js';
import type { RefusedInput } from './report.js';

export interface Plan {
  stations: StationInput[];
  inventory: ReadonlyMap<string, StationEntry>;
  /** Lines of station lists that could not be used, by reason. */
  inventoryNotes: ReadonlyMap<string, number>;
  /** Parts of the inputs that belong to no station, such as damaged messages. */
  unassigned: Tally;
  /** Stations that have the primary id of another one, with the error that says so. */
  clashing: { id: string; error: HarvestError }[];
  /** Inputs that are not of the source's format, empty or unreadable. */
  refused: RefusedInput[];
}

/**
 * @param stations ids to keep: the source's own ids, primary ids or WMO numbers; empty keeps all
 * @throws UsageError when a wanted station is in none of the inputs
 */
export async function makePlan(
  source: Source,
  paths: readonly string[],
  stations: readonly string[],
  signal?: AbortSignal,
): Promise<Plan> {
  const tally = createTally();
  const unassigned = createTally();
  const refused: RefusedInput[] = [];
  const inventory = new Map<string, StationEntry>();
  const grouped = new Map<string, InputFile[]>();
  for (const path of await expandInputs(paths)) {
    signal?.throwIfAborted();
    try {
      const file = await openInput(path);
      if (source.inventory?.recognise(await firstBytes(file, { signal }))) {
        for (const [id, entry] of await source.inventory.read(file, tally)) inventory.set(id, entry);
        continue;
      }
      const listing = { tally: unassigned, ...(signal && { signal }) };
      for await (const { id, files } of source.list([file], listing))
        grouped.set(id, [...(grouped.get(id) ?? []), ...files]);
    } catch (error) {
      if (!(error instanceof HarvestError)) throw error;
      refused.push({ path, error });
    }
  }
  const all = [...grouped].map(([id, files]) => ({ id, files })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const kept = wanted(source, all, stations, refused);
  const { distinct, clashing } = tellApart(source, kept);
  return { stations: distinct, inventory, inventoryNotes: tally.noted, unassigned, clashing, refused };
}

function wanted(
  source: Source,
  all: readonly StationInput[],
  stations: readonly string[],
  refused: readonly RefusedInput[],
): StationInput[] {
  if (stations.length === 0) return [...all];
  const missing = stations.filter((name) => !all.some((station) => goesBy(source, station.id, name)));
  // A refused input may be the one that holds the station: its error says more.
  if (missing.length > 0 && refused.length === 0) {
    throw new UsageError('UNKNOWN_STATION', `no input holds station ${missing.join(', ')}`, {
      hint: `The inputs hold ${all.length} stations${
        all.length > 0
          ? `, such as ${all
              .slice(0, 5)
              .map((s) => s.id)
              .join(', ')}`
          : ''
      }.`,
    });
  }
  return all.filter((station) => stations.some((name) => goesBy(source, station.id, name)));
}

/** A station goes by the source's id, its primary id, and the WMO number that a WIGOS id of a WMO station ends in. */
function goesBy(source: Source, id: string, name: string): boolean {
  const { primaryId } = source.identify(id);
  return name === id || name === primaryId || primaryId === `0-20000-0-${name}`;
}

/** Two stations under one primary id would overwrite each other's file: neither is harvested. */
function tellApart(
  source: Source,
  stations: readonly StationInput[],
): { distinct: StationInput[]; clashing: Plan['clashing'] } {
  const owners = new Map<string, string[]>();
  // A file system may take names that differ in case for the same.
  const key = (id: string): string => source.identify(id).primaryId.toLowerCase();
  for (const { id } of stations) owners.set(key(id), [...(owners.get(key(id)) ?? []), id]);
  const clashing = [...owners.values()]
    .filter((ids) => ids.length > 1)
    .flatMap((ids) =>
      ids.map((id) => ({
        id,
        error: new UsageError('SAME_PRIMARY_ID', `stations ${ids.join(' and ')} have the same primary id`, {
          hint: 'Harvest them in runs of their own, with --station and another --output folder.',
        }),
      })),
    );
  return { distinct: stations.filter(({ id }) => owners.get(key(id))?.length === 1), clashing };
}
