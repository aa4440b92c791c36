/**
 * `harvest tables list|update|diff`: what the tables of an edition hold, whether there is a newer one, and what changed between two.
 * Plain functions that return the text for standard output; they print nothing.
 */
import {
  type CdmEdition,
  diffEditions,
  type EditionDifference,
  listCachedEditions,
  openTables,
  type TablesContract,
} from '../cdm/index.js';
import { NetworkError } from '../errors.js';

/** Options that reach `openTables` unchanged. */
interface OpenOptions {
  cacheDir: string;
  offline?: boolean;
  allowFileUrls?: boolean;
}

export interface ListTablesOptions extends OpenOptions {
  /** A `--tables` value. */
  spec: string;
  json: boolean;
}

/** Elements of a summary, in the order in which they are shown. */
interface EditionSummary {
  name: string;
  repository: string;
  commit: string;
  sha256: string;
  definitions: number;
  elements: number;
  tables: number;
  codes: number;
}

function summarise(edition: CdmEdition): EditionSummary {
  const { name, repository, commit, sha256, definitions, tables } = edition;
  let elements = 0;
  let codes = 0;
  for (const definition of definitions.values()) elements += definition.elements.length;
  for (const table of tables.values()) codes += table.rows.length;
  return {
    name,
    repository,
    commit,
    sha256,
    definitions: definitions.size,
    elements,
    tables: tables.size,
    codes,
  };
}

/**
 * Describes the edition that a `--tables` value stands for: identity, counts, extensions, warnings, and the cached editions.
 * @throws what `openTables` throws.
 */
export async function listTables(options: ListTablesOptions): Promise<string> {
  const notes: string[] = [];
  const edition = await openTables(options.spec, {
    ...openOptions(options),
    onWarning: (text) => notes.push(text),
  });
  const summary = summarise(edition);
  const cached = await listCachedEditions(options.cacheDir);
  if (options.json) {
    const { extensions, warnings } = edition;
    return JSON.stringify({ ...summary, notes, extensions, warnings, cached }, null, 2);
  }
  return [
    `${summary.name}  ${summary.repository}  ${summary.commit}`,
    `sha256      ${summary.sha256}`,
    `definitions ${summary.definitions} tables with ${summary.elements} elements`,
    `code tables ${summary.tables} with ${summary.codes} codes`,
    ...notes.map((note) => `note: ${note}`),
    '',
    `extensions (${edition.extensions.length})`,
    ...edition.extensions.map(({ table, what, name }) =>
      what === 'table' ? `  ${table}: table replaced` : `  ${table}: ${what} ${name}`,
    ),
    '',
    `warnings (${edition.warnings.length})`,
    ...edition.warnings.map(({ file, line, message }) => `  ${file}:${line}: ${message}`),
    '',
    `cached editions (${cached.length})`,
    ...cached.map(({ name, commit, fetchedAt }) => `  ${name}@${commit}  fetched ${fetchedAt}`),
  ].join('\n');
}

export interface UpdateTablesOptions extends OpenOptions {
  /** A `--tables` value that names a repository. */
  spec: string;
  /** What the writer relies on: the new edition is checked against it. */
  contract?: TablesContract;
}

/**
 * Asks the remote for its newest commit, fetches it where the cache lacks it, and says what changed against the newest edition that
 * was cached before.
 * @throws NetworkError when the remote cannot be reached (an update never falls back); otherwise what `openTables` throws.
 */
export async function updateTables(options: UpdateTablesOptions): Promise<string> {
  const before = await listCachedEditions(options.cacheDir);
  const edition = await openTables(options.spec, {
    ...openOptions(options),
    ...(options.contract !== undefined && { contract: options.contract }),
    onWarning: (text) => {
      throw new NetworkError('TABLES_NOT_UPDATED', `the tables were not updated: ${text}`, {
        hint: 'Check the network and run the same command again.',
      });
    },
  });
  const known = before.filter(({ repository }) => repository === edition.repository);
  const title = `${edition.name} ${edition.commit}`;
  const check = options.contract === undefined ? '' : ', nothing that is written has changed its meaning';
  if (known.some(({ commit }) => commit === edition.commit)) return `${title}: up to date${check}`;
  if ((await listCachedEditions(options.cacheDir)).every(({ commit }) => commit !== edition.commit)) {
    return `${title}: not a repository, nothing to update${check}`;
  }
  const [newest] = known;
  if (newest === undefined)
    return `${title}: fetched, the first edition of these tables in the cache${check}`;
  const { repository, commit } = newest;
  const previous = await openTables(`${repository}@${commit}`, { ...openOptions(options), offline: true });
  const differences = diffEditions(previous, edition);
  return [
    `${title}: fetched${check}`,
    `changes since ${commit}: ${differences.length}`,
    ...differences.map(line),
  ].join('\n');
}

export interface DiffTablesOptions extends OpenOptions {
  /** `--tables` values: before and after. */
  a: string;
  b: string;
  json: boolean;
}

/**
 * What changed from edition `a` to edition `b`, one line or JSON object per difference.
 * @throws what `openTables` throws.
 */
export async function diffTables(options: DiffTablesOptions): Promise<string> {
  const notes: string[] = [];
  const open = (spec: string): Promise<CdmEdition> =>
    openTables(spec, { ...openOptions(options), onWarning: (text) => notes.push(text) });
  const a = await open(options.a);
  const b = await open(options.b);
  const differences = diffEditions(a, b);
  if (options.json) {
    return JSON.stringify({ a: summarise(a), b: summarise(b), notes, differences }, null, 2);
  }
  return [
    `${a.name} ${a.commit} -> ${b.name} ${b.commit}: ${differences.length} differences`,
    ...notes.map((note) => `note: ${note}`),
    ...differences.map(line),
  ].join('\n');
}

function line({ table, change, name, before, after }: EditionDifference): string {
  const values = [before === undefined ? '' : `- ${before}`, after === undefined ? '' : `+ ${after}`];
  const text = [`${table}: ${change} ${name}`, ...values.filter((value) => value !== '')];
  return `  ${text.join('\n      ')}`;
}

function openOptions({ cacheDir, offline, allowFileUrls }: OpenOptions): OpenOptions {
  return {
    cacheDir,
    ...(offline !== undefined && { offline }),
    ...(allowFileUrls !== undefined && { allowFileUrls }),
  };
}
