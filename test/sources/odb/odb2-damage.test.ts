import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.js';
import { readOdb2 } from '../../../src/sources/odb/odb2.js';
import type { Odb2Damage } from '../../../src/sources/odb/odb2-frames.js';
import { encodeOdb2, type Odb2ColumnInput, type Odb2FrameInput } from '../../support/odb2-encoder.js';
import { indexAll, readAll, valuesOf } from '../../support/odb2-reading.js';

const COLUMNS: Odb2ColumnInput[] = [
  { name: 'statid@hdr', type: 'string', codec: 'int8_string', values: ['11035', '11035', '10393'] },
  { name: 'varno@body', type: 'integer', codec: 'int8', values: [1, 2, 29] },
  { name: 'obsvalue@body', type: 'real', values: [1.5, Number.NaN, 0.25] },
];
const FRAME: Odb2FrameInput = { columns: COLUMNS };
const GOOD = encodeOdb2([FRAME]);
const PREFIX = 57;
/** Places of fields in the header. */
const AT = { dataLength: 0, rowCount: 16, flags: 24, properties: 28, columns: 32, firstName: 36 } as const;

const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const reasons = (damage: readonly Odb2Damage[]): [number, string][] =>
  damage.map(({ byteOffset, reason }) => [byteOffset, reason]);

/** A frame whose header says something else than it should, under a digest that fits. */
function lying(change: (header: DataView, bytes: Uint8Array) => void): Uint8Array {
  return encodeOdb2([FRAME], {
    alterHeader(header) {
      change(new DataView(header.buffer, header.byteOffset, header.length), header);
      return header;
    },
  });
}

/** The header with one name in place of another of the same length. */
function renamed(from: string, to: string): Uint8Array {
  return lying((_, bytes) => bytes.set(Buffer.from(to), Buffer.from(bytes).indexOf(from)));
}

/** What comes of a frame between two good ones: the damage, and that both good ones are read. */
async function between(middle: Uint8Array): Promise<Odb2Damage[]> {
  const reading = await readAll(joined(GOOD, middle, GOOD));
  expect(reading.blocks.map(({ offsets }) => offsets[0])).toEqual([0, GOOD.length + middle.length]);
  expect(valuesOf(reading, 'statid@hdr')).toEqual([...Array(2)].flatMap(() => ['11035', '11035', '10393']));
  return reading.damage;
}

