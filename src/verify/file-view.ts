/**
 * A station file as the checks see it: variables that may be missing, of another type or damaged, each of which is told once
 * and then left out of the checks that would need it.
 */
import { InputError } from '../errors.js';
import type { NetcdfContents, NumericArray, StoredAttribute, StoredVariable } from '../netcdf4/index.js';
import { stationColumn } from '../reading/column.js';
import type { Findings } from './findings.js';

/** What the checks of one file share. */
export interface FileView {
  readonly path: string;
  readonly contents: NetcdfContents;
  readonly profile: 'cdm' | 'cuon';
  readonly dataset: string;
  readonly findings: Findings;
  /** `table` is '' for the root. */
  variable(table: string, name: string): StoredVariable | undefined;
  /** All rows, where the variable is there, of this type, and can be read. */
  numbers(table: string, name: string): Promise<Float64Array | undefined>;
  texts(table: string, name: string): Promise<string[] | undefined>;
  /** Text attribute of the root, '' where it is none. */
  attribute(name: string): string;
  /** Rows of a table by its first variable, 0 where there is none. */
  rows(table: string): number;
  /** Rows `[from, to)` as they are stored; undefined, and never asked for again, where they cannot be read. */
  read(variable: StoredVariable, from: number, to: number): Promise<NumericArray | undefined>;
}

export function viewFile(contents: NetcdfContents, findings: Findings): FileView {
  const { root, path } = contents;
  const damaged = new Set<string>();
  const attribute = (name: string): string => textOf(root.attributes.get(name));
  const variable = (table: string, name: string): StoredVariable | undefined =>
    (table === '' ? root : root.groups.get(table))?.variables.get(name);
  const attempt = async <T>(
    of: StoredVariable,
    row: number,
    read: () => Promise<T>,
  ): Promise<T | undefined> => {
    if (damaged.has(of.path)) return undefined;
    try {
      return await read();
    } catch (error) {
      // Memory for so many rows cannot be had: no harvest has written them.
      if (!(error instanceof InputError || error instanceof RangeError)) throw error;
      damaged.add(of.path);
      const [table, name] = placeOf(of.path);
      findings.add('structure', { table, variable: name, row }, () => withoutPath(error.message, path));
      return undefined;
    }
  };
  return {
    path,
    contents,
    findings,
    profile: attribute('profile') === 'cuon' ? 'cuon' : 'cdm',
    dataset: attribute('dataset'),
    variable,
    attribute,
    async numbers(table, name) {
      const found = variable(table, name);
      if (found === undefined || found.type === 'char' || found.type === 'string') return undefined;
      return await attempt(found, 0, () => stationColumn(found).numbers());
    },
    async texts(table, name) {
      const found = variable(table, name);
      if (found?.type !== 'char') return undefined;
      return await attempt(found, 0, () => stationColumn(found).texts());
    },
    rows(table) {
      const [first] = root.groups.get(table)?.variables.values() ?? [];
      return first?.shape[0] ?? 0;
    },
    read: (of, from, to) => attempt(of, from, () => of.read(from, to)),
  };
}

/** Group and name from the path of a variable. */
export function placeOf(path: string): [table: string, name: string] {
  const at = path.lastIndexOf('/');
  return [path.slice(1, Math.max(at, 1)), path.slice(at + 1)];
}

/** A message of the reader without the file's own name, which the line begins with. */
export function withoutPath(message: string, path: string): string {
  return message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
}

/** A text attribute, '' for anything else. */
function textOf(attribute: StoredAttribute | undefined): string {
  return typeof attribute === 'string' ? attribute : '';
}
