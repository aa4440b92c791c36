import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createNetcdf, type NcType, type NumericArray } from '../../src/netcdf4/index.js';
import { readAttributes, readVariables, temporaryFolder } from './oracle.js';

const at = temporaryFolder();
const ROWS = 4000;
const CHUNK_ROWS = 1000;

interface Given {
  type: NcType;
  values?: NumericArray | string[];
  fill?: number | bigint | string;
}

/** Writes one variable over a table of 4000 rows and reads it back. */
async function roundTrip(name: string, { type, values, fill }: Given, chunkRows = CHUNK_ROWS) {
  const path = at(`${name}.nc`);
  const file = await createNetcdf(path, { chunkRows });
  file.root.dimension('row');
  file.root.dimension('width', 3);
  file.root.variable('other', 'int', ['row']).append(new Int32Array(ROWS));
  const variable = file.root.variable(
    'v',
    type,
    type === 'char' ? ['row', 'width'] : ['row'],
    fill === undefined ? {} : { fill },
  );
  if (values !== undefined) variable.append(values);
  const { bytes } = await file.close();
  return { ...readVariables(path, ['v']).v, bytes, path };
}

const ints = (at: (i: number) => number): Int32Array => Int32Array.from({ length: ROWS }, (_, i) => at(i));

describe('fill values', () => {
  it('declares the fill value only where it occurs', async () => {
    const without = await roundTrip('absent', { type: 'int', values: ints((i) => i), fill: -1 });
    expect(without.attributes).toEqual({});
    const withOne = await roundTrip('present', {
      type: 'int',
      values: ints((i) => (i === 3999 ? -1 : i)),
      fill: -1,
    });
    expect(withOne.attributes).toEqual({ _FillValue: Int32Array.of(-1) });
  });

  it.each([
    ['byte', -5, Int8Array.of(-5)],
    ['ubyte', 255, Uint8Array.of(255)],
    ['short', -32768, Int16Array.of(-32768)],
    ['ushort', 65535, Uint16Array.of(65535)],
    ['int', -2147483648, Int32Array.of(-2147483648)],
    ['uint', 4294967295, Uint32Array.of(4294967295)],
    ['int64', -(2n ** 63n), BigInt64Array.of(-(2n ** 63n))],
    ['int64', -9, BigInt64Array.of(-9n)],
    ['uint64', 2n ** 64n - 1n, BigUint64Array.of(2n ** 64n - 1n)],
    ['float', Number.NaN, Float32Array.of(Number.NaN)],
    ['double', -999.9, Float64Array.of(-999.9)],
  ] as const)('a %s variable without rows reads as its fill value', async (type, fill, expected) => {
    const read = await roundTrip(`missing-${type}-${fill}`, { type, fill });
    expect(read.attributes).toEqual({ _FillValue: expected });
    const values = read.values as NumericArray;
    expect(values).toHaveLength(ROWS);
    expect(values.constructor).toBe(expected.constructor);
    expect([...values].every((value) => Object.is(value, expected[0]))).toBe(true);
    expect(read.chunks).toBeNull();
  });

  it('text variables without rows read as blanks and as the fill string', async () => {
    const text = await roundTrip('missing-char', { type: 'char', fill: ' ' });
    expect(text.attributes).toEqual({ _FillValue: ' ' });
    expect((text.values as string[]).join('')).toBe(' '.repeat(3 * ROWS));
    const strings = await roundTrip('missing-string', { type: 'string', fill: 'NA' });
    expect(strings.attributes).toEqual({ _FillValue: ['NA'] });
    expect(strings.values).toEqual(new Array(ROWS).fill('NA'));
  });

  it('padding blanks are no missing text, an all-blank text is', async () => {
    const padded = Buffer.from('ab '.repeat(ROWS));
    expect((await roundTrip('padded', { type: 'char', fill: ' ', values: padded })).attributes).toEqual({});
    const indented = Buffer.from(' ab'.repeat(ROWS));
    expect((await roundTrip('indented', { type: 'char', fill: ' ', values: indented })).attributes).toEqual(
      {},
    );
    const blank = Buffer.from(`${'ab '.repeat(ROWS - 1)}   `);
    expect((await roundTrip('blank', { type: 'char', fill: ' ', values: blank })).attributes).toEqual({
      _FillValue: ' ',
    });
  });

  it('any NaN is a missing value where the fill value is NaN', async () => {
    const values = new Float64Array(ROWS).map((_, i) => i);
    new BigUint64Array(values.buffer)[17] = 0x7ff8dead_beef0001n;
    const read = await roundTrip('nan-payload', { type: 'double', fill: Number.NaN, values });
    expect(read.attributes).toEqual({ _FillValue: Float64Array.of(Number.NaN) });
    expect(new BigUint64Array((read.values as Float64Array).slice().buffer)[17]).toBe(0x7ff8dead_beef0001n);
  });

  it('strings that are the fill string are declared', async () => {
    const values = Array.from({ length: ROWS }, (_, i) => (i < 1500 ? 'NA' : `s${i}`));
    const read = await roundTrip('string-fill', { type: 'string', fill: 'NA', values });
    expect(read.values).toEqual(values);
    expect(read.attributes).toEqual({ _FillValue: ['NA'] });
  });
});

