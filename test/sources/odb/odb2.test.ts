import { describe, expect, it } from 'vitest';
import { isOdb2, readOdb2 } from '../../../src/sources/odb/odb2.js';
import { PREFIX_LENGTH, readHeader, readPrefix } from '../../../src/sources/odb/odb2-header.js';
import { encodeOdb2, type Odb2FrameInput } from '../../support/odb2-encoder.js';
import { indexAll, readAll, valuesOf } from '../../support/odb2-reading.js';

/** A frame of `rowCount` reports of the stations, one row each, in turn. */
function frameOf(stations: readonly string[], rowCount = stations.length): Odb2FrameInput {
  const rows = Array.from({ length: rowCount }, (_, i) => i);
  return {
    columns: [
      { name: 'statid@hdr', type: 'string', values: rows.map((i) => stations[i % stations.length] ?? '') },
      { name: 'obsvalue@body', type: 'double', values: rows.map((i) => i / 7) },
      { name: 'expver', type: 'string', values: rows.map(() => '0001') },
    ],
  };
}

const FRAMES = [
  frameOf(['   11035', '   10393']),
  frameOf(['   10393'], 3),
  frameOf(['C:4629', '', 'C:4629']),
];
const FILE = encodeOdb2(FRAMES);
const LENGTHS = FRAMES.map((frame) => encodeOdb2([frame]).length);
const OFFSETS = [0, LENGTHS[0] ?? 0, (LENGTHS[0] ?? 0) + (LENGTHS[1] ?? 0)];

describe('isOdb2', () => {
  it('knows the first bytes', () => {
    expect(isOdb2(FILE)).toBe(true);
    expect(isOdb2(FILE.subarray(0, 5))).toBe(true);
    expect(isOdb2(FILE.subarray(0, 4))).toBe(false);
    expect(isOdb2(new TextEncoder().encode('statid@hdr\tdate@hdr'))).toBe(false);
    expect(isOdb2(FILE.subarray(1))).toBe(false);
  });
});

describe('frames', () => {
  it('are one block each, with their first byte', async () => {
    const { blocks, damage } = await readAll(FILE);
    expect(damage).toEqual([]);
    expect(blocks.map(({ rowCount }) => rowCount)).toEqual([2, 3, 3]);
    expect(blocks.map(({ offsets }) => offsets)).toEqual([
      [OFFSETS[0], OFFSETS[0]],
      [OFFSETS[1], OFFSETS[1], OFFSETS[1]],
      [OFFSETS[2], OFFSETS[2], OFFSETS[2]],
    ]);
  });

  it('may have columns and a byte order of their own', async () => {
    const other = encodeOdb2([{ columns: [{ name: 'lat@hdr', type: 'real', values: [47.5, 48] }] }], {
      littleEndian: false,
      minor: 4,
      flags: 10,
    });
    const reading = await readAll(new Uint8Array(Buffer.concat([FILE, other, FILE])));
    expect(reading.damage).toEqual([]);
    expect(valuesOf(reading, 'lat@hdr')).toEqual([47.5, 48]);
    expect(valuesOf(reading, 'statid@hdr')).toHaveLength(16);
  });

  it('without rows give no block, and stand in the index', async () => {
    const bytes = encodeOdb2([frameOf([]), frameOf(['82930'])]);
    expect((await readAll(bytes)).blocks.map(({ rowCount }) => rowCount)).toEqual([1]);
    expect((await indexAll(bytes)).frames).toMatchObject([
      { rowCount: 0, stations: [] },
      { rowCount: 1, stations: ['82930'] },
    ]);
  });

  it('of very many rows are several blocks, which begin where the one before ends', async () => {
    const rowCount = 150_000;
    const values = Array.from({ length: rowCount }, (_, i) => Math.floor(i / 1000));
    const texts = values.map((value) => `   ${10000 + value}`);
    const bytes = encodeOdb2([
      {
        columns: [
          { name: 'statid', type: 'string', values: texts },
          { name: 'chars', type: 'string', codec: 'chars', values: texts },
          { name: 'seqno', type: 'integer', values },
          { name: 'constant', type: 'integer', values: values.map(() => 3) },
        ],
      },
    ]);
    const reading = await readAll(bytes);
    expect(reading.blocks.map((block) => block.rowCount)).toEqual([65_536, 65_536, 18_928]);
    expect(valuesOf(reading, 'seqno')).toEqual(values);
    for (const name of ['statid', 'chars'])
      expect(valuesOf(reading, name)).toEqual(texts.map((text) => text.trim()));
    expect(new Set(valuesOf(reading, 'constant'))).toEqual(new Set([3]));
    expect((await indexAll(bytes)).frames[0]?.stations).toHaveLength(150);
  });

  it('are read as chunks of any length', async () => {
    const whole = await readAll(FILE);
    for (let length = 1; length < 80; length++)
      expect(await readAll(FILE, { chunks: [length] })).toEqual(whole);
  });

  it('asked for by their first byte are the only ones read', async () => {
    const whole = await readAll(FILE);
    for (const wanted of [[0], [1], [2], [2, 0], [1, 2], [0, 1, 2], []]) {
      const frames = new Set(wanted.map((i) => OFFSETS[i] ?? -1));
      for (const chunks of [[FILE.length], [10]])
        expect(await readAll(FILE, { frames, chunks })).toEqual({
          blocks: whole.blocks.filter((_, i) => wanted.includes(i)),
          damage: [],
        });
    }
  });

  it('not asked for are not even looked at, and nothing behind the last is read', async () => {
    const bytes = new Uint8Array(FILE);
    bytes.fill(0xee, 0, OFFSETS[1]);
    let given = 0;
    let closed = false;
    async function* chunks() {
      try {
        for (let at = 0; at < bytes.length; at += 16) {
          given = at + 16;
          yield bytes.subarray(at, at + 16);
        }
      } finally {
        closed = true;
      }
    }
    const damage: unknown[] = [];
    const onDamage = (one: unknown) => damage.push(one);
    let rows = 0;
    const frames = new Set([OFFSETS[1] ?? 0]);
    for await (const block of readOdb2(chunks(), { path: 'a.odb', onDamage, frames })) rows += block.rowCount;
    expect(rows).toBe(3);
    expect(damage).toEqual([]);
    // The five bytes behind a frame are looked at, to see that it ends there; they may lie in one chunk more.
    expect(given).toBeLessThanOrEqual((OFFSETS[2] ?? 0) + 5 + 16);
    expect(closed).toBe(true);
  });
});

