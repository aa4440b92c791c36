/** Reading files back with the project's own reader: against h5wasm, and against damage. */
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import h5wasm, { Dataset, File } from 'h5wasm/node';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import {
  createNetcdf,
  type NetcdfContents,
  type NumericArray,
  openNetcdf,
  type StoredGroup,
} from '../../src/netcdf4/index.js';
import { temporaryFolder } from './oracle.js';

await h5wasm.ready;
const at = temporaryFolder();

async function withFile<T>(path: string, use: (file: NetcdfContents) => Promise<T>): Promise<T> {
  const file = await openNetcdf(path);
  try {
    return await use(file);
  } finally {
    file.close();
  }
}

const plain = (values: NumericArray): unknown[] => [...(values as Iterable<unknown>)];

/** Seven columns over `rows` rows in chunks of 100, among them one with rows that are missing, and one without storage. */
async function writeSample(path: string, rows: number): Promise<void> {
  const file = await createNetcdf(path, { chunkRows: 100 });
  const group = file.root.group('table');
  group.dimension('row');
  file.root.dimension('string3', 3);
  const numbers = Array.from({ length: rows }, (_, i) => i);
  group.variable('int', 'int', ['row'], { fill: -1 }).append(Int32Array.from(numbers, (i) => i - 50));
  group
    .variable('time', 'int64', ['row'], { shuffle: false })
    .append(BigInt64Array.from(numbers, (i) => BigInt(i) * -5_000_000_000n));
  group.variable('double', 'double', ['row']).append(Float64Array.from(numbers, Math.sqrt));
  group
    .variable('float', 'float', ['row'], { fill: Number.NaN, attributes: { units: 'K' } })
    .append(Float32Array.from(numbers, (i) => (i % 3 === 0 ? Number.NaN : i / 7)));
  group
    .variable('text', 'char', ['row', 'string3'])
    .append(Uint8Array.from({ length: rows * 3 }, (_, i) => (i % 3 === 2 ? 0 : 97 + (i % 26))));
  group.variable('short', 'short', ['row']).append(Int16Array.from(numbers, (i) => (i * 37) % 30_000));
  group.variable('missing', 'int', ['row'], { fill: -7 }).append(new Int32Array(rows).fill(-7));
  file.root.attribute('title', 'täglich');
  file.root.attribute('list', ['a', '', 'ccc']);
  file.root.attribute('numbers', Float64Array.of(1.5, -2));
  file.root.attribute('big', 2n ** 40n);
  await file.close();
}

