/** Opening a station file. */
import { open } from 'node:fs/promises';
import { InputError } from '../errors.js';
import { type NetcdfContents, openNetcdf, type StoredGroup, type StoredVariable } from '../netcdf4/index.js';
import { stationColumn, textOf } from './column.js';
import type { RecordIndex, StationContents, StationTable } from './station.js';

const HINT =
  'Give a station file that harvest has written: <output>/<dataset>/<station>_<dataset>_harvested.nc.';

/**
 * Opens the station file at `path`. Throws `InputError`: `NOT_A_STATION_FILE` for another file, `NETCDF_STRUCTURE` for a damaged
 * one; `StorageError` where it cannot be read. Close it when done.
 */
export async function openStation(path: string): Promise<StationContents> {
  const contents = await openNetcdf(path).catch(async (error: unknown) => {
    const isOther = error instanceof InputError && error.code === 'NETCDF_STRUCTURE' && !(await isHdf5(path));
    if (!isOther) throw error;
    throw new InputError('NOT_A_STATION_FILE', `${path}: this is no netCDF-4 file`, {
      file: path,
      hint: HINT,
    });
  });
  try {
    return await openContents(contents);
  } catch (error) {
    contents.close();
    throw error;
  }
}

/** Whether a file that cannot be opened is at least called what it should be in its first bytes. */
async function isHdf5(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === '\x89HDF';
  } finally {
    await file.close();
  }
}

async function openContents(contents: NetcdfContents): Promise<StationContents> {
  const { path, root } = contents;
  const { attributes } = root;
  const attribute = (name: string): string => textOf(attributes.get(name));
  const dataset = attribute('dataset');
  const records = await recordIndexOf(path, root);
  const tables = new Map<string, StationTable>();
  for (const [name, group] of root.groups) tables.set(name, tableOf(path, name, group));
  if (dataset === '' || !tables.has('observations_table'))
    throw new InputError('NOT_A_STATION_FILE', `${path} has no dataset and no observations_table`, {
      file: path,
      hint: HINT,
    });
  return {
    path,
    contents,
    attributes,
    dataset,
    profile: attribute('profile') === 'cuon' ? 'cuon' : 'cdm',
    records,
    tables,
    table: (name) => tables.get(name) ?? missing(path, `table ${name}`),
    attribute,
    close: () => contents.close(),
  };
}

function missing(path: string, what: string): never {
  throw new InputError('NOT_A_STATION_FILE', `${path} has no ${what}`, { file: path, hint: HINT });
}

async function recordIndexOf(path: string, root: StoredGroup): Promise<RecordIndex> {
  const read = async (name: string): Promise<ArrayLike<number | bigint>> =>
    await (root.variables.get(name)?.read() ?? missing(path, `root variable ${name}`));
  const [time, index, size] = await Promise.all([
    read('recordtimestamp'),
    read('recordindex'),
    read('recordsize'),
  ]);
  const records = {
    time: Float64Array.from(time, Number),
    firstRow: Float64Array.from(index, Number),
    rowCount: Int32Array.from(size, Number),
  };
  const fault = faultOf(records);
  if (fault === undefined) return records;
  throw new InputError('RECORD_INDEX', `${path}: the record index is damaged at record ${fault}`, {
    file: path,
    hint: 'harvest verify says what is wrong; harvest the station again with --force.',
  });
}

/** The first record that does not follow the one before; the rows themselves are looked at by `harvest verify`. */
function faultOf({ time, firstRow, rowCount }: RecordIndex): number | undefined {
  const count = Math.max(time.length, firstRow.length, rowCount.length);
  let next = 0;
  for (let n = 0; n < count; n++) {
    const length = rowCount[n] as number;
    const isLater = n === 0 || (time[n] as number) > (time[n - 1] as number);
    if (!(firstRow[n] === next && length >= 0 && isLater && time[n] !== undefined)) return n;
    next += length;
  }
  return undefined;
}

function tableOf(path: string, name: string, group: StoredGroup): StationTable {
  let known: ReadonlyMap<string, ReturnType<typeof stationColumn>> | undefined;
  const columns = () => {
    known ??= new Map([...group.variables].map(([each, variable]) => [each, stationColumn(variable)]));
    return known;
  };
  return {
    name,
    get rows() {
      return rowsOf(group.variables);
    },
    get columns() {
      return columns();
    },
    column: (each) => columns().get(each) ?? missing(path, `column ${name}/${each}`),
  };
}

/** All variables of a table have one row dimension. */
function rowsOf(variables: ReadonlyMap<string, StoredVariable>): number {
  for (const variable of variables.values()) return variable.shape[0] ?? 0;
  return 0;
}
