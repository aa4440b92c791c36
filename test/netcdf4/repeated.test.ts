/** Rows that are described by how they repeat: zlib itself reads the streams back, and checks their checksums. */
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byCode,
  counted,
  createCodes,
  createNetcdf,
  inRuns,
  type RepeatedRows,
} from '../../src/netcdf4/index.js';
import { shuffle } from '../../src/netcdf4/shuffle.js';
import { createRandom } from '../support/random.js';
import { readVariable, temporaryFolder } from './oracle.js';

const at = temporaryFolder();

/** The stream holds the rows that are expected, and so does what is written out; none where it would not be smaller. */
function expectRows(given: RepeatedRows, expected: Uint8Array): Uint8Array | null {
  const shuffled = given.deflate(true);
  if (shuffled !== null) {
    const planes = new Uint8Array(expected.length);
    shuffle(expected, given.rowBytes, planes);
    expect(inflateSync(shuffled).equals(planes)).toBe(true);
  }
  expect(given.rows * given.rowBytes).toBe(expected.length);
  expect(Buffer.from(given.expand()).equals(expected)).toBe(true);
  const stream = given.deflate(false);
  if (stream !== null) {
    expect(stream.length).toBeLessThan(expected.length);
    expect(inflateSync(stream).equals(expected)).toBe(true);
  }
  return stream;
}

/** Rows of few different bytes, so that neighbours have stretches in common. */
const fewBytes = (width: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: width, maxLength: width, max: 3 });

describe('runs', () => {
  const runs = fc
    .integer({ min: 4, max: 40 })
    .chain((width) =>
      fc.array(fc.tuple(fewBytes(width), fc.integer({ min: 1, max: 700 })), { minLength: 1, maxLength: 40 }),
    );

  it('of any width and length are what they stand for', () => {
    let streams = 0;
    let shuffledStreams = 0;
    fc.assert(
      fc.property(runs, (given) => {
        const values = Buffer.concat(given.map(([row]) => row));
        const lengths = Int32Array.from(given, ([, length]) => length);
        const expected = Buffer.concat(given.flatMap(([row, length]) => Array<Uint8Array>(length).fill(row)));
        const rows = inRuns(values, lengths);
        if (expectRows(rows, expected) !== null) streams++;
        if (rows.deflate(true) !== null) shuffledStreams++;
      }),
      { seed: 3, numRuns: 200 },
    );
    expect(streams).toBeGreaterThan(150);
    expect(shuffledStreams).toBeGreaterThan(150);
  });

  it('of numbers, also NaN and the largest chunk, keep every bit', () => {
    const values = Float64Array.of(Number.NaN, -0, 0, 1e300, 48.25, 48.25, Number.NaN);
    const lengths = Int32Array.of(1, 2, 3, 100_000, 4, 5, 31_057);
    const expected = Float64Array.from(
      [...lengths].flatMap((length, i) => Array<number>(length).fill(values[i] ?? 0)),
    );
    expect(expected.byteLength).toBe(2 ** 20);
    expect(expectRows(inRuns(values, lengths), new Uint8Array(expected.buffer))?.length).toBeLessThan(2000);
  });

  it('are left to the general way where rows are shorter than a match, or all are different', () => {
    expect(inRuns(Uint8Array.of(1, 2), Int32Array.of(1000, 1000)).deflate(false)).toBeNull();
    const random = createRandom(4);
    const noise = Uint32Array.from({ length: 4000 }, () => random.next() * 2 ** 32);
    expect(inRuns(noise, new Int32Array(4000).fill(1)).deflate(false)).toBeNull();
  });
});

describe('texts that count', () => {
  const runs = fc.record({
    prefixes: fc
      .integer({ min: 1, max: 30 })
      .chain((width) => fc.array(fewBytes(width), { minLength: 1, maxLength: 12 })),
    digits: fc.integer({ min: 4, max: 8 }),
    seed: fc.integer(),
  });

  it('are what formatting the numbers gives, across every carry', () => {
    let streams = 0;
    fc.assert(
      fc.property(runs, ({ prefixes, digits, seed }) => {
        const random = createRandom(seed);
        const lengths = Int32Array.from(prefixes, () => random.integer(1, 1200));
        const firsts = Int32Array.from(lengths, (length) =>
          random.integer(0, Math.min(9e5, 10 ** digits - length)),
        );
        const expected = prefixes.flatMap((prefix, run) =>
          Array.from({ length: lengths[run] ?? 0 }, (_, i) =>
            Buffer.concat([prefix, Buffer.from(String((firsts[run] ?? 0) + i).padStart(digits, '0'))]),
          ),
        );
        const texts = counted({ prefixes: Buffer.concat(prefixes), firsts, lengths, digits });
        if (expectRows(texts, Buffer.concat(expected)) !== null) streams++;
      }),
      { seed: 5, numRuns: 150 },
    );
    expect(streams).toBeGreaterThan(140);
  });

  it('take less than two bytes per row', () => {
    const prefixes = Buffer.from('20150101000000-00-20150101120000-00-');
    const texts = counted({
      prefixes,
      firsts: Int32Array.of(0, 0),
      lengths: Int32Array.of(9000, 7384),
      digits: 6,
    });
    expect(texts.deflate(false)?.length).toBeLessThan(28_000);
    expect(texts.deflate(true)).toBeNull();
  });
});

