import { describe, expect, it } from 'vitest';
import { type AttributeValue, createNetcdf } from '../../src/netcdf4/index.js';
import { readAttributes, readMachinery, readNames, readVariables, temporaryFolder } from './oracle.js';

const at = temporaryFolder();

const CASES: Record<string, [AttributeValue, unknown]> = {
  text: ['Lindenberg – Größe 10³', 'Lindenberg – Größe 10³'],
  empty: ['', ''],
  long: ['x'.repeat(64000), 'x'.repeat(64000)],
  strings: [
    ['a', '', 'ü'],
    ['a', '', 'ü'],
  ],
  no_strings: [[], null],
  integer: [7, Int32Array.of(7)],
  large: [2 ** 31, Float64Array.of(2 ** 31)],
  fraction: [0.1, Float64Array.of(0.1)],
  negative_zero: [-0, Float64Array.of(-0)],
  big: [-(2n ** 63n), BigInt64Array.of(-(2n ** 63n))],
  bytes: [Int8Array.of(-1, 2), Int8Array.of(-1, 2)],
  ubytes: [Uint8Array.of(255), Uint8Array.of(255)],
  shorts: [Int16Array.of(-300), Int16Array.of(-300)],
  ushorts: [Uint16Array.of(60000), Uint16Array.of(60000)],
  uints: [Uint32Array.of(4000000000), Uint32Array.of(4000000000)],
  uint64s: [BigUint64Array.of(2n ** 64n - 1n), BigUint64Array.of(2n ** 64n - 1n)],
  floats: [Float32Array.of(0.1, Number.NaN), Float32Array.of(0.1, Number.NaN)],
  no_doubles: [new Float64Array(0), null],
  Größe: ['a name beyond ASCII', 'a name beyond ASCII'],
};

describe('attributes', () => {
  it('of every kind read back, at the root, a group and a variable', async () => {
    const path = at('attributes.nc');
    const given = Object.fromEntries(Object.entries(CASES).map(([name, [value]]) => [name, value]));
    const expected = Object.fromEntries(Object.entries(CASES).map(([name, [, value]]) => [name, value]));
    const file = await createNetcdf(path);
    const group = file.root.group('group');
    const variable = group.variable('scalar', 'int', [], { attributes: { first: 1, ...given } });
    variable.append(Int32Array.of(1));
    for (const [name, value] of Object.entries(given)) {
      file.root.attribute(name, value);
      group.attribute(name, value);
    }
    variable.attribute('last', 2);
    await file.close();
    expect(readAttributes(path, '/')).toEqual(expected);
    expect(readAttributes(path, '/group')).toEqual(expected);
    const read = readAttributes(path, '/group/scalar');
    expect(read).toEqual({ first: Int32Array.of(1), ...expected, last: Int32Array.of(2) });
  });

  it('are copied when they are given', async () => {
    const path = at('copied.nc');
    const file = await createNetcdf(path);
    const numbers = Int32Array.of(1, 2);
    const words = ['a'];
    file.root.attribute('numbers', numbers);
    file.root.attribute('words', words);
    numbers[0] = 99;
    words[0] = 'changed';
    await file.close();
    expect(readAttributes(path, '/')).toEqual({ numbers: Int32Array.of(1, 2), words: ['a'] });
  });
});

describe('groups and dimensions', () => {
  it('nest to any depth and see the dimensions of their parents', async () => {
    const path = at('nested.nc');
    const file = await createNetcdf(path);
    file.root.dimension('width', 2);
    let group = file.root;
    for (let depth = 1; depth <= 20; depth++) {
      group = group.group(`g${depth}`);
      expect(group.path).toBe(`/${Array.from({ length: depth }, (_, i) => `g${i + 1}`).join('/')}`);
      group.variable('v', 'int', ['width']).append(Int32Array.of(depth, -depth));
    }
    await file.close();
    const names = Array.from({ length: 20 }, (_, depth) =>
      [...Array.from({ length: depth + 1 }, (_, i) => `g${i + 1}`), 'v'].join('/'),
    );
    const read = readVariables(path, names);
    names.forEach((name, depth) => {
      expect(read[name]?.values).toEqual(Int32Array.of(depth + 1, -depth - 1));
    });
  });

  it('a dimension that grows takes the number of rows, also of a coordinate variable', async () => {
    const path = at('growing.nc');
    const file = await createNetcdf(path);
    const time = file.root.dimension('time');
    expect(time.length).toBeUndefined();
    const variable = file.root.variable('time', 'int64', [time]);
    variable.append(BigInt64Array.of(1n, 2n));
    variable.append(BigInt64Array.of(3n));
    file.root.dimension('unused');
    file.root.dimension('fixed', 4);
    await file.close();
    expect(time.length).toBe(3);
    const read = readVariables(path, ['time', 'unused', 'fixed']);
    expect(read.time?.values).toEqual(BigInt64Array.of(1n, 2n, 3n));
    expect(read.unused?.shape).toEqual([0]);
    expect(read.fixed?.shape).toEqual([4]);
  });

  it('a coordinate variable is a scale, is attached to none, and lists what is attached to it', async () => {
    const path = at('scales.nc');
    const file = await createNetcdf(path);
    file.root.dimension('alone', 2);
    file.root.variable('alone', 'int', ['alone']).append(Int32Array.of(1, 2));
    file.root.dimension('used', 2);
    file.root.variable('used', 'int', ['used']).append(Int32Array.of(1, 2));
    file.root.variable('user', 'int', ['used']).append(Int32Array.of(1, 2));
    await file.close();
    const scale = ['CLASS', 'NAME', '_Netcdf4Dimid'];
    expect(readMachinery(path, 'alone')).toEqual(scale);
    expect(readMachinery(path, 'used')).toEqual([...scale, 'REFERENCE_LIST']);
    expect(readMachinery(path, 'user')).toEqual(['DIMENSION_LIST']);
  });

  it('an inner group may name a dimension as its parent does', async () => {
    const path = at('shadow.nc');
    const file = await createNetcdf(path);
    file.root.dimension('index', 2);
    const group = file.root.group('g');
    group.variable('outer', 'int', ['index']).append(Int32Array.of(1, 2));
    group.dimension('index', 3);
    group.variable('inner', 'int', ['index']).append(Int32Array.of(1, 2, 3));
    await file.close();
    const read = readVariables(path, ['g/outer', 'g/inner']);
    expect(read['g/outer']?.shape).toEqual([2]);
    expect(read['g/inner']?.shape).toEqual([3]);
  });

  it('a group holds a thousand variables', async () => {
    const path = at('many.nc');
    const file = await createNetcdf(path);
    file.root.dimension('row');
    const names = Array.from({ length: 1000 }, (_, i) => `variable_with_a_long_name_${i}`);
    names.forEach((name, i) => {
      file.root
        .variable(name, 'int', ['row'], { attributes: { description: name } })
        .append(Int32Array.of(i, i + 1));
    });
    await file.close();
    expect(readNames(path, '/')).toHaveLength(1001);
    const read = readVariables(path, names);
    const values = names.map((name) => read[name]?.values);
    expect(values).toEqual(names.map((_, i) => Int32Array.of(i, i + 1)));
    expect(read[names[999] as string]?.attributes).toEqual({ description: names[999] });
  });
});
