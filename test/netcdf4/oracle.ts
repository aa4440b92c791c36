/** Reading back with h5wasm, the HDF5 C library in WebAssembly: an implementation that shares nothing with the writer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import h5wasm, { type Attribute, Dataset, File } from 'h5wasm/node';
import { afterAll } from 'vitest';

await h5wasm.ready;

/** A folder for the files of one test file, removed when its tests are done. */
export function temporaryFolder(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'netcdf4-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}

export interface OracleVariable {
  readonly values: unknown;
  readonly dtype: unknown;
  readonly shape: readonly number[] | null;
  /** Elements per chunk and dimension; `null` when the storage is contiguous. */
  readonly chunks: readonly number[] | null;
  readonly filters: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Everything that h5wasm sees at `names` (paths of datasets, from the root). */
export function readVariables(path: string, names: readonly string[]): Record<string, OracleVariable> {
  const file = new File(path, 'r');
  try {
    return Object.fromEntries(names.map((name) => [name, describeDataset(file, name)]));
  } finally {
    file.close();
  }
}

/** What h5wasm sees at one path. */
export function readVariable(path: string, name: string): OracleVariable {
  const variable = readVariables(path, [name])[name];
  if (variable === undefined) throw new Error(`${name} was not read`);
  return variable;
}

/** Attributes of the object at `name`, by name: value, type and shape. */
export function readAttributes(path: string, name: string): Record<string, unknown> {
  const file = new File(path, 'r');
  try {
    const object = file.get(name);
    if (object === null || !('attrs' in object)) throw new Error(`${name} has no attributes`);
    return plainAttributes(object.attrs);
  } finally {
    file.close();
  }
}

/** Names of the attributes that make dimensions, which `readAttributes` leaves out. */
export function readMachinery(path: string, name: string): string[] {
  const file = new File(path, 'r');
  try {
    const object = file.get(name);
    if (object === null || !('attrs' in object)) throw new Error(`${name} has no attributes`);
    return Object.keys(object.attrs).filter((key) => MACHINERY.includes(key));
  } finally {
    file.close();
  }
}

/** Names of what a group links to. */
export function readNames(path: string, group: string): string[] {
  const file = new File(path, 'r');
  try {
    const object = file.get(group);
    if (object === null || !('keys' in object)) throw new Error(`${group} is no group`);
    return object.keys();
  } finally {
    file.close();
  }
}

function describeDataset(file: File, name: string): OracleVariable {
  const dataset = file.get(name);
  if (!(dataset instanceof Dataset)) throw new Error(`${name} is no dataset`);
  return {
    values: dataset.value,
    dtype: dataset.dtype,
    shape: dataset.shape,
    chunks: dataset.metadata.chunks,
    filters: dataset.filters.map((filter) => filter.name),
    attributes: plainAttributes(dataset.attrs),
  };
}

const MACHINERY = ['DIMENSION_LIST', 'REFERENCE_LIST', 'CLASS', 'NAME', '_Netcdf4Dimid', '_NCProperties'];

function plainAttributes(attributes: Record<string, Attribute>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => !MACHINERY.includes(name))
      .map(([name, attribute]) => [name, attribute.value]),
  );
}
