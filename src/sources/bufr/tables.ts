/**
 * The BUFR tables B (elements), C (names of operators) and D (sequences), by version of the master table, with the local
 * tables of ECMWF. The facts are in `sources/bufr-tables.json`, made by `scripts/make-bufr-tables.ts`.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { asStorageError, InputError } from '../../errors.js';
import { type CodedElement, codedElement } from './element.js';

/** Which tables a message refers to (section 1). */
export interface TableVersion {
  centre: number;
  masterVersion: number;
  localVersion: number;
}

/** The tables in force for a message. */
export interface TableSet {
  /** Entry of table B, null where there is none. */
  element(descriptor: number): CodedElement | null;
  /** Entry of table D, null where there is none. */
  sequence(descriptor: number): readonly number[] | null;
  /** Name of an operator that stands in the data, such as `qualityInformationFollows` of 222000; '' for others. */
  operatorName(descriptor: number): string;
}

export interface BufrTables {
  /** The same object for messages with the same tables. */
  select(version: TableVersion): TableSet;
}

/** The first version of a line of facts, and the line. */
type Facts = ReadonlyMap<number, readonly (readonly [from: number, fields: string])[]>;

interface Lists {
  elements: Facts;
  sequences: Facts;
}

const NO_LISTS: Lists = { elements: new Map(), sequences: new Map() };
const PATH = fileURLToPath(new URL('../../../sources/bufr-tables.json', import.meta.url));

let loaded: Promise<BufrTables> | null = null;

/**
 * The tables of the package, read on the first call.
 *
 * @throws StorageError where the file is missing, InputError `BUFR_TABLES` where it is not what it should be
 */
export async function loadTables(): Promise<BufrTables> {
  loaded ??= readTables();
  try {
    return await loaded;
  } catch (error) {
    loaded = null;
    throw error;
  }
}

async function readTables(): Promise<BufrTables> {
  try {
    const content: unknown = JSON.parse(await readFile(PATH, 'utf8'));
    return createTables(content);
  } catch (error) {
    if (error instanceof SyntaxError) throw unusable(error);
    throw asStorageError(error, 'cannot read', PATH);
  }
}

function unusable(cause?: unknown): InputError {
  return new InputError('BUFR_TABLES', `${PATH}: not the BUFR tables of this package`, { file: PATH, cause });
}

function createTables(content: unknown): BufrTables {
  const fields = fieldsOf(content);
  const versions = String(fields.get('versions') ?? '')
    .split(' ')
    .map(Number);
  const oldest = versions[0] ?? Number.NaN;
  const newest = versions.at(-1) ?? Number.NaN;
  if (Number.isNaN(oldest + newest)) throw unusable();
  const master = listsOf(fields);
  const operators = new Map(
    lines(fields.get('operators')).map((line) => [Number(line.slice(0, 6)), line.slice(7)]),
  );
  const local = new Map<string, Lists>();
  for (const [centre, byVersion] of fieldsOf(fields.get('local')))
    for (const [version, lists] of fieldsOf(byVersion))
      local.set(`${centre}/${version}`, listsOf(fieldsOf(lists)));

  const sets = new Map<string, TableSet>();
  return {
    select({ centre, masterVersion, localVersion }) {
      // 0 is the experimental table, which tells nothing: the newest; others are read with the nearest version.
      const version = masterVersion === 0 ? newest : Math.min(Math.max(masterVersion, oldest), newest);
      // ECMWF's local versions are kept apart only where they go with version 19 of the master table.
      const localKey = `${centre}/${masterVersion === 19 ? '19-' : ''}${localVersion}`;
      const own = local.get(localKey);
      const key = own === undefined ? `${version}` : `${version}/${localKey}`;
      let set = sets.get(key);
      if (set === undefined) {
        set = createTableSet(master, version, own ?? NO_LISTS, operators);
        sets.set(key, set);
      }
      return set;
    },
  };
}

function createTableSet(
  master: Lists,
  version: number,
  local: Lists,
  operators: ReadonlyMap<number, string>,
): TableSet {
  const elements = new Map<number, CodedElement | null>();
  const sequences = new Map<number, readonly number[] | null>();
  return {
    element(descriptor) {
      let element = elements.get(descriptor);
      if (element === undefined) {
        const fields = find(local.elements, descriptor, 0) ?? find(master.elements, descriptor, version);
        element = fields === null ? null : parseElement(descriptor, fields);
        elements.set(descriptor, element);
      }
      return element;
    },
    sequence(descriptor) {
      let sequence = sequences.get(descriptor);
      if (sequence === undefined) {
        const fields = find(local.sequences, descriptor, 0) ?? find(master.sequences, descriptor, version);
        sequence = fields === null ? null : fields.split(' ').filter(Boolean).map(Number);
        sequences.set(descriptor, sequence);
      }
      return sequence;
    },
    operatorName: (descriptor) => operators.get(descriptor) ?? '',
  };
}

/** What holds in a version: the newest line that is not newer, null where there is none or where it says absent. */
function find(facts: Facts, descriptor: number, version: number): string | null {
  const fields = facts.get(descriptor)?.findLast(([from]) => from <= version)?.[1];
  return fields === undefined || fields === 'absent' ? null : fields;
}

function parseElement(descriptor: number, fields: string): CodedElement {
  const [kind = '', scale = '', reference = '', width = '', unit = '', name = ''] = fields.split('|');
  return codedElement({
    descriptor,
    name,
    unit,
    kind: kind === 'text' || kind === 'code' ? kind : 'number',
    scale: Number(scale),
    reference: Number(reference),
    width: Number(width),
  });
}

function listsOf(fields: ReadonlyMap<string, unknown>): Lists {
  return { elements: factsOf(fields.get('elements')), sequences: factsOf(fields.get('sequences')) };
}

/** Lines `descriptor|from version|fields`, in the order of the versions. */
function factsOf(content: unknown): Facts {
  const facts = new Map<number, [number, string][]>();
  for (const line of lines(content)) {
    const descriptor = Number(line.slice(0, 6));
    const bar = line.indexOf('|', 7);
    const fact: [number, string] = [Number(line.slice(7, bar)), line.slice(bar + 1)];
    const list = facts.get(descriptor);
    if (list === undefined) facts.set(descriptor, [fact]);
    else list.push(fact);
  }
  return facts;
}

function lines(content: unknown): readonly string[] {
  if (!Array.isArray(content)) throw unusable();
  return content.map(String);
}

function fieldsOf(content: unknown): ReadonlyMap<string, unknown> {
  if (typeof content !== 'object' || content === null) throw unusable();
  return new Map<string, unknown>(Object.entries(content));
}