describe('a file that was read back', () => {
  it.each([0, 1, 99, 100, 101, 1234])(
    'has in every variable what h5wasm sees, with %i rows',
    async (rows) => {
      const path = at(`rows-${rows}.nc`);
      await writeSample(path, rows);
      const oracle = new File(path, 'r');
      await withFile(path, async ({ root }) => {
        const { variables } = root.groups.get('table') as StoredGroup;
        expect([...variables.keys()]).toEqual(['int', 'time', 'double', 'float', 'text', 'short', 'missing']);
        for (const variable of variables.values()) {
          const seen = oracle.get(variable.path);
          expect(seen).toBeInstanceOf(Dataset);
          expect(variable.shape).toEqual((seen as Dataset).shape);
          const values = await variable.read();
          if (variable.type === 'char') {
            const texts = (seen as Dataset).value as string[] | null;
            expect(
              Buffer.from(values as Uint8Array)
                .toString()
                .replaceAll('\0', ''),
            ).toBe((texts ?? []).join(''));
          } else expect(values).toEqual((seen as Dataset).value ?? values.slice(0, 0));
        }
      });
      oracle.close();
    },
  );

  it('gives any range of rows, across chunks and where nothing is stored', async () => {
    const path = at('ranges.nc');
    await writeSample(path, 731);
    await withFile(path, async ({ root }) => {
      const { variables } = root.groups.get('table') as StoredGroup;
      const whole = new Map<string, unknown[]>();
      for (const [name, variable] of variables) whole.set(name, plain(await variable.read()));
      const ranges = fc.tuple(fc.nat(731), fc.nat(731)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
      await fc.assert(
        fc.asyncProperty(ranges, async ([from, to]) => {
          for (const [name, variable] of variables) {
            const width = variable.shape[1] ?? 1;
            const part = whole.get(name)?.slice((from as number) * width, (to as number) * width);
            expect(plain(await variable.read(from, to))).toEqual(part);
          }
        }),
        { numRuns: 30 },
      );
      expect(variables.get('missing')?.isStored).toBe(false);
      expect(await variables.get('missing')?.read(5, 7)).toEqual(Int32Array.of(-7, -7));
      await expect(variables.get('int')?.read(0, 732)).rejects.toThrow(RangeError);
    });
  });

  it('has its attributes and dimensions, without those that netCDF keeps for itself', async () => {
    const path = at('attributes.nc');
    await writeSample(path, 10);
    await withFile(path, async ({ root, bytes }) => {
      expect(bytes).toBe(readFileSync(path).length);
      expect([...root.attributes]).toEqual([
        ['title', 'täglich'],
        ['list', ['a', '', 'ccc']],
        ['numbers', Float64Array.of(1.5, -2)],
        ['big', BigInt64Array.of(2n ** 40n)],
      ]);
      const { variables } = root.groups.get('table') as StoredGroup;
      expect(Object.fromEntries(variables.get('float')?.attributes ?? [])).toEqual({
        units: 'K',
        _FillValue: Float32Array.of(Number.NaN),
      });
      expect(variables.get('text')?.dimensions).toEqual(['row', 'string3']);
      expect(variables.get('int')?.dimensions).toEqual(['row']);
    });
  });

  it('says where its rows are stored', async () => {
    const path = at('storage.nc');
    await writeSample(path, 250);
    await withFile(path, async ({ root }) => {
      const { variables } = root.groups.get('table') as StoredGroup;
      const chunks = variables.get('double')?.storage() ?? [];
      expect(chunks.map(({ firstRow, rows }) => [firstRow, rows])).toEqual([
        [0, 100],
        [100, 100],
        [200, 50],
      ]);
      expect(variables.get('missing')?.storage()).toEqual([]);
    });
  });
});

describe('a damaged file', () => {
  it('is refused where a chunk is changed, with the variable, the row and the byte', async () => {
    const path = at('damaged.nc');
    await writeSample(path, 250);
    const place = await withFile(path, async ({ root }) =>
      root.groups.get('table')?.variables.get('double')?.storage().at(1),
    );
    const bytes = readFileSync(path);
    const middle = (place?.address ?? 0) + ((place?.size ?? 0) >> 1);
    bytes[middle] = (bytes[middle] as number) ^ 0x10;
    writeFileSync(path, bytes);
    await withFile(path, async ({ root }) => {
      const double = root.groups.get('table')?.variables.get('double');
      expect(await double?.read(0, 100)).toHaveLength(100);
      const error = await double?.read(0, 101).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code: 'NETCDF_STRUCTURE', position: { byteOffset: place?.address } });
      expect(String(error)).toContain('/table/double from row 100 on cannot be inflated');
    });
  });

  it.each([
    ['empty', Buffer.alloc(0), 'the superblock of 48 bytes is not inside the 0 bytes'],
    ['text', Buffer.from('station,time,value\n'.repeat(9)), 'it does not start as an HDF5 file'],
  ])('that is %s is refused', async (name, content, message) => {
    writeFileSync(at(name), content);
    await expect(openNetcdf(at(name))).rejects.toThrow(message);
  });

  it('that is cut anywhere is refused when it is opened', async () => {
    const path = at('whole.nc');
    await writeSample(path, 250);
    const bytes = readFileSync(path);
    for (let length = 1; length < bytes.length; length += 97) {
      writeFileSync(at('cut.nc'), bytes.subarray(0, length));
      await expect(openNetcdf(at('cut.nc'))).rejects.toThrow(InputError);
    }
  });

  it('never ends in another error than InputError, nor in a hang, whatever byte is changed', async () => {
    const path = at('mutated.nc');
    await writeSample(path, 250);
    const bytes = readFileSync(path);
    const readAll = async (): Promise<void> =>
      await withFile(path, async ({ root }) => {
        for (const group of [root, ...root.groups.values()]) {
          expect(group.attributes.size).toBeGreaterThanOrEqual(0);
          for (const variable of group.variables.values())
            await Promise.all([variable.attributes, variable.dimensions, variable.read()]);
        }
      });
    await readAll();
    for (let i = 0; i < bytes.length; i += 41) {
      const mutant = Buffer.from(bytes);
      mutant[i] = (mutant[i] as number) ^ (1 << (i % 8));
      writeFileSync(path, mutant);
      await readAll().catch((error: unknown) => expect(error, `byte ${i}`).toBeInstanceOf(InputError));
    }
  });
});
