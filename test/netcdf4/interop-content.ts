/** The content that the interop tests write and expect: a matrix of all types, and what libnetcdf writes as well. */
import { createHash } from 'node:crypto';
import { createNetcdf, type NcType, type NumericArray } from '../../src/netcdf4/index.js';

/** What a reader sees of a variable: type, shape, and a hash of its values. */
export type Digest = [kind: string, shape: number[], hash: string];

/** Rows of `/table`. */
export const ROWS = 5003;
const CHUNK_ROWS = 1000;
const KINDS = {
  byte: 'i1',
  ubyte: 'u1',
  short: 'i2',
  ushort: 'u2',
  int: 'i4',
  uint: 'u4',
  int64: 'i8',
  uint64: 'u8',
  float: 'f4',
  double: 'f8',
  char: 'S1',
} as const;

/** One value for each row. */
export const rows = <T>(value: (row: number) => T): T[] =>
  Array.from({ length: ROWS }, (_, row) => value(row));
const numbers = (value: (row: number) => number): number[] => rows(value);
const mixed = (row: number): number => Math.imul(row + 1, 0x9e3779b1);

/** A column to write: `absent` means never appended to, `values` is then what it reads as. */
export interface Column {
  type: NcType;
  values: NumericArray | string[];
  fill?: number;
  absent?: boolean;
  attributes?: Record<string, string | number>;
}

/** The columns of `/table`: each type, and each way in which chunks are left out or filled. */
export const COLUMNS: Record<string, Column> = {
  byte: { type: 'byte', values: Int8Array.from(numbers(mixed)) },
  ubyte: { type: 'ubyte', values: Uint8Array.from(numbers(mixed)) },
  short: { type: 'short', values: Int16Array.from(numbers(mixed)) },
  ushort: { type: 'ushort', values: Uint16Array.from(numbers(mixed)) },
  int: { type: 'int', values: Int32Array.from(numbers(mixed)), fill: -2147483648 },
  uint: { type: 'uint', values: Uint32Array.from(numbers(mixed)) },
  int64: { type: 'int64', values: BigInt64Array.from(rows((row) => BigInt(mixed(row)) * 4294967311n)) },
  uint64: {
    type: 'uint64',
    values: BigUint64Array.from(rows((row) => BigInt.asUintN(64, BigInt(mixed(row)) ** 3n))),
  },
  float: {
    type: 'float',
    values: Float32Array.from(numbers((row) => (row % 5 ? mixed(row) : Number.NaN))),
    fill: Number.NaN,
  },
  double: { type: 'double', values: Float64Array.from(numbers((row) => mixed(row) / 3)), fill: Number.NaN },
  string: { type: 'string', values: rows((row) => (row % 4 === 0 ? '' : `wörd ${row}`)) },
  constant: { type: 'int', values: new Int32Array(ROWS).fill(85), fill: -2147483648 },
  constant_time: { type: 'int64', values: new BigInt64Array(ROWS).fill(3_000_000_000n), fill: -9 },
  runs: { type: 'int', values: Int32Array.from(numbers((row) => (row < 3000 ? 4 : row))), fill: -1 },
  settled: {
    type: 'int',
    values: Int32Array.from(numbers((row) => (row < 2000 ? 4 : row === 4500 ? -1 : row))),
    fill: -1,
  },
  missing: { type: 'float', values: new Float32Array(ROWS).fill(Number.NaN), fill: Number.NaN, absent: true },
  missing_code: { type: 'int', values: new Int32Array(ROWS).fill(-1), fill: -1, absent: true },
  half_missing: {
    type: 'float',
    values: Float32Array.from(numbers((row) => (row < 2500 ? Number.NaN : row))),
    fill: Number.NaN,
  },
  described: {
    type: 'ushort',
    values: new Uint16Array(ROWS).fill(7),
    attributes: { description: 'ü', units: 'K', code: 3 },
  },
};

const WIDTH = 6;
const TEXT = Buffer.from(rows((row) => (row % 3 === 0 ? ' ' : String(row)).padEnd(WIDTH)).join(''));

