/** Opening a netCDF-4 file that this writer has made, for reading. Headers are read when they are asked for, each once. */
import { closeSync } from 'node:fs';
import { asStorageError } from '../../errors.js';
import { MESSAGE } from '../object-header.js';
import { PURE_DIMENSION } from '../stored-format.js';
import { dataspaceLengths, isCalled, readAttribute } from './attribute-reader.js';
import type { NetcdfContents, StoredAttribute, StoredGroup, StoredVariable } from './contents.js';
import { messageOf } from './dataset-reader.js';
import { type HeaderMessage, readObjectHeader } from './header-reader.js';
import { createReader, type FileReader, openForReading, structureError } from './reader.js';
import { dimensionAddresses, storedAttributes } from './stored-attributes.js';
import { type RowStorage, rowStorage } from './stored-rows.js';
import { storedType } from './stored-type.js';
import { linkStorage, linkTarget, readSuperblock } from './structure.js';

/**
 * Opens the file at `path`. Throws `InputError` (`NETCDF_STRUCTURE`, with `byteOffset`) for a damaged or foreign file, at once or
 * when the damaged part is asked for, and `StorageError` where it cannot be read.
 */
export async function openNetcdf(path: string): Promise<NetcdfContents> {
  try {
    const descriptor = openForReading(path);
    try {
      const reader = createReader(descriptor, path);
      const header = readObjectHeader(reader, readSuperblock(reader));
      const root = openGroup({ reader, descriptor }, '/', header, new Map());
      return { path, bytes: reader.size, root, close: once(() => closeSync(descriptor)) };
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}

interface OpenFile {
  readonly reader: FileReader;
  readonly descriptor: number;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface Members {
  variables: Map<string, StoredVariable>;
  groups: Map<string, StoredGroup>;
}

/** @param outer names of the datasets of the groups above, by address: dimensions may be defined there */
function openGroup(
  file: OpenFile,
  path: string,
  header: readonly HeaderMessage[],
  outer: ReadonlyMap<number, string>,
): StoredGroup {
  const attributes = once(() => storedAttributes(file.reader, header));
  const members = once(() => membersOf(file, path, header, outer));
  return {
    path,
    get attributes() {
      return attributes();
    },
    get variables() {
      return members().variables;
    },
    get groups() {
      return members().groups;
    },
  };
}

function membersOf(
  file: OpenFile,
  path: string,
  messages: readonly HeaderMessage[],
  outer: ReadonlyMap<number, string>,
): Members {
  const { reader } = file;
  const info = messages.find(({ type }) => type === MESSAGE.linkInfo);
  if (info !== undefined && linkStorage(info) !== undefined)
    throw structureError(
      reader.path,
      info.at,
      `the links of ${path} are in dense storage, which is not read`,
    );
  const links = messages
    .filter(({ type }) => type === MESSAGE.link)
    .map((message) => linkTarget(reader.path, message));
  const names = new Map([...outer, ...links.map(({ name, address }) => [address, name] as const)]);
  const found: Members = { variables: new Map(), groups: new Map() };
  for (const { name, address } of links) {
    const inside = path === '/' ? `/${name}` : `${path}/${name}`;
    const header = readObjectHeader(reader, address);
    if (!header.some(({ type }) => type === MESSAGE.layout))
      found.groups.set(name, openGroup(file, inside, header, names));
    else if (!isPureDimension(reader, header))
      found.variables.set(name, openVariable(file, { name, path: inside, address, header, names }));
  }
  return found;
}

/** Whether the dataset only stands for a dimension. */
function isPureDimension(reader: FileReader, header: readonly HeaderMessage[]): boolean {
  for (const message of header) {
    if (message.type !== MESSAGE.attribute) continue;
    const attribute = readAttribute(reader, message);
    if (isCalled(attribute, 'NAME'))
      return message.bytes.toString('latin1', attribute.dataAt, message.end).startsWith(PURE_DIMENSION);
  }
  return false;
}

interface VariablePlace {
  readonly name: string;
  readonly path: string;
  readonly address: number;
  readonly header: readonly HeaderMessage[];
  /** Names of datasets by address. */
  readonly names: ReadonlyMap<number, string>;
}

function openVariable({ reader, descriptor }: OpenFile, place: VariablePlace): StoredVariable {
  const { name, path, address, header, names } = place;
  const typeMessage = messageOf(reader, header, MESSAGE.datatype, address);
  const type = storedType(typeMessage.bytes, typeMessage.start);
  const shape = dataspaceLengths(messageOf(reader, header, MESSAGE.dataspace, address));
  if (type === undefined || shape === undefined)
    throw structureError(reader.path, typeMessage.at, `${path} is of a type or shape that is not read`);
  const attributes = once((): ReadonlyMap<string, StoredAttribute> => storedAttributes(reader, header));
  const dimensions = once(() => dimensionNames(reader, header, shape, name, names));
  const storage = once((): RowStorage => {
    if (type === 'string')
      throw structureError(reader.path, address, `${path} has texts of variable length, which are not read`);
    return rowStorage(reader, descriptor, header, { address, path, type, shape });
  });
  const rows = shape[0] ?? 1;
  return {
    name,
    path,
    type,
    shape,
    get dimensions() {
      return dimensions();
    },
    get attributes() {
      return attributes();
    },
    get isStored() {
      return storage().bytes.length > 0;
    },
    async read(from = 0, to = rows) {
      if (from < 0 || to > rows || from > to)
        throw new RangeError(`${path} has ${rows} rows: there are no rows ${from} to ${to}`);
      return await storage().read(from, to);
    },
    storage: () => storage().bytes,
  };
}

function dimensionNames(
  reader: FileReader,
  header: readonly HeaderMessage[],
  shape: readonly number[],
  name: string,
  names: ReadonlyMap<number, string>,
): string[] {
  const addresses = dimensionAddresses(reader, header);
  // A coordinate variable is the scale of its own dimension.
  if (addresses.length === 0 && shape.length === 1) return [name];
  return shape.map((_, i) => names.get(addresses[i] ?? -1) ?? '');
}