describe('rows by code', () => {
  const columns = fc.record({
    codes: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 60 })), {
      minLength: 1,
      maxLength: 200,
    }),
    pattern: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 9 }),
    values: fc.array(fc.integer(), { minLength: 10, maxLength: 10 }),
  });

  it('are the values of their codes, in several columns at once', () => {
    let streams = 0;
    fc.assert(
      fc.property(columns, ({ codes, pattern, values }) => {
        const rows = Uint16Array.from(
          codes.flatMap(([code, length]) =>
            Array.from({ length }, (_, i) => (code + (pattern[i % pattern.length] ?? 0)) % 10),
          ),
        );
        const shared = createCodes(rows, 10);
        const ints = Int32Array.from(values);
        const doubles = Float64Array.from(values, (value) => value / 7);
        for (const column of [ints, doubles]) {
          const expected =
            column.constructor === Int32Array
              ? Int32Array.from(rows, (code) => ints[code] ?? 0)
              : Float64Array.from(rows, (code) => doubles[code] ?? 0);
          if (expectRows(byCode(shared, column), new Uint8Array(expected.buffer)) !== null) streams++;
        }
      }),
      { seed: 6, numRuns: 200 },
    );
    expect(streams).toBeGreaterThan(300);
  });

  it.each([256, 257, 5000, 65_536])('may have %i codes', (limit) => {
    const random = createRandom(limit);
    const rows = new Uint16Array(16_384);
    for (let i = 0; i < rows.length; ) {
      const code = random.integer(0, limit - 1);
      for (const end = Math.min(rows.length, i + random.integer(1, 60)); i < end; i++) rows[i] = code;
    }
    const values = Float64Array.from({ length: limit }, () => random.next());
    const expected = Float64Array.from(rows, (code) => values[code] ?? 0);
    const stream = expectRows(byCode(createCodes(rows, limit), values), new Uint8Array(expected.buffer));
    expect(stream).not.toBeNull();
  });

  it('refuse codes that have no value', () => {
    expect(() => createCodes(Uint16Array.of(0, 3), 3)).toThrow('a code is not below 3');
    const shared = createCodes(Uint16Array.of(0, 3), 4);
    expect(() => byCode(shared, Int32Array.of(1, 2, 3))).toThrow('no value for the code 3');
    expect(() => inRuns(Int32Array.of(1, 2), Int32Array.of(5, 0))).toThrow('a run of 0 rows');
  });

  it('show only the values that occur', () => {
    const shared = createCodes(Uint16Array.of(2, 0, 2), 4);
    expect(byCode(shared, Float32Array.of(1, Number.NaN, 3, Number.NaN)).distinct).toEqual(
      Float32Array.of(1, 3),
    );
  });
});

