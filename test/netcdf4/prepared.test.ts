import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkStructure,
  createNetcdf,
  type NetcdfDimension,
  type NetcdfFile,
  type NetcdfGroup,
  prepareGroups,
} from '../../src/netcdf4/index.js';
import { readAttributes, readVariables, temporaryFolder } from './oracle.js';

const at = temporaryFolder();

/** Rows that make a chunk index of two levels. */
const ROWS = 6500;
const CHUNK_ROWS = 100;

/** Text dimensions of a root, made when they are first asked for. */
function widthsOf(root: Pick<NetcdfGroup, 'dimension'>): (width: number) => NetcdfDimension {
  const known = new Map<number, NetcdfDimension>();
  return (width) => {
    const dimension = known.get(width) ?? root.dimension(`string${width}`, width);
    known.set(width, dimension);
    return dimension;
  };
}

/** Two groups with every kind of storage, dimensions of their own and of the root, and what needs the heap. */
function addTables(root: Pick<NetcdfGroup, 'group'>, width: (width: number) => NetcdfDimension): void {
  const codes = root.group('codes');
  codes.attribute('sources', ['one', 'two']);
  const code = codes.dimension('code', 3);
  codes
    .variable('code', 'int', [code], { fill: -1, attributes: { words: ['a', 'bc'] } })
    .append(Int32Array.of(7, -1, 9));
  codes.variable('name', 'char', [code, width(4)]).append(new TextEncoder().encode('a   bb  cccc'));
  codes.variable('none', 'float', [code], { fill: Number.NaN });
  codes.variable('same', 'short', [code]).append(Int16Array.of(5, 5, 5));
  const rows = root.group('rows');
  const row = rows.dimension('row');
  rows
    .variable('many', 'int64', [row], { chunkRows: CHUNK_ROWS })
    .append(BigInt64Array.from({ length: ROWS }, (_, i) => BigInt(i * i)));
  rows.variable('packed', 'double', [row]).append(Float64Array.from({ length: ROWS }, (_, i) => i / 4));
  rows
    .variable('text', 'char', [row, width(2)])
    .append(new Uint8Array(ROWS * 2).map((_, i) => 97 + (i % 23)));
  const inner = rows.group('inner');
  inner
    .variable('x', 'byte', [inner.dimension('x', 2), width(4)])
    .append(Int8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
}

const prepare = () => prepareGroups((root) => addTables(root, widthsOf(root)));

async function write(name: string, fill: (file: NetcdfFile) => void): Promise<string> {
  const file = await createNetcdf(at(name));
  fill(file);
  await file.close();
  return at(name);
}

/** Something of a file's own, of another size in each. */
function addOwn(root: NetcdfGroup, count: number): void {
  const own = root.group('own');
  own.dimension('n');
  own.variable('v', 'int', ['n'], { attributes: { list: Array<string>(count).fill('x') } });
  for (let i = 0; i < count; i++) own.dimension(`d${i}`, i);
}

const VARIABLES = [
  ...['codes/code', 'codes/name', 'codes/none', 'codes/same'],
  ...['rows/many', 'rows/packed', 'rows/text', 'rows/inner/x'],
];

describe('prepareGroups', () => {
  it('gives the bytes that defining the groups in the file gives, in file after file', async () => {
    const prepared = await prepare();
    for (const count of [0, 1, 9]) {
      const included = await write(`included-${count}.nc`, (file) => {
        addOwn(file.root, count);
        const width = widthsOf(file.root);
        if (count > 0) width(2);
        file.include(prepared, ({ length }) => width(length as number));
      });
      const defined = await write(`defined-${count}.nc`, (file) => {
        addOwn(file.root, count);
        const width = widthsOf(file.root);
        if (count > 0) width(2);
        addTables(file.root, width);
      });
      expect(readFileSync(included).equals(readFileSync(defined)), `${count}`).toBe(true);
    }
  });

  it('gives groups that the HDF5 library reads', async () => {
    const prepared = await prepare();
    const path = await write('read.nc', (file) => {
      addOwn(file.root, 3);
      const width = widthsOf(file.root);
      file.include(prepared, ({ length }) => width(length as number));
    });
    const read = readVariables(path, VARIABLES);
    expect(read['codes/code']?.values).toEqual(Int32Array.of(7, -1, 9));
    expect(read['codes/code']?.attributes.words).toEqual(['a', 'bc']);
    expect(read['codes/none']?.values).toEqual(new Float32Array(3).fill(Number.NaN));
    expect(read['rows/many']?.chunks).toEqual([CHUNK_ROWS]);
    expect(read['rows/many']?.values).toEqual(BigInt64Array.from({ length: ROWS }, (_, i) => BigInt(i * i)));
    expect(read['rows/packed']?.values).toEqual(Float64Array.from({ length: ROWS }, (_, i) => i / 4));
    expect(read['rows/inner/x']?.values).toEqual(Int8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    expect(readAttributes(path, 'codes')).toEqual({ sources: ['one', 'two'] });
    expect(await checkStructure(path)).toMatchObject({ groups: 5, variables: 9 });
  });

  it('keeps the groups for other files when one is given up', async () => {
    const prepared = await prepare();
    const file = await createNetcdf(at('given-up.nc'));
    const width = widthsOf(file.root);
    file.include(prepared, ({ length }) => width(length as number));
    await file.abort();
    const path = await write('after.nc', (next) => {
      const of = widthsOf(next.root);
      next.include(prepared, ({ length }) => of(length as number));
    });
    expect(readVariables(path, ['codes/same'])['codes/same']?.values).toEqual(Int16Array.of(5, 5, 5));
  });

  it('refuses strings, names that are taken and dimensions of another length or file', async () => {
    await expect(
      prepareGroups((root) => {
        const group = root.group('g');
        group.variable('s', 'string', [group.dimension('n', 1)]).append(['a']);
      }),
    ).rejects.toMatchObject({ code: 'NETCDF_TYPE', message: expect.stringContaining('/g/s') });

    const prepared = await prepare();
    const other = await createNetcdf(at('other.nc'));
    const foreign = other.root.dimension('string4', 4);
    for (const choose of [
      (root: NetcdfGroup) => root.dimension('wrong', 3),
      (root: NetcdfGroup) => root.group('nested').dimension('string4', 4),
      () => foreign,
    ]) {
      const file = await createNetcdf(at('refused.nc'));
      const dimension = choose(file.root);
      expect(() => file.include(prepared, () => dimension)).toThrow(
        expect.objectContaining({ code: 'NETCDF_DIMENSION', message: expect.stringContaining('string4') }),
      );
      await file.abort();
    }
    const file = await createNetcdf(at('taken.nc'));
    file.root.group('rows');
    const width = widthsOf(file.root);
    expect(() => file.include(prepared, ({ length }) => width(length as number))).toThrow(
      expect.objectContaining({ code: 'NETCDF_DUPLICATE', message: expect.stringContaining('/rows') }),
    );
    await file.abort();
    await other.abort();
    expect(() => file.include(prepared, () => foreign)).toThrow(
      expect.objectContaining({ code: 'NETCDF_CLOSED' }),
    );
  });
});
