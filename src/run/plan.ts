/** Which stations a run harvests, from which files: inputs are told apart by content, station lists set aside, the rest grouped. */
import { type HarvestError, UsageError } from '../errors.js';
import { knownInput, openInput } from '../fetch/members.js';
import type { InputFile, StationInput } from '../records/input.js';
import type { StationEntry } from '../records/station.js';
import { createTally, type Tally } from '../records/tally.js';
import { firstBytes } from '../sources/head.js';
import type { Source } from '../sources/source.js';
import type { InputMemory, KnownFile, ListedStation, Listing } from './inputs.js';
import type { RefusedInput } from './reports/report.js';
import { isInShard, type Shard } from './shard.js';

export interface Plan {
  /** Those of the shard, sorted by id. */
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
  /** The input files as they were when they were listed, by path. */
  files: ReadonlyMap<string, KnownFile>;
  /** Whether the inputs hold anything at all, for this shard or another. */
  found: boolean;
}

export interface PlanOptions {
  /** Ids to keep: the source's own ids, primary ids or WMO numbers; empty keeps all. */
  stations: readonly string[];
  /** Null keeps all. */
  shard: Shard | null;
  memory: InputMemory;
  /** Whether the inputs are those of the shard alone: what they do not hold may be in others. */
  partial: boolean;
  signal?: AbortSignal;
}

/**
 * @param paths of files
 * @throws UsageError when a wanted station is in none of the inputs
 */
export async function makePlan(
  source: Source,
  paths: readonly string[],
  { stations, shard, memory, partial, signal }: PlanOptions,
): Promise<Plan> {
  const tally = createTally();
  const unassigned = createTally();
  const refused: RefusedInput[] = [];
  const inventory = new Map<string, StationEntry>();
  const grouped = new Map<string, InputFile[]>();
  const files = new Map<string, KnownFile>();
  const reader = `${source.id}/${source.readerVersion}`;
  for (const path of paths) {
    signal?.throwIfAborted();
    try {
      files.set(path, await memory.look(path));
      const {
        name,
        stations: listed,
        noted,
        skipped,
      }: LearntListing = memory.listing(path, reader) ?? (await list(source, path, memory, signal));
      for (const [reason, n] of noted) unassigned.noted.set(reason, (unassigned.noted.get(reason) ?? 0) + n);
      for (const skip of skipped) unassigned.skipped.push(skip);
      if (listed === null && source.inventory !== undefined) {
        const list = await source.inventory.read(knownInput({ path, name }), tally);
        for (const [id, entry] of list) inventory.set(id, entry);
        unassigned.skipped.push(...tally.skipped.splice(0));
      }
      for (const { id, ...rest } of listed ?? []) {
        const known = grouped.get(id);
        const file = knownInput({ path, name, ...rest });
        if (known === undefined) grouped.set(id, [file]);
        else known.push(file);
      }
    } catch (error) {
      signal?.throwIfAborted();
      // An unexpected error, too, costs the file that led to it.
      refused.push({ path, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }
  const all = [...grouped].map(([id, files]) => ({ id, files })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const kept = wanted(source, all, stations, partial || refused.length > 0);
  const { distinct, clashing } = tellApart(source, kept);
  const mine = ({ id }: { id: string }): boolean =>
    shard === null || isInShard(shard, source.identify(id).primaryId);
  return {
    stations: distinct.filter(mine),
    inventory,
    inventoryNotes: tally.noted,
    unassigned,
    clashing: clashing.filter(mine),
    refused,
    files,
    // A file of the format without a sounding in it was listed with a note.
    found: partial || kept.length + refused.length + unassigned.skipped.length + unassigned.noted.size > 0,
  };
}

/** What listing has learnt beyond what is kept from run to run: the columns of feedback. */
type LearntStation = ListedStation & Pick<InputFile, 'feedback'>;
type LearntListing = Listing & { stations: readonly LearntStation[] | null };

/** Opens a file and finds its stations. */
async function list(
  source: Source,
  path: string,
  memory: InputMemory,
  signal: AbortSignal | undefined,
): Promise<LearntListing> {
  const file = await openInput(path);
  const { name } = file;
  const reader = `${source.id}/${source.readerVersion}`;
  if (source.inventory?.recognise(await firstBytes(file, { signal })))
    return { name, stations: null, noted: [], skipped: [] };
  const tally = createTally();
  const stations: LearntStation[] = [];
  for await (const { id, files } of source.list([file], { tally, ...(signal && { signal }) }))
    for (const { parts, sourceFormat, feedback } of files)
      stations.push({
        id,
        ...(parts !== undefined && { parts }),
        ...(sourceFormat !== undefined && { sourceFormat }),
        ...(feedback !== undefined && { feedback }),
      });
  const belongsToNone = { noted: [...tally.noted], skipped: tally.skipped };
  memory.listed(path, reader, {
    name,
    stations: stations.map(({ feedback: _, ...kept }) => kept),
    ...belongsToNone,
  });
  return { name, stations, ...belongsToNone };
}

function wanted(
  source: Source,
  all: readonly StationInput[],
  stations: readonly string[],
  elsewhere: boolean,
): StationInput[] {
  if (stations.length === 0) return [...all];
  const asked = new Set(stations);
  const names = all.map(({ id }) => namesOf(source, id));
  const there = new Set(names.flat());
  const missing = stations.filter((name) => !there.has(name));
  // A refused input may be the one that holds the station: its error says more. Or another shard has it.
  if (missing.length > 0 && !elsewhere) {
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
    throw new UsageError(
      'UNKNOWN_STATION',
      `no input holds station ${missing.slice(0, 5).join(', ')}${more}`,
      {
        hint: `The inputs hold ${all.length} stations${
          all.length > 0
            ? `, such as ${all
                .slice(0, 5)
                .map((s) => s.id)
                .join(', ')}`
            : ''
        }.`,
      },
    );
  }
  return all.filter((_, i) => names[i]?.some((name) => asked.has(name)));
}

/** What a station goes by: the source's id, its primary id, and the WMO number that a WIGOS id of a WMO station ends in. */
export function namesOf(source: Source, id: string): string[] {
  const { primaryId } = source.identify(id);
  const [, wmoNumber] = /^0-20000-0-(.*)$/s.exec(primaryId) ?? [];
  return [id, primaryId, ...(wmoNumber === undefined ? [] : [wmoNumber])];
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