describe('a variable of rows that repeat', () => {
  const CHUNK = 4096;
  const ids = (from: number, rows: number): RepeatedRows =>
    counted({
      prefixes: Buffer.from('ab-'),
      firsts: Int32Array.of(from),
      lengths: Int32Array.of(rows),
      digits: 5,
    });
  const codes = createCodes(
    Uint16Array.from({ length: CHUNK }, (_, i) => i % 7),
    8,
  );
  const palette = Int32Array.of(5, 110, 631, -1, 731, 300, 5, 99);

  it.each([false, true])(
    'reads as if it had been written out, whole chunks or not (shuffle %s)',
    async (shuffle) => {
      const path = at(`mixed-${shuffle}.nc`);
      const file = await createNetcdf(path, { chunkRows: CHUNK, shuffle });
      file.root.dimension('row');
      file.root.dimension('width', 8);
      const id = file.root.variable('id', 'char', ['row', 'width']);
      const time = file.root.variable('time', 'int64', ['row']);
      const unit = file.root.variable('unit', 'int', ['row']);
      const constant = file.root.variable('constant', 'float', ['row']);
      const expectedUnits: number[] = [];
      for (const [from, rows] of [
        [0, CHUNK],
        [CHUNK, CHUNK],
        [2 * CHUNK, 10],
        [2 * CHUNK + 10, CHUNK],
      ] as const) {
        id.append(ids(from, rows));
        time.append(inRuns(BigInt64Array.of(-5n, 2n ** 40n), Int32Array.of(3, rows - 3)));
        constant.append(inRuns(Float32Array.of(1.5, 1.5), Int32Array.of(1, rows - 1)));
        if (rows === CHUNK) unit.append(byCode(codes, palette));
        else unit.append(new Int32Array(rows).fill(42));
        for (let i = 0; i < rows; i++) expectedUnits.push(rows === CHUNK ? (palette[i % 7] ?? 0) : 42);
      }
      await file.close();
      const total = 3 * CHUNK + 10;
      const read = readVariable(path, 'id').values as string[];
      expect(read.join('')).toBe(
        Array.from({ length: total }, (_, i) => `ab-${String(i).padStart(5, '0')}`).join(''),
      );
      const times = readVariable(path, 'time').values as BigInt64Array;
      expect(times).toHaveLength(total);
      const starts = new Set(
        [0, CHUNK, 2 * CHUNK, 2 * CHUNK + 10].flatMap((start) => [start, start + 1, start + 2]),
      );
      expect([...times]).toEqual(
        Array.from({ length: total }, (_, row) => (starts.has(row) ? -5n : 2n ** 40n)),
      );
      expect([...(readVariable(path, 'unit').values as Int32Array)]).toEqual(expectedUnits);
      const one = readVariable(path, 'constant');
      expect(new Set(one.values as Float32Array)).toEqual(new Set([1.5]));
    },
  );

  it.each([0, 1, 9])(
    'of several numbers per row reads as if it had been written out (level %i)',
    async (deflateLevel) => {
      const path = at(`matrix-${deflateLevel}.nc`);
      const file = await createNetcdf(path, { chunkRows: CHUNK, deflateLevel });
      file.root.dimension('row');
      file.root.dimension('xyz', 3);
      const given = inRuns(Float32Array.of(1, 2, 3, 4, 5, 6), Int32Array.of(1000, CHUNK - 1000));
      file.root.variable('shuffled', 'float', ['row', 'xyz']).append(given);
      file.root.variable('plain', 'float', ['row', 'xyz'], { shuffle: false }).append(given);
      file.root.variable('codes', 'int', ['row'], { shuffle: false }).append(byCode(codes, palette));
      await file.close();
      const expected = Array.from({ length: CHUNK }, (_, row) => (row < 1000 ? [1, 2, 3] : [4, 5, 6])).flat();
      for (const name of ['shuffled', 'plain'])
        expect([...(readVariable(path, name).values as Float32Array)]).toEqual(expected);
      expect([...(readVariable(path, 'codes').values as Int32Array)].slice(0, 8)).toEqual([
        5, 110, 631, -1, 731, 300, 5, 5,
      ]);
    },
  );

  it('states its fill value only where it occurs', async () => {
    const path = at('fill.nc');
    const file = await createNetcdf(path, { chunkRows: CHUNK, shuffle: false });
    file.root.dimension('row');
    const options = { fill: -1 };
    file.root
      .variable('without', 'int', ['row'], options)
      .append(byCode(createCodes(new Uint16Array(CHUNK), 8), palette));
    file.root.variable('with', 'int', ['row'], options).append(byCode(codes, palette));
    await file.close();
    expect(readVariable(path, 'without').attributes).toEqual({});
    expect(readVariable(path, 'with').attributes).toEqual({ _FillValue: Int32Array.of(-1) });
  });

  it('refuses rows of another width or type', async () => {
    const file = await createNetcdf(at('refused.nc'), { chunkRows: CHUNK });
    file.root.dimension('row');
    const variable = file.root.variable('v', 'int', ['row']);
    expect(() => variable.append(inRuns(Float32Array.of(1), Int32Array.of(2)))).toThrow('Float32Array');
    expect(() => variable.append(inRuns(Int32Array.of(1, 2), Int32Array.of(2)))).toThrow('rows of 8 bytes');
    await file.abort();
  });
});
