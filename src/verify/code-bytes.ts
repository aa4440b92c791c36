/**
 * Code tables as they are stored. All files of an edition have the same bytes: what was found whole in one file is not read column
 * by column in the next.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { InputError } from '../errors.js';
import type { StoredGroup } from '../netcdf4/index.js';
import type { Keys } from './codes.js';
import type { FileView } from './file-view.js';
import { DATA_TABLES } from './layout.js';

/** A longer table is no code table, and is read as all others are. */
const MOST_BYTES = 1 << 22;

/** What is known of code tables from the files before. */
export interface KnownTables {
  /** Checksums of tables in which nothing was found, with that of the edition that they were held against. */
  readonly clean: Set<string>;
  /** Keys by checksum of the table and by column. */
  readonly keys: Map<string, Promise<Keys | undefined>>;
}

export function knownTables(): KnownTables {
  return { clean: new Set(), keys: new Map() };
}

/** Checksums by table over names, types, shapes, missing values and stored bytes; without tables that cannot be read so. */
export function checksumsOf({ contents, path }: FileView, byRow: ReadonlySet<string>): Map<string, string> {
  const checksums = new Map<string, string>();
  const descriptor = openSync(path, 'r');
  try {
    for (const [table, group] of contents.root.groups) {
      if (byRow.has(table) || DATA_TABLES.some((name) => name === table)) continue;
      const checksum = checksumOf(descriptor, group);
      if (checksum !== undefined) checksums.set(table, checksum);
    }
  } finally {
    closeSync(descriptor);
  }
  return checksums;
}

function checksumOf(descriptor: number, group: StoredGroup): string | undefined {
  const hash = createHash('sha256');
  let room = MOST_BYTES;
  try {
    for (const variable of group.variables.values()) {
      if (variable.type === 'string') return undefined;
      const { name, type, shape, attributes } = variable;
      const parts = variable.storage();
      hash.update(JSON.stringify([name, type, shape, String(attributes.get('_FillValue'))]));
      hash.update(JSON.stringify(parts.map(({ firstRow, rows, size }) => [firstRow, rows, size])));
      for (const { address, size } of parts) {
        room -= size;
        if (room < 0) return undefined;
        const bytes = Buffer.allocUnsafe(size);
        if (readSync(descriptor, bytes, 0, size, address) !== size) return undefined;
        hash.update(bytes);
      }
    }
  } catch (error) {
    // Where it is damaged is told by those who read it.
    if (error instanceof InputError) return undefined;
    throw error;
  }
  return hash.digest('hex');
}
