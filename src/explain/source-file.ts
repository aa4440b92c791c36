/** The source files that a report came from: what the station file says of them, and where they lie. */
import { basename, dirname, join, resolve } from 'node:path';
import { StorageError } from '../errors.js';
import { expandInputs } from '../fetch/expand.js';
import { hashFile } from '../fetch/identity.js';
import type { StationContents } from '../reading/station.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import { sources } from '../sources/registry.js';
import { readRows, textIn } from './cdm-rows.js';

/** A place that `header_table` names: a byte of the uncompressed content of an input file. */
export interface RecordPlace {
  sourceId: string;
  byteOffset: number;
}

/** An input file as source_configuration has it. */
export interface KnownSource {
  id: string;
  /** Base name on disk. */
  name: string;
  /** Hexadecimal, '' where unknown. */
  sha256: string;
  /** Such as `228149 bytes`. */
  size: string;
}

/** Where the file lies, and whether it is still the one that was harvested. */
export interface FoundSource {
  state: 'same' | 'changed' | 'missing';
  path: string | null;
}

/**
 * The places in `source_record_id`: `byte 1234`, followed by `; <source id> byte 99` for each further part of a joined report; each
 * place once. Empty for a text of another form.
 */
export function placesOf(sourceId: string, recordId: string): RecordPlace[] {
  const places = recordId.split('; ').map((part, i): RecordPlace | null => {
    const match = (i === 0 ? /^()byte (\d+)$/ : /^(.+) byte (\d+)$/).exec(part);
    if (match === null) return null;
    return { sourceId: match[1] || sourceId, byteOffset: Number(match[2]) };
  });
  const known = new Map(places.map((place) => [`${place?.sourceId} ${place?.byteOffset}`, place]));
  return [...known.values()].filter((place) => place !== null);
}

/** The rows of source_configuration by their ids. */
export async function knownSources(station: StationContents): Promise<ReadonlyMap<string, KnownSource>> {
  const { rows } = station.table('source_configuration');
  const table = await readRows(station, 'source_configuration', [...Array(rows).keys()]);
  return new Map(
    table.map((row) => {
      const id = textIn(row, 'source_id');
      const [, sha256 = ''] = /^sha256:([0-9a-f]{64})$/.exec(textIn(row, 'source_file_checksum')) ?? [];
      return [id, { id, name: textIn(row, 'source_file'), sha256, size: textIn(row, 'comments') }] as const;
    }),
  );
}

/** The folder in which a harvest keeps the sources of the station file at `path`: it is `<workdir>/output/<dataset>/...`. */
export function sourcesBeside(path: string, dataset: string): string {
  return join(dirname(dirname(dirname(resolve(path)))), 'sources', dataset);
}

/** Where source files are looked for. */
export interface SourceFolder {
  /** A folder, or one file. */
  folder: string;
  /** By the user, who is told where it is not there. */
  isGiven: boolean;
}

/**
 * Looks for a source file below a folder, by its name and then by its checksum. The name is only compared: nothing that the station
 * file says becomes a path.
 *
 * @throws StorageError where the folder cannot be read, or a file in it that has the name, and where a folder that was given is not there
 */
export async function findSource(
  source: KnownSource,
  { folder, isGiven }: SourceFolder,
): Promise<FoundSource> {
  let changed: string | null = null;
  for (const path of await filesBelow(folder, isGiven)) {
    const isNamed = basename(path) === source.name;
    // A file that is given itself may have another name by now: then it is known by its checksum alone.
    if (!isNamed && path !== folder) continue;
    const { sha256 } = await hashFile(path);
    if (sha256 === source.sha256) return { state: 'same', path };
    if (isNamed) changed ??= path;
  }
  return changed === null ? { state: 'missing', path: null } : { state: 'changed', path: changed };
}

async function filesBelow(folder: string, isGiven: boolean): Promise<string[]> {
  try {
    return await expandInputs([folder]);
  } catch (error) {
    if (error instanceof StorageError && error.code === 'ENOENT' && !isGiven) return [];
    throw error;
  }
}

/** How to get the sources of a dataset, in words; '' for a dataset that this version does not know. */
export async function howToGet(dataset: string, stationId: string): Promise<string> {
  const descriptor = await descriptorOf(dataset);
  if (descriptor === null) return '';
  return descriptor.login
    ? descriptor.access
    : `harvest --source ${dataset} --station ${stationId} fetches it into <workdir>/sources/${dataset}/ (${descriptor.access}).`;
}

async function descriptorOf(dataset: string): Promise<SourceDescriptor | null> {
  const load = sources.get(dataset);
  return load === undefined ? null : await (await load()).describe();
}

/** The folder of the sources in a work folder. */
export function sourcesOf(workdir: string): string {
  return join(workdir, 'sources');
}
