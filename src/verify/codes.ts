/** Looking codes and ids up in the tables of the file itself: what `external_table` promises. */
import type { NumericArray, StoredVariable } from '../netcdf4/index.js';
import { type FileView, placeOf } from './file-view.js';
import type { FindingKind } from './findings.js';
import { DATA_TABLES } from './layout.js';

/** What `--profile cuon` writes that no table holds, as the reference harvester does. */
const CUON_CODES: Readonly<Record<string, number>> = { 'units:units': 0, 'z_coordinate_type:type': 2 };

/** The values of one column of a table. */
export interface Keys {
  /** `table:column`. */
  readonly target: string;
  /** What a value that is not there is called. */
  readonly kind: FindingKind;
  readonly texts: ReadonlySet<string>;
  /** By code, 1 where it is there; codes outside are in `texts` alone. */
  readonly codes: Uint8Array;
}

/** Codes up to here have a place in an array. */
const DENSE_CODES = 1 << 16;

/** Finds the column that values of a variable refer to. */
export interface KeyFinder {
  /** Undefined for a variable that refers to nothing, and where the target itself cannot be read. */
  of(variable: StoredVariable): Promise<Keys | undefined>;
}

/**
 * @param checksums of code tables, by table
 * @param shared keys that other files have, by checksum and column
 */
export function createKeyFinder(
  view: FileView,
  checksums: ReadonlyMap<string, string>,
  shared: Map<string, Promise<Keys | undefined>>,
): KeyFinder {
  const known = new Map<string, Promise<Keys | undefined>>();
  return {
    of({ attributes }) {
      const target = attributes.get('external_table');
      if (typeof target !== 'string') return Promise.resolve(undefined);
      const checksum = checksums.get(target.slice(0, target.indexOf(':')));
      const everywhere = checksum === undefined ? undefined : `${checksum} ${target} ${view.profile}`;
      const found = known.get(target) ?? shared.get(everywhere ?? '') ?? readKeys(view, target);
      if (everywhere !== undefined) shared.set(everywhere, found);
      known.set(target, found);
      return found;
    },
  };
}

async function readKeys(view: FileView, target: string): Promise<Keys | undefined> {
  const [table = '', column = ''] = target.split(':');
  const kind = DATA_TABLES.some((name) => name === table) ? 'foreign-key' : 'code';
  const variable = view.variable(table, column);
  const texts = new Set<string>();
  if (variable !== undefined) {
    const values =
      variable.type === 'char' ? await view.texts(table, column) : await view.numbers(table, column);
    if (values === undefined) return undefined;
    for (const value of values) texts.add(String(value));
    texts.delete('NaN');
  }
  const extra = view.profile === 'cuon' ? CUON_CODES[target] : undefined;
  if (extra !== undefined) texts.add(String(extra));
  return { target, kind, texts, codes: denseCodes(texts) };
}

function denseCodes(texts: ReadonlySet<string>): Uint8Array {
  const codes: number[] = [];
  let length = 0;
  for (const text of texts) {
    const code = Number(text);
    if (text === '' || !(code >= 0 && code < DENSE_CODES)) continue;
    codes.push(code);
    length = Math.max(length, Math.floor(code) + 1);
  }
  const dense = new Uint8Array(length);
  for (const code of codes) dense[code] = 1;
  return dense;
}

/** Whether a code is a key. */
function hasCode({ codes, texts }: Keys, code: number): boolean {
  return code >= 0 && code < codes.length ? codes[code] === 1 : texts.has(String(code));
}

/**
 * Looks up rows that begin at `firstRow`; a code that goes on for many rows is told once for all of them.
 *
 * @param missing stands for no code
 */
export function checkCodes(
  view: FileView,
  { path }: StoredVariable,
  keys: Keys,
  values: NumericArray,
  firstRow: number,
  missing: number,
): void {
  if (!(values instanceof Int32Array)) return;
  let last = missing;
  for (let i = 0; i < values.length; i++) {
    const code = values[i] as number;
    if (code === last) continue;
    last = code;
    if (code === missing || hasCode(keys, code)) continue;
    const [table, variable] = placeOf(path);
    view.findings.add(
      keys.kind,
      { table, variable, row: firstRow + i },
      () => `${code} is not in ${keys.target}`,
    );
  }
}

/** Looks up the texts of a small table; of an array such as `{1,2}` each of its parts. Texts that are missing refer to nothing. */
export function checkTexts(
  { findings, profile }: FileView,
  { path }: StoredVariable,
  keys: Keys,
  texts: readonly string[],
): void {
  const [table, variable] = placeOf(path);
  // The profile cuon has one header for each time: the reports that it also stands for have the next numbers at that time.
  const isUnderHeader = (id: string): boolean =>
    profile === 'cuon' && variable === 'duplicates' && keys.texts.has(id.replace(/-\d\d$/, '-00'));
  for (const [row, text] of texts.entries()) {
    if (text === '') continue;
    for (const part of /^\{.*\}$/s.test(text) ? text.slice(1, -1).split(',') : [text])
      if (!keys.texts.has(part) && !isUnderHeader(part))
        findings.add(keys.kind, { table, variable, row }, () => `${quoted(part)} is not in ${keys.target}`);
  }
}

/** A text of the file for a message: in quotes, control characters escaped, not longer than a line bears. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