describe('constant chunks', () => {
  it('a constant column has no storage, no attribute, and reads back', async () => {
    const values = ints(() => 42);
    const read = await roundTrip('constant', { type: 'int', values, fill: -1 });
    expect(read).toMatchObject({ values, chunks: null, attributes: {} });
    const empty = await roundTrip('no-rows', { type: 'int', fill: -1 });
    // The same file but for the attribute `_FillValue` (a message of 50 bytes) of the other one.
    expect(Math.abs(read.bytes - empty.bytes)).toBeLessThan(128);
  });

  it('a short constant column has no storage either', async () => {
    const values = ints(() => 7);
    const read = await roundTrip('short', { type: 'int', values }, 16384);
    expect(read).toMatchObject({ values, chunks: null, attributes: {} });
  });

  it('leaves out the constant chunks between others', async () => {
    const noise = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 1;
    const values = ints((i) => (i >= 1000 && i < 3000 ? 9 : noise(i)));
    const read = await roundTrip('between', { type: 'int', values, fill: -1 });
    expect(read).toMatchObject({ values, chunks: [1000], attributes: {} });
    const full = await roundTrip('full', { type: 'int', values: ints(noise), fill: -1 });
    expect(read.bytes).toBeLessThan(full.bytes - 4000);
  });

  it('chunks of another constant than the first are stored', async () => {
    const values = ints((i) => Math.floor(i / 1000));
    const read = await roundTrip('steps', { type: 'int', values, fill: -1 });
    expect(read).toMatchObject({ values, attributes: {} });
  });

  it('gives left-out chunks storage when the declared fill value occurs after all', async () => {
    const values = ints((i) => (i < 2000 ? 9 : i === 2500 ? -1 : 3));
    const read = await roundTrip('materialised', { type: 'int', values, fill: -1 });
    expect(read).toMatchObject({ values, chunks: [1000], attributes: { _FillValue: Int32Array.of(-1) } });
  });

  it('does so also when it occurs in the last, partial chunk', async () => {
    const values = ints((i) => (i === ROWS - 1 ? -1 : 9));
    const read = await roundTrip('late', { type: 'int', values, fill: -1 }, 1500);
    expect(read).toMatchObject({ values, attributes: { _FillValue: Int32Array.of(-1) } });
  });

  it('chunks that are all fill are left out once it is the background', async () => {
    const values = Float32Array.from({ length: ROWS }, (_, i) => (i < 3000 ? Number.NaN : i));
    const read = await roundTrip('all-fill', { type: 'float', values, fill: Number.NaN });
    expect(read.values).toEqual(values);
    expect(read.attributes).toEqual({ _FillValue: Float32Array.of(Number.NaN) });
  });

  it('tells 0 from -0', async () => {
    const values = Float64Array.from({ length: ROWS }, (_, i) => (i < 2000 ? 0 : -0));
    const read = await roundTrip('zeros', { type: 'double', values });
    expect([...(read.values as Float64Array)].map((v) => Object.is(v, -0))).toEqual(
      [...values].map((v) => Object.is(v, -0)),
    );
  });

  it.each([
    [' ', null],
    ['\0', null],
    ['x', [1000, 3]],
  ])('of the texts, only blank and NUL ones are left out: %j', async (character, chunks) => {
    const values = Buffer.from(character.repeat(3 * ROWS));
    const name = `text-${character.charCodeAt(0)}`;
    const read = await roundTrip(name, { type: 'char', values });
    expect(read.chunks).toEqual(chunks);
    const shown = character === '\0' ? '' : character;
    expect((read.values as string[]).every((value) => value === shown)).toBe(true);
  });

  it('a table without rows declares no fill value', async () => {
    const path = at('no-table.nc');
    const file = await createNetcdf(path);
    file.root.dimension('row');
    file.root.variable('v', 'int', ['row'], { fill: -1 });
    await file.close();
    expect(readAttributes(path, 'v')).toEqual({});
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('HDF');
  });
});