/** Writes the matrix. */
export async function matrixFile(path: string): Promise<void> {
  const file = await createNetcdf(path, { chunkRows: CHUNK_ROWS });
  file.root.attribute('title', 'matrix – all types');
  file.root.dimension(`string${WIDTH}`, WIDTH);
  const table = file.root.group('table');
  table.dimension('row');
  for (const [name, { type, values, fill, absent, attributes = {} }] of Object.entries(COLUMNS)) {
    const variable = table.variable(name, type, ['row'], { attributes, ...(fill !== undefined && { fill }) });
    if (absent === true) continue;
    for (let from = 0; from < ROWS; from += 1300) variable.append(values.slice(from, from + 1300));
  }
  const encoding = { attributes: { _Encoding: 'utf-8' } };
  table.variable('char', 'char', ['row', `string${WIDTH}`], encoding).append(TEXT);
  table.variable('blank', 'char', ['row', `string${WIDTH}`], { ...encoding, fill: ' ' });
  table.variable('scalar', 'double', []).append(Float64Array.of(0.1));
  const edges = file.root.group('edges');
  for (const length of [0, 1, CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1]) {
    edges.dimension(`n${length}`);
    edges.variable(`rows${length}`, 'int', [`n${length}`]).append(Int32Array.from({ length }, (_, i) => i));
  }
  await file.close();
}

/** The content that `golden` in interop.py writes with libnetcdf. */
export async function goldenFile(path: string): Promise<void> {
  const file = await createNetcdf(path);
  const { root } = file;
  root.attribute('title', 'golden file');
  root.attribute('empty', '');
  root.attribute('number', 3);
  root.attribute('fraction', 2.5);
  root.attribute('array', Int16Array.of(1, 2, 3));
  root.attribute('words', ['a', '', 'ü']);
  root.dimension('string4', 4);
  root.dimension('time', 3);
  const time = root.variable('time', 'int64', ['time']);
  time.attribute('units', 'seconds since 1900-01-01 00:00:00');
  time.append(BigInt64Array.of(1n, 2n, 3n));
  const table = root.group('table');
  table.dimension('row', 4);
  const arrays: [string, NcType, NumericArray][] = [
    ['i1', 'byte', Int8Array.of(0, 1, 2, 3)],
    ['u1', 'ubyte', Uint8Array.of(1, 2, 3, 4)],
    ['i2', 'short', Int16Array.of(2, 3, 4, 5)],
    ['u2', 'ushort', Uint16Array.of(3, 4, 5, 6)],
    ['i4', 'int', Int32Array.of(4, 5, 6, 7)],
    ['u4', 'uint', Uint32Array.of(5, 6, 7, 8)],
    ['i8', 'int64', BigInt64Array.of(6n, 7n, 8n, 9n)],
    ['u8', 'uint64', BigUint64Array.of(7n, 8n, 9n, 10n)],
    ['f4', 'float', Float32Array.of(8, 9, 10, 11)],
    ['f8', 'double', Float64Array.of(9, 10, 11, 12)],
  ];
  for (const [kind, type, values] of arrays) table.variable(`v_${kind}`, type, ['row']).append(values);
  const text = table.variable('text', 'char', ['row', 'string4'], { attributes: { _Encoding: 'utf-8' } });
  text.append(Buffer.from('ab  cd  e   fghi'));
  table.variable('words', 'string', ['row']).append(['one', '', 'three', 'ü']);
  table.variable('missing', 'float', ['row'], { fill: Number.NaN });
  const partly = table.variable('partly', 'int', ['row'], { fill: -9, attributes: { description: 'codes' } });
  partly.append(Int32Array.of(1, -9, 3, 4));
  const cube = Float64Array.from({ length: 48 }, (_, i) => i / 2);
  table.variable('cube', 'double', ['row', 'time', 'string4']).append(cube);
  table.variable('row', 'char', ['row', 'string4']).append(Buffer.from('r1  r2  r3  r4  '));
  const inner = table.group('inner');
  inner.variable('scalar', 'double', []).append(Float64Array.of(1.25));
  inner.variable('shared', 'int', ['row']).append(Int32Array.of(4, 3, 2, 1));
  await file.close();
}

/** The digest that interop.py makes of the same values. */
export function digest(type: NcType, shape: number[], values: NumericArray | string[]): Digest {
  const content = Array.isArray(values)
    ? Buffer.from(values.join('\0'))
    : new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const kind = type === 'string' ? 'string' : KINDS[type];
  return [kind, shape, createHash('sha256').update(content).digest('hex')];
}

/** What every reader must find in the matrix, before masking and decoding. */
export function expectedDigests(): Record<string, Digest> {
  const expected: Record<string, Digest> = {};
  for (const [name, { type, values }] of Object.entries(COLUMNS))
    expected[`table/${name}`] = digest(type, [ROWS], values);
  expected['table/char'] = digest('char', [ROWS, WIDTH], TEXT);
  expected['table/blank'] = digest('char', [ROWS, WIDTH], Buffer.alloc(ROWS * WIDTH, ' '));
  expected['table/scalar'] = digest('double', [], Float64Array.of(0.1));
  for (const length of [0, 1, CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1])
    expected[`edges/rows${length}`] = digest(
      'int',
      [length],
      Int32Array.from({ length }, (_, i) => i),
    );
  return expected;
}