describe('a frame that cannot be used costs that frame', () => {
  const cases: [what: string, frame: Uint8Array, reason: string, detail: RegExp][] = [
    [
      'a header changed on the way',
      GOOD.map((byte, i) => (i === PREFIX + 40 ? byte ^ 1 : byte)),
      'frame-damaged',
      /digest/,
    ],
    ['another digest', GOOD.map((byte, i) => (i === 30 ? 0x41 : byte)), 'frame-damaged', /digest/],
    ['an unknown version', encodeOdb2([FRAME], { minor: 6 }), 'frame-version', /0\.6/],
    ['an old version', encodeOdb2([FRAME], { minor: 3 }), 'frame-version', /0\.3/],
    ['no byte order', GOOD.map((byte, i) => (i === 6 ? 1 : byte)), 'frame-damaged', /byte order/],
    ['an unknown codec', renamed('int8\0', 'int9\0'), 'codec-unknown', /varno@body has the codec int9/],
    ['a codec named like a method', renamed('short_real2', 'constructor'), 'codec-unknown', /constructor/],
    [
      'text in a column of numbers',
      encodeOdb2([{ columns: [{ name: 'a', type: 'real', codec: 'chars', values: [1] }] }]),
      'frame-damaged',
      /codec chars/,
    ],
    [
      'numbers in a column of text',
      encodeOdb2([{ columns: [{ name: 'a', type: 'string', codec: 'int8', values: ['1'] }] }]),
      'frame-damaged',
      /codec int8/,
    ],
    [
      'more rows than data',
      lying((h) => h.setBigInt64(AT.rowCount, 2n ** 40n, true)),
      'frame-damaged',
      /rows/,
    ],
    [
      'a row too many',
      lying((h) => h.setBigInt64(AT.rowCount, 4n, true)),
      'frame-damaged',
      /rows end too early/,
    ],
    ['a row too few', lying((h) => h.setBigInt64(AT.rowCount, 2n, true)), 'frame-damaged', /left behind/],
    ['less than no rows', lying((h) => h.setBigInt64(AT.rowCount, -1n, true)), 'frame-damaged', /-1 rows/],
    [
      'less than no data',
      lying((h) => h.setBigInt64(AT.dataLength, -8n, true)),
      'frame-too-large',
      /-8 bytes/,
    ],
    [
      'data beyond the limit',
      lying((h) => h.setBigInt64(AT.dataLength, 2n ** 31n, true)),
      'frame-too-large',
      /2147483648/,
    ],
    [
      'more columns than the header holds',
      lying((h) => h.setInt32(AT.columns, 2 ** 31 - 1, true)),
      'frame-damaged',
      /cannot hold 2147483647 columns/,
    ],
    ['less than no columns', lying((h) => h.setInt32(AT.columns, -1, true)), 'frame-damaged', /-1 columns/],
    ['a column too many', lying((h) => h.setInt32(AT.columns, 4, true)), 'frame-damaged', /ends too early/],
    ['flags without end', lying((h) => h.setInt32(AT.flags, 2 ** 30, true)), 'frame-damaged', /flags/],
    [
      'properties without end',
      lying((h) => h.setInt32(AT.properties, 2 ** 30, true)),
      'frame-damaged',
      /properties/,
    ],
    [
      'a name without end',
      lying((h) => h.setInt32(AT.firstName, 2 ** 31 - 1, true)),
      'frame-damaged',
      /ends too early/,
    ],
    [
      'a name of negative length',
      lying((h) => h.setInt32(AT.firstName, -5, true)),
      'frame-damaged',
      /too early/,
    ],
    [
      'a table of texts without end',
      // Name (4 + 10), type (4), codec name (4 + 11), flag and three numbers (28) stand before the number of texts.
      lying((h) => h.setInt32(AT.firstName + 61, 2 ** 27, true)),
      'frame-damaged',
      /cannot hold 134217728 texts/,
    ],
    [
      'a text with a place outside the table',
      lying((h) => h.setInt32(AT.firstName + 61 + 4 + 4 + 5 + 4, 2, true)),
      'frame-damaged',
      /place 2 of 2/,
    ],
    [
      'a row that names a text the table does not have',
      encodeOdb2([FRAME], { alterRows: (rows) => rows.map((byte, i) => (i === 2 ? 200 : byte)) }),
      'frame-damaged',
      /statid@hdr names text 200 of 2/,
    ],
    [
      'a row that begins beyond the columns',
      encodeOdb2([FRAME], { alterRows: (rows) => rows.map((byte, i) => (i === 1 ? 4 : byte)) }),
      'frame-damaged',
      /column 4 of 3/,
    ],
    ['bytes of something else', new Uint8Array(100).fill(0xff), 'frame-damaged', /first bytes/],
    ['half a frame', GOOD.subarray(0, PREFIX + 30), 'frame-damaged', /digest/],
    ['half a prefix', GOOD.subarray(0, 20), 'frame-damaged', /./],
  ];

  it.each(cases)('%s', async (_, frame, reason, detail) => {
    const damage = await between(frame);
    expect(reasons(damage)).toEqual([[GOOD.length, reason]]);
    expect(damage[0]?.detail).toMatch(detail);
  });

  it('a frame whose end is lost, also where the next one then seems to be its rows', async () => {
    for (let lost = 1; lost <= 24; lost++)
      expect(reasons(await between(GOOD.subarray(0, GOOD.length - lost)))).toEqual([
        [GOOD.length, 'frame-damaged'],
      ]);
  });

  it('rows that hold the bytes of a beginning are rows', async () => {
    const values = [Buffer.from('ÿÿODA', 'latin1').toString('latin1'), '10393'];
    const column = { name: 'a', type: 'string', codec: 'chars', encoding: 'latin1', values } as const;
    const bytes = encodeOdb2([{ columns: [column] }, FRAME]);
    expect(await readAll(bytes)).toMatchObject({ damage: [], blocks: [{ rowCount: 2 }, { rowCount: 3 }] });
  });

  it('data announced and not there are no reason to read nothing else', async () => {
    const greedy = lying((header) => header.setBigInt64(AT.dataLength, 2n ** 29n, true));
    const bytes = joined(greedy, GOOD, greedy, GOOD);
    const before = process.memoryUsage().arrayBuffers;
    const reading = await readAll(bytes, { chunks: [64] });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
    expect(reading.blocks).toHaveLength(2);
    expect(reasons(reading.damage)).toEqual([
      [0, 'frame-truncated'],
      [greedy.length + GOOD.length, 'frame-truncated'],
    ]);
  });

  it('the index tells the same', async () => {
    const bytes = joined(GOOD, GOOD.subarray(0, GOOD.length - 5), GOOD);
    const { damage } = await readAll(bytes);
    expect(await indexAll(bytes)).toMatchObject({
      damage,
      frames: [{ offset: 0 }, { offset: 2 * GOOD.length - 5 }],
    });
  });
});

