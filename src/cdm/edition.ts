import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { asStorageError, isSystemError, TablesError } from '../errors.js';
import { parseCodeTable } from './code-table.js';
import { parseDefinition } from './definitions.js';
import type { CdmEdition, CodeTable, TableDefinition, TableWarning } from './model.js';

/** What is known about where an edition comes from; read from `edition.json` in the folder where not given. */
export interface EditionIdentity {
  name?: string;
  repository?: string;
  commit?: string;
}

/** The folders of an edition and the file names that belong to it; everything else in them is ignored. */
export const TABLE_FOLDERS = ['table_definitions', 'tables'] as const;
export const TABLE_FILE = /^[A-Za-z0-9][A-Za-z0-9_-]*\.(?:csv|dat)$/;

/** Limits that no honest edition comes near (the largest real table has 25 kB, an edition about 300 kB in 150 files). */
export const LIMITS = { fileBytes: 4 * 1024 * 1024, totalBytes: 32 * 1024 * 1024, files: 1000 } as const;

/** Name of the file that records where a cached or bundled edition comes from. */
export const IDENTITY_FILE = 'edition.json';

interface SourceFile {
  path: string;
  table: string;
  bytes: Uint8Array;
}

/**
 * Loads all definitions (`table_definitions/`) and code tables (`tables/`) of a folder, in either dialect.
 * @throws TablesError when a folder is missing, empty or a file does not parse; StorageError when a file cannot be read.
 */
export async function loadEdition(folder: string, identity: EditionIdentity = {}): Promise<CdmEdition> {
  const definitionFiles = await readTableFiles(folder, 'table_definitions');
  const tableFiles = await readTableFiles(folder, 'tables');
  const recorded = await readIdentity(folder);
  const warnings: TableWarning[] = [];

  const definitions = new Map<string, TableDefinition>();
  for (const { path, table, bytes } of definitionFiles) {
    definitions.set(table, parseDefinition(table, bytes, path, warnings));
  }
  const tables = new Map<string, CodeTable>();
  for (const { path, table, bytes } of tableFiles) {
    tables.set(table, parseCodeTable(table, bytes, path, definitions.get(table), warnings));
  }
  return {
    name: identity.name ?? recorded.name ?? basename(resolve(folder)),
    repository: identity.repository ?? recorded.repository ?? resolve(folder),
    commit: identity.commit ?? recorded.commit ?? 'none',
    sha256: hashFiles([...definitionFiles, ...tableFiles]),
    definitions,
    tables,
    warnings,
    extensions: [],
  };
}

async function readTableFiles(folder: string, part: (typeof TABLE_FOLDERS)[number]): Promise<SourceFile[]> {
  const directory = join(folder, part);
  let names: string[];
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    // Links are followed: a folder of the user's own is trusted, other than a repository.
    names = entries
      .filter((entry) => !entry.isDirectory() && TABLE_FILE.test(entry.name))
      .map(({ name }) => name);
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new TablesError('NOT_AN_EDITION', `${folder} has no folder ${part}: not a CDM table repository`, {
        file: directory,
        hint: 'Give a folder that holds tables/ and table_definitions/.',
        cause: error,
      });
    }
    throw asStorageError(error, 'reading', directory);
  }
  if (names.length === 0) {
    throw new TablesError('NOT_AN_EDITION', `${directory} holds no table file`, { file: directory });
  }
  const files: SourceFile[] = [];
  // Code-unit order, not the locale's: warnings and the hash must not depend on the machine.
  for (const name of names.sort()) files.push(await readTableFile(directory, part, name));
  const repeated = files.find(
    (file, index) => files.findIndex((other) => other.table === file.table) !== index,
  );
  if (repeated !== undefined) {
    throw new TablesError('DUPLICATE_TABLE', `${directory} has table ${repeated.table} twice`, {
      file: repeated.path,
    });
  }
  return files;
}

async function readTableFile(directory: string, part: string, name: string): Promise<SourceFile> {
  const path = `${part}/${name}`;
  try {
    const { size } = await stat(join(directory, name));
    if (size > LIMITS.fileBytes) {
      throw new TablesError('TABLE_TOO_LARGE', `${path} has ${size} bytes, at most ${LIMITS.fileBytes}`, {
        file: path,
      });
    }
    return { path, table: name.replace(/\.[^.]*$/, ''), bytes: await readFile(join(directory, name)) };
  } catch (error) {
    throw asStorageError(error, 'reading', join(directory, name));
  }
}

async function readIdentity(folder: string): Promise<EditionIdentity> {
  let text: string;
  try {
    text = await readFile(join(folder, IDENTITY_FILE), 'utf8');
  } catch {
    // A plain folder of tables has no such file.
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    const field = (key: string): string | undefined => {
      const found: unknown =
        typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
      return typeof found === 'string' ? found : undefined;
    };
    const [name, repository, commit] = [field('name'), field('repository'), field('commit')];
    return {
      ...(name !== undefined && { name }),
      ...(repository !== undefined && { repository }),
      ...(commit !== undefined && { commit }),
    };
  } catch (error) {
    throw new TablesError('MALFORMED_IDENTITY', `${join(folder, IDENTITY_FILE)} is not JSON`, {
      file: join(folder, IDENTITY_FILE),
      cause: error,
    });
  }
}

function hashFiles(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.byteLength}\0`).update(bytes);
  return hash.digest('hex');
}