describe('the index', () => {
  it('names the stations of each frame as the rows do', async () => {
    const { frames } = await indexAll(FILE);
    expect(frames.map(({ offset, rowCount, stations }) => ({ offset, rowCount, stations }))).toEqual([
      { offset: OFFSETS[0], rowCount: 2, stations: ['11035', '10393'] },
      { offset: OFFSETS[1], rowCount: 3, stations: ['10393'] },
      { offset: OFFSETS[2], rowCount: 3, stations: ['C:4629', ''] },
    ]);
    expect(frames[0]?.columns).toEqual([
      { name: 'statid@hdr', kind: 'text' },
      { name: 'obsvalue@body', kind: 'double' },
      { name: 'expver', kind: 'text' },
    ]);
  });

  it('leaves out texts of the table that no row names', async () => {
    const rows = frameOf(['11035', '10393', '82930'], 9);
    // The byte behind each marker is the place in the table: the third station becomes the first.
    const bytes = encodeOdb2([rows], {
      alterRows: (data) => {
        for (let at = 2; at < data.length; at += 2 + 1 + 8) if (data[at] === 2) data[at] = 0;
        return data;
      },
    });
    expect((await indexAll(bytes)).frames[0]?.stations).toEqual(['11035', '10393']);
    expect(new Set(valuesOf(await readAll(bytes), 'statid@hdr'))).toEqual(new Set(['11035', '10393']));
  });

  it.each(['constant_string', 'int8_string', 'int16_string', 'chars', 'long_constant_string'] as const)(
    'finds the station in %s',
    async (codec) => {
      const column = { name: 'statid', type: 'string', codec, values: [' 11035', ' 11035'] } as const;
      expect((await indexAll(encodeOdb2([{ columns: [column] }]))).frames[0]?.stations).toEqual(['11035']);
    },
  );

  it('has no stations without a column of them', async () => {
    const columns = [{ name: 'statid_x@hdr', type: 'string', values: ['11035'] } as const];
    expect((await indexAll(encodeOdb2([{ columns }]))).frames[0]?.stations).toEqual([]);
  });
});

describe('the header', () => {
  it('keeps properties and the meaning of bits', () => {
    const bits = [
      { name: 'active', size: 1 },
      { name: 'events', size: 5 },
    ];
    const properties = { encoder: 'odc version 1.4.1', note: 'Ö' };
    const bytes = encodeOdb2(
      [{ columns: [{ name: 'datum_status@body', type: 'bitfield', values: [1, 12], bits }], properties }],
      { littleEndian: false, flags: 10 },
    );
    const place = { file: 'a.odb', byteOffset: 0 };
    const prefix = readPrefix(bytes.subarray(0, PREFIX_LENGTH), place);
    const header = readHeader(
      bytes.subarray(PREFIX_LENGTH, PREFIX_LENGTH + prefix.headerLength),
      prefix,
      place,
    );
    expect(prefix.littleEndian).toBe(false);
    expect(Object.fromEntries(header.properties)).toEqual(properties);
    expect(header.columns[0]).toMatchObject({ name: 'datum_status@body', kind: 'int', codec: 'int8', bits });
  });
});

describe('stopping', () => {
  it('is heeded between blocks and between chunks', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(readAll(FILE, { signal: stop.signal })).rejects.toThrow(/abort/i);
    const later = new AbortController();
    const read = async () => {
      async function* chunks() {
        yield FILE;
      }
      for await (const _ of readOdb2(chunks(), { path: 'a.odb', onDamage: () => {}, signal: later.signal }))
        later.abort();
    };
    await expect(read()).rejects.toThrow(/abort/i);
  });

  it('by the consumer closes the stream', async () => {
    let closed = false;
    async function* chunks() {
      try {
        yield FILE;
        yield FILE;
      } finally {
        closed = true;
      }
    }
    for await (const _ of readOdb2(chunks(), { path: 'a.odb', onDamage: () => {} })) break;
    expect(closed).toBe(true);
  });
});
