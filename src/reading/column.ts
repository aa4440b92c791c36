/** A variable of a table as a column: its kind, what it says of itself, its rows as numbers or texts. */
import type { NumericArray, StoredAttribute, StoredVariable } from '../netcdf4/index.js';
import type { ColumnKind, StationColumn } from './station.js';

/** A text attribute, '' for anything else. */
export function textOf(attribute: StoredAttribute | undefined): string {
  return typeof attribute === 'string' ? attribute : '';
}

export function stationColumn(variable: StoredVariable): StationColumn {
  const { name, attributes, shape } = variable;
  const kind = kindOf(variable);
  const rows = shape[0] ?? 0;
  const width = kind === 'text' ? (shape[1] ?? 1) : 1;
  return {
    name,
    kind,
    rows,
    width,
    get units() {
      return textOf(attributes.get('units'));
    },
    get description() {
      return textOf(attributes.get('description'));
    },
    get externalTable() {
      return textOf(attributes.get('external_table'));
    },
    get isStored() {
      return variable.isStored;
    },
    get missing() {
      return kind === 'text' ? undefined : fillOf(variable);
    },
    raw: (from, to) => variable.read(from, to),
    async numbers(from, to) {
      if (kind === 'text') throw new TypeError(`${variable.path} holds texts`);
      return numbersOf(await variable.read(from, to), fillOf(variable));
    },
    async texts(from, to) {
      if (kind !== 'text') throw new TypeError(`${variable.path} holds numbers`);
      return textsOf((await variable.read(from, to)) as Uint8Array, width);
    },
  };
}

function kindOf({ type, attributes }: StoredVariable): ColumnKind {
  if (type === 'char') return 'text';
  if (type === 'float' || type === 'double') return 'number';
  return textOf(attributes.get('units')).includes(' since ') ? 'time' : 'int';
}

function fillOf({ attributes }: StoredVariable): number | bigint | undefined {
  const fill = attributes.get('_FillValue');
  return typeof fill === 'object' && typeof fill[0] !== 'string' ? fill[0] : undefined;
}

function numbersOf(values: NumericArray, missing: number | bigint | undefined): Float64Array {
  const hole = missing === undefined ? undefined : Number(missing);
  if (values instanceof Float64Array && (hole === undefined || Number.isNaN(hole))) return values;
  if (values instanceof BigInt64Array) return wideNumbers(values, hole);
  const numbers =
    values instanceof BigUint64Array ? Float64Array.from(values, Number) : Float64Array.from(values);
  if (hole !== undefined)
    for (let i = 0; i < numbers.length; i++) if (numbers[i] === hole) numbers[i] = Number.NaN;
  return numbers;
}

/** 64-bit integers as doubles, NaN for `hole`; as pairs of words, for a bigint each would take twenty times as long. */
export function wideNumbers(values: BigInt64Array, hole: number | undefined): Float64Array {
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) {
    const value = (words[2 * i + 1] as number) * 4294967296 + ((words[2 * i] as number) >>> 0);
    numbers[i] = value === hole ? Number.NaN : value;
  }
  return numbers;
}

/** Rows of `width` bytes, padded with NUL, as texts. Neighbours are often equal: each run is decoded once. */
function textsOf(bytes: Uint8Array, width: number): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const texts: string[] = [];
  let text = '';
  for (let at = 0; at < buffer.length; at += width) {
    if (at === 0 || buffer.compare(buffer, at - width, at, at, at + width) !== 0) {
      let end = at + width;
      while (end > at && buffer[end - 1] === 0) end--;
      text = buffer.toString('utf8', at, end);
    }
    texts.push(text);
  }
  return texts;
}
