import { describe, expect, it } from 'vitest';
import { createNetcdf, type NcType, type NumericArray } from '../../src/netcdf4/index.js';
import { readVariables, temporaryFolder } from './oracle.js';

const at = temporaryFolder();

const EXTREMES: Record<Exclude<NcType, 'char' | 'string'>, NumericArray> = {
  byte: Int8Array.of(-128, 0, 127, -1),
  ubyte: Uint8Array.of(0, 1, 254, 255),
  short: Int16Array.of(-32768, -1, 258, 32767),
  ushort: Uint16Array.of(0, 258, 65534, 65535),
  int: Int32Array.of(-2147483648, -1, 16909060, 2147483647),
  uint: Uint32Array.of(0, 16909060, 4294967294, 4294967295),
  int64: BigInt64Array.of(-(2n ** 63n), -1n, 72623859790382856n, 2n ** 63n - 1n),
  uint64: BigUint64Array.of(0n, 72623859790382856n, 2n ** 64n - 2n, 2n ** 64n - 1n),
  float: Float32Array.of(-0, Number.NaN, 3.4028234663852886e38, 1.401298464324817e-45),
  double: Float64Array.of(-0, Number.NaN, Number.MAX_VALUE, -Infinity),
};

const DTYPES: Record<string, string> = {
  byte: '<b',
  ubyte: '<B',
  short: '<h',
  ushort: '<H',
  int: '<i',
  uint: '<I',
  int64: '<q',
  uint64: '<Q',
  float: '<f',
  double: '<d',
};

/** Repeats `values` until the column needs several chunks. */
function repeated(values: NumericArray, times: number): NumericArray {
  const copy = new (values.constructor as new (length: number) => NumericArray)(values.length * times);
  for (let i = 0; i < copy.length; i++) copy[i] = values[i % values.length] as never;
  return copy;
}

describe('types', () => {
  const numeric = Object.keys(EXTREMES) as (keyof typeof EXTREMES)[];

  it.each([
    ['contiguous', 1],
    ['chunked with shuffle and deflate', 300],
  ])('reads every numeric type back, %s', async (layout, times) => {
    const path = at(`numeric-${times}.nc`);
    const file = await createNetcdf(path, { chunkRows: 500 });
    file.root.dimension('row');
    for (const type of numeric)
      file.root.variable(type, type, ['row']).append(repeated(EXTREMES[type], times));
    await file.close();
    const read = readVariables(path, numeric);
    for (const type of numeric) {
      expect(read[type]?.values, type).toEqual(repeated(EXTREMES[type], times));
      expect(read[type]?.dtype).toBe(DTYPES[type]);
      const shuffled = DTYPES[type] !== '<b' && DTYPES[type] !== '<B';
      const filters = shuffled ? ['shuffle', 'deflate'] : ['deflate'];
      expect(read[type]?.filters).toEqual(layout === 'contiguous' ? [] : filters);
      expect(read[type]?.chunks).toEqual(layout === 'contiguous' ? null : [500]);
    }
  });

  it('reads text of fixed width and of any length back', async () => {
    const path = at('text.nc');
    const texts = Array.from({ length: 41 }, (_, i) => (i % 3 === 0 ? '' : `Näme ${'x'.repeat(i)}`));
    const file = await createNetcdf(path, { chunkRows: 10 });
    file.root.dimension('row');
    file.root.dimension('width', 4);
    file.root.variable('char', 'char', ['row', 'width']).append(Buffer.from('ab  cd\0\0éé'.repeat(4)));
    file.root.dimension('other');
    file.root.variable('string', 'string', ['other']).append(texts.slice(0, 7));
    await expect(file.close()).resolves.toMatchObject({ bytes: expect.any(Number) });
    const read = readVariables(path, ['char', 'string']);
    expect(read.string?.values).toEqual(texts.slice(0, 7));
    expect(read.char?.dtype).toBe('A1');
    expect(read.char?.shape).toEqual([12, 4]);
  });

  it('reads strings over several chunks and heap collections back', async () => {
    const path = at('strings.nc');
    const texts = Array.from({ length: 1037 }, (_, i) => (i % 5 === 0 ? '' : `${i}ü`.repeat(i % 40)));
    const file = await createNetcdf(path, { chunkRows: 250 });
    file.root.dimension('row');
    const variable = file.root.variable('string', 'string', ['row']);
    for (let i = 0; i < texts.length; i += 100) variable.append(texts.slice(i, i + 100));
    await file.close();
    const read = readVariables(path, ['string']).string;
    expect(read?.values).toEqual(texts);
    expect(read?.chunks).toEqual([250]);
    expect(read?.filters).toEqual([]);
  });

  it('reads arrays of three dimensions and scalars back', async () => {
    const path = at('shapes.nc');
    const values = Float32Array.from({ length: 7 * 3 * 5 }, (_, i) => i / 2);
    const file = await createNetcdf(path, { chunkRows: 2 });
    file.root.dimension('a');
    file.root.dimension('b', 3);
    file.root.dimension('c', 5);
    const cube = file.root.variable('cube', 'float', ['a', 'b', 'c']);
    cube.append(values.subarray(0, 15));
    cube.append(values.subarray(15));
    expect(cube.rows).toBe(7);
    file.root.variable('scalar', 'double', []).append(Float64Array.of(2.5));
    file.root.variable('word', 'string', []).append(['one']);
    await file.close();
    const read = readVariables(path, ['cube', 'scalar', 'word']);
    expect(read.cube?.values).toEqual(values);
    expect(read.cube?.shape).toEqual([7, 3, 5]);
    expect(read.cube?.chunks).toEqual([2, 3, 5]);
    expect(read.scalar).toMatchObject({ values: 2.5, shape: [] });
    expect(read.word).toMatchObject({ values: 'one', shape: [] });
  });
});
