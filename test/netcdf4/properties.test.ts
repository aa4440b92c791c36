import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStructure, createNetcdf, type NcType, type NumericArray } from '../../src/netcdf4/index.js';
import { readVariables, temporaryFolder } from './oracle.js';

const at = temporaryFolder();

interface RandomColumn {
  type: NcType;
  /** Runs of values: how many rows, and which of the few values of the type. */
  runs: { rows: number; value: number }[];
  fill: number | undefined;
  width: number;
  appendRows: number;
  deflateLevel: number;
  shuffle: boolean;
  present: boolean;
}

const TYPES = [
  'byte',
  'ubyte',
  'short',
  'ushort',
  'int',
  'uint',
  'float',
  'double',
  'int64',
  'uint64',
] as const;
const ARRAYS = {
  byte: Int8Array,
  ubyte: Uint8Array,
  short: Int16Array,
  ushort: Uint16Array,
  int: Int32Array,
  uint: Uint32Array,
  float: Float32Array,
  double: Float64Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
} as const;

const column: fc.Arbitrary<RandomColumn> = fc.record({
  type: fc.constantFrom(...TYPES),
  runs: fc.array(
    fc.record({ rows: fc.integer({ min: 1, max: 90 }), value: fc.integer({ min: 0, max: 3 }) }),
    {
      maxLength: 12,
    },
  ),
  fill: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  width: fc.integer({ min: 1, max: 3 }),
  appendRows: fc.integer({ min: 1, max: 200 }),
  deflateLevel: fc.constantFrom(0, 1, 6),
  shuffle: fc.boolean(),
  present: fc.boolean(),
});

/** The first `rows` x `width` values of the runs, the last run going on for ever. */
function valuesOf({ type, runs, width }: RandomColumn, rows: number): NumericArray {
  const flat = runs.flatMap((run) => new Array<number>(run.rows).fill(run.value));
  const numbers = Array.from({ length: rows * width }, (_, i) => flat[i] ?? runs.at(-1)?.value ?? 0);
  if (type === 'int64') return BigInt64Array.from(numbers, BigInt);
  if (type === 'uint64') return BigUint64Array.from(numbers, BigInt);
  const NumberArray = ARRAYS[type as 'int'];
  return NumberArray.from(numbers);
}

describe('random tables', () => {
  it('read back equal, whatever the types, runs, chunks and appends', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(column, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 130 }),
        async (columns, rows, chunkRows) => {
          const path = at(`random-${number++}.nc`);
          const file = await createNetcdf(path, { chunkRows });
          const group = file.root.group('table');
          group.dimension('row', number % 2 === 0 ? rows : undefined);
          for (let width = 2; width <= 3; width++) group.dimension(`w${width}`, width);
          columns.forEach((given, i) => {
            const { fill, deflateLevel, shuffle } = given;
            const dimensions = given.width === 1 ? ['row'] : ['row', `w${given.width}`];
            const variable = group.variable(`v${i}`, given.type, dimensions, {
              ...(fill !== undefined && { fill }),
              deflateLevel,
              shuffle,
            });
            if (!isPresent(given, i)) return;
            const values = valuesOf(given, rows);
            const step = given.appendRows * given.width;
            for (let from = 0; from < values.length; from += step)
              variable.append(values.slice(from, from + step));
          });
          const { bytes } = await file.close();
          expect(await checkStructure(path)).toEqual({ groups: 2, variables: columns.length, bytes });
          const names = columns.map((_, i) => `table/v${i}`);
          const read = readVariables(path, names);
          columns.forEach((given, i) => {
            const expected = isPresent(given, i)
              ? valuesOf(given, rows)
              : valuesOf({ ...given, runs: [{ rows: 1, value: given.fill ?? 0 }] }, rows);
            const { values, attributes } = read[`table/v${i}`] ?? {};
            expect(values).toEqual(expected);
            const holdsFill = given.fill !== undefined && [...expected].some((v) => Number(v) === given.fill);
            expect(attributes !== undefined && '_FillValue' in attributes).toBe(holdsFill);
          });
        },
      ),
      { seed: 20240229, numRuns: 120 },
    );
  });
});

/** The first column is always written, so that the table has its rows; others may be missing where a fill value says so. */
function isPresent(given: RandomColumn, i: number): boolean {
  return i === 0 || given.present || given.fill === undefined;
}