describe('a damaged file', () => {
  const two = joined(GOOD, encodeOdb2([FRAME], { littleEndian: false }));

  it('cut at any byte gives the frames before the cut', async () => {
    for (let length = 0; length < two.length; length++) {
      const { blocks, damage } = await readAll(two.subarray(0, length));
      expect(blocks).toHaveLength(length < GOOD.length ? 0 : 1);
      const begins = length < GOOD.length ? 0 : GOOD.length;
      expect(reasons(damage)).toEqual(length === begins ? [] : [[begins, 'frame-truncated']]);
    }
  });

  it('with any byte changed before the rows of its first frame loses that frame alone', async () => {
    const header = GOOD.length - 3 * (2 + 6);
    for (let at = 0; at < header; at++) {
      const { blocks, damage } = await readAll(two.map((byte, i) => (i === at ? byte ^ 0xff : byte)));
      expect(blocks.map(({ offsets }) => offsets[0])).toEqual([GOOD.length]);
      expect(damage.map(({ byteOffset }) => byteOffset)).toEqual([0]);
    }
  });

  it('is searched for frames in chunks of any length', async () => {
    const noise = Uint8Array.from({ length: 50 }, (_, i) => [0xff, 0xff, 0x4f, 0x44][i % 4] ?? 0);
    const bytes = joined(noise, GOOD, noise, GOOD);
    for (let length = 1; length < 20; length++) {
      const { blocks, damage } = await readAll(bytes, { chunks: [length] });
      expect(blocks.map(({ offsets }) => offsets[0])).toEqual([50, 100 + GOOD.length]);
      expect(damage.map(({ byteOffset }) => byteOffset)).toEqual([0, 50 + GOOD.length]);
    }
  });

  it('of frames asked for by place tells of those alone', async () => {
    const bytes = joined(GOOD.subarray(0, 40), GOOD);
    expect(reasons((await readAll(bytes, { frames: new Set([40]) })).damage)).toEqual([]);
    const { blocks, damage } = await readAll(bytes, { frames: new Set([0, 3, 40, 5000]) });
    expect(blocks).toHaveLength(1);
    expect(reasons(damage)).toEqual([
      [0, 'frame-damaged'],
      [3, 'frame-damaged'],
      [5000, 'frame-truncated'],
    ]);
  });

  it('of frames within frames takes time in proportion to its length', async () => {
    // Each of the headers claims all that follows as its own, and the digest is wrong.
    const claim = new Uint8Array(PREFIX);
    claim.set(GOOD.subarray(0, PREFIX));
    new DataView(claim.buffer).setInt32(53, 3 * 2 ** 20, true);
    const bytes = new Uint8Array(Buffer.concat(Array<Uint8Array>(2 ** 17).fill(claim)));
    const start = performance.now();
    const { damage } = await readAll(bytes);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(damage.length).toBeGreaterThan(10);
    expect(new Set(damage.map(({ reason }) => reason))).toEqual(
      new Set(['frame-damaged', 'frame-truncated']),
    );
  });
});

describe('bounds', () => {
  it('a frame of many columns that take no bytes is handed out in small blocks', async () => {
    const rowCount = 3000;
    const columns = Array.from({ length: 5000 }, (_, i) => ({
      name: `c${i}`,
      type: 'integer' as const,
      codec: 'constant' as const,
      values: [i],
    }));
    const bytes = encodeOdb2([{ columns }], {
      alterHeader(header) {
        const view = new DataView(header.buffer, header.byteOffset);
        view.setBigInt64(AT.dataLength, BigInt(2 * rowCount), true);
        view.setBigInt64(AT.rowCount, BigInt(rowCount), true);
        return header;
      },
      alterRows: () => new Uint8Array(2 * rowCount),
    });
    async function* chunks() {
      yield bytes;
    }
    const sizes: number[] = [];
    for await (const block of readOdb2(chunks(), { path: 'a.odb', onDamage: () => expect.unreachable() }))
      sizes.push(block.rowCount * block.columns.length);
    expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(rowCount * columns.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 ** 22);
  });

  it('a frame of more columns is refused', async () => {
    const columns = Array.from({ length: 5001 }, () => ({
      name: 'c',
      type: 'integer' as const,
      values: [1],
    }));
    expect(reasons((await readAll(encodeOdb2([{ columns }]))).damage)).toEqual([[0, 'frame-too-large']]);
  });
});

describe('errors of the stream', () => {
  it('are thrown on, not taken for damage', async () => {
    const error = new InputError('GZIP_TRUNCATED', 'the gzip file ends too early');
    async function* chunks() {
      yield GOOD.subarray(0, 100);
      throw error;
    }
    const read = async () => {
      for await (const _ of readOdb2(chunks(), { path: 'a.odb', onDamage: () => expect.unreachable() }));
    };
    await expect(read()).rejects.toBe(error);
  });
});
