/** Finding messages in a stream, and their headers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_GAP } from '../../../src/sources/bufr/gap.js';
import { readHeader, scanMessages } from '../../../src/sources/bufr/message.js';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { decodeBufr, scanAll, streamOf } from '../../support/bufr-decoding.js';
import { encodeBufr } from '../../support/bufr-encoder.js';

const tables = await loadTables();

/** A message that says who it is by its pressure. */
function message(pressure: number, edition: 3 | 4 = 4): Uint8Array {
  return encodeBufr({ tables, edition, descriptors: [1015, 7004], subsets: [['DE BILT', pressure]] });
}

function pressures(messages: readonly { bytes: Uint8Array }[]): number[] {
  return messages.map(({ bytes }) => decodeBufr(bytes).subsets[0]!.values[1]!);
}

/** A message as editions 0 and 1 have it: section 1 in place of a length and an edition, which is in its fourth octet. */
function oldMessage(edition: number, section2?: Uint8Array): Buffer {
  const bytes = encodeBufr({
    tables,
    edition: 3,
    ...(section2 && { section2 }),
    descriptors: [1015, 7004],
    subsets: [['DE BILT', 80_000]],
  });
  const old = Buffer.concat([bytes.subarray(0, 4), bytes.subarray(8)]);
  old[7] = edition;
  return old;
}

async function passedOverIn(bytes: Uint8Array): Promise<number[]> {
  const passedOver: number[] = [];
  const options = {
    path: 'a',
    onDamage: () => undefined,
    onPassedOver: (count: number) => passedOver.push(count),
  };
  for await (const _message of scanMessages(streamOf(bytes, [37]), options));
  return passedOver;
}

const GTS = Buffer.from('\x01\r\r\n123\r\r\nIUSK73 AMMC 182300\r\r\n', 'latin1');
const GTS_END = Buffer.from('\r\r\n\x03', 'latin1');

describe('scanning a stream', () => {
  const stream = Buffer.concat([
    ...[GTS, message(100_000), GTS_END],
    ...[message(90_000, 3), Buffer.alloc(100), Buffer.from('BUF'), message(80_000), GTS_END],
  ]);

  it('finds messages between headers of the GTS and padding, without damage', async () => {
    const { messages, damage } = await scanAll(stream);
    expect(damage).toEqual([]);
    expect(pressures(messages)).toEqual([100_000, 90_000, 80_000]);
    for (const { offset, bytes } of messages)
      expect(Buffer.from(bytes).equals(stream.subarray(offset, offset + bytes.length))).toBe(true);
    expect(messages[0]!.offset).toBe(GTS.length);
  });

  it('does not depend on where chunks end', async () => {
    const whole = await scanAll(stream);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), async (lengths) => {
        expect(await scanAll(stream, lengths)).toEqual(whole);
      }),
      { numRuns: 60, seed: 46 },
    );
    for (const length of [1, 2, 3, 4, 7]) expect(await scanAll(stream, [length])).toEqual(whole);
  });

  it('gives messages that stay as they are when the stream reuses its buffer', async () => {
    async function* reused() {
      const buffer = new Uint8Array(64);
      for await (const chunk of streamOf(stream, [64])) {
        buffer.set(chunk);
        yield buffer.subarray(0, chunk.length);
        buffer.fill(0x55);
      }
    }
    const found = [];
    for await (const one of scanMessages(reused(), { path: 'a', onDamage: () => expect.unreachable() }))
      found.push(one);
    expect(pressures(found)).toEqual([100_000, 90_000, 80_000]);
  });

  it('of wanted parts only, and no further than the last one', async () => {
    const { messages } = await scanAll(stream);
    const [first, second] = messages;
    expect((await scanAll(stream, [50], new Set([second!.offset]))).messages).toEqual([second]);
    expect((await scanAll(stream, [50], new Set([first!.offset]))).messages).toEqual([first]);
    expect((await scanAll(stream, [50], new Set())).messages).toEqual([]);
    let read = 0;
    async function* counted() {
      for await (const chunk of streamOf(stream, [10])) {
        read += chunk.length;
        yield chunk;
      }
    }
    const options = { path: 'a', onDamage: () => undefined, parts: new Set([first!.offset]) };
    for await (const one of scanMessages(counted(), options)) expect(one).toEqual(first);
    expect(read).toBeLessThan(first!.offset + first!.bytes.length + 10);
  });

  it('stops at an aborted signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const scan = scanMessages(streamOf(stream), { path: 'a', onDamage: () => undefined, signal });
    await expect(scan.next()).rejects.toThrow('enough');
  });

  it.each([
    ['a length that is too short', 7, 'length', 'states a length of 7 bytes'],
    ['a length of nothing', 0, 'length', 'states a length of 0 bytes'],
    ['a length beyond its end', 100, 'no-end', 'does not end with 7777 there'],
    ['a length beyond the stream', 0xffffff, 'truncated', 'test.bufr ends 190 bytes after'],
  ])('reports a message with %s and goes on with the next', async (_, length, reason, detail) => {
    const damaged = Buffer.from(message(70_000));
    damaged.writeUIntBE(length, 4, 3);
    const bytes = Buffer.concat([message(100_000), damaged, message(60_000)]);
    for (const lengths of [[1 << 20], [5]]) {
      const { messages, damage } = await scanAll(bytes, lengths);
      expect(pressures(messages)).toEqual([100_000, 60_000]);
      const byteOffset = messages[0]!.bytes.length;
      const left = String(bytes.length - byteOffset);
      expect(damage).toEqual([
        { byteOffset, reason, detail: expect.stringContaining(detail.replace('190', left)) },
      ]);
    }
  });

  it('reports a message whose stated length covers the next one, and finds that', async () => {
    const greedy = Buffer.from(message(70_000));
    const covered = message(60_000);
    greedy.writeUIntBE(greedy.length + covered.length, 4, 3);
    const bytes = Buffer.concat([greedy, covered, message(50_000)]);
    for (const lengths of [[1 << 20], [5]]) {
      const { messages, damage } = await scanAll(bytes, lengths);
      expect(pressures(messages)).toEqual([60_000, 50_000]);
      const detail = expect.stringMatching(`^the sections end ${covered.length} bytes before the 7777`);
      expect(damage).toEqual([{ byteOffset: 0, reason: 'length', detail }]);
    }
  });

  it.each([
    ['section 1', 8],
    ['section 3', 8 + 22],
    ['section 4', 8 + 22 + 11],
  ])('reports a message whose %s does not fit into it', async (name, at) => {
    const damaged = Buffer.from(message(70_000));
    damaged.writeUIntBE(5000, at, 3);
    const { messages, damage } = await scanAll(Buffer.concat([damaged, message(60_000)]));
    expect(pressures(messages)).toEqual([60_000]);
    const detail = expect.stringMatching(`^${name} does not fit`);
    expect(damage).toEqual([{ byteOffset: 0, reason: 'length', detail }]);
  });

  it('takes up to three octets before 7777 for filling, and no more', async () => {
    for (let filling = 0; filling < 6; filling++) {
      const bytes = Buffer.from(message(70_000));
      const filled = Buffer.concat([bytes.subarray(0, -4), Buffer.alloc(filling), bytes.subarray(-4)]);
      filled.writeUIntBE(filled.length, 4, 3);
      const { messages, damage } = await scanAll(filled);
      expect([messages.length, damage.length]).toEqual(filling <= 3 ? [1, 0] : [0, 1]);
    }
  });

  it('reports a last message that is cut anywhere', async () => {
    const last = message(60_000);
    for (let cut = 4; cut < last.length; cut++) {
      const bytes = Buffer.concat([message(100_000), last.subarray(0, cut)]);
      const { messages, damage } = await scanAll(bytes, [33]);
      expect(pressures(messages)).toEqual([100_000]);
      expect(damage).toMatchObject([{ byteOffset: messages[0]!.bytes.length, reason: 'truncated' }]);
    }
  });

  it('of many false beginnings tells of each once', async () => {
    // Each states the greatest length, so that each has to wait for the end of the stream.
    const bytes = Buffer.alloc(2 << 20, Buffer.from('BUFR\xff\xff\xff\x04\0\0\x16\0\0\0\0\0', 'latin1'));
    const { messages, damage } = await scanAll(bytes, [1 << 16]);
    expect(messages).toEqual([]);
    expect(damage).toHaveLength(bytes.length / 16);
  });

  it.each([
    ['ZCZC 123 BUFR MESSAGE NIL\r\r\nIUSK01 LOWM 041200\r\r\nTEMP IN BUFR EDITION 4\r\r\n'],
    // The end of a bulletin after the word looks like a length of 855,306 octets and edition 3.
    ['NIL BUFR\r\r\n\x03'],
    ['NIL BUFR\r\r\n\x03\x01\r\r\n123\r\r\nIUSK01 LOWM 041200\r\r\n'],
    ['NIL BUFR\r'],
    ['BUFR\0\0\0\0\0\0\0\0\0\0\0\0'],
  ])('takes the word in %j for text', async (text) => {
    const word = Buffer.from(text, 'latin1');
    const bytes = Buffer.concat([word, message(100_000), word]);
    for (const lengths of [[1 << 20], [5]]) {
      const { messages, damage } = await scanAll(bytes, lengths);
      expect(messages.map(({ offset }) => offset)).toEqual([word.length]);
      expect(damage).toEqual([]);
    }
  });

  it('tells of the bytes that are in no message, but for envelopes and what damage has told of', async () => {
    const one = message(100_000);
    const cut = message(90_000).subarray(0, 60);
    expect(await passedOverIn(Buffer.concat([Buffer.alloc(5000), one, GTS_END, GTS, one]))).toEqual([5000]);
    expect(await passedOverIn(Buffer.concat([one, Buffer.alloc(81), one, Buffer.alloc(90)]))).toEqual([
      81, 90,
    ]);
    expect(await passedOverIn(Buffer.concat([one, cut, Buffer.alloc(200), one]))).toEqual([]);
    expect(await passedOverIn(Buffer.concat([Buffer.alloc(100), cut, Buffer.alloc(200), one]))).toEqual([
      100,
    ]);
  });

  it('finds messages of editions 0 and 1 by the lengths of their sections', async () => {
    for (const edition of [0, 1]) {
      for (const section2 of [undefined, Uint8Array.of(1, 2, 3)]) {
        const old = oldMessage(edition, section2);
        const bytes = Buffer.concat([old, message(90_000), old, old.subarray(0, 30)]);
        for (const lengths of [[1 << 20], [7]]) {
          const { messages, damage } = await scanAll(bytes, lengths);
          expect(messages.map(({ offset }) => offset)).toEqual([
            0,
            old.length,
            bytes.length - 30 - old.length,
          ]);
          expect(messages[0]!.bytes).toEqual(new Uint8Array(old));
          expect(damage).toMatchObject([{ byteOffset: bytes.length - 30, reason: 'truncated' }]);
        }
      }
    }
  });

  it('ends where nothing follows the last message for 256 MiB', async () => {
    const one = message(100_000);
    let read = 0;
    async function* endless() {
      yield one;
      const zeros = Buffer.alloc(1 << 20);
      for (;;) {
        read += zeros.length;
        yield zeros;
      }
    }
    const damage: unknown[] = [];
    const passedOver: number[] = [];
    const options = {
      path: 'a',
      onDamage: (found: unknown) => damage.push(found),
      onPassedOver: (bytes: number) => passedOver.push(bytes),
    };
    const found = [];
    for await (const { offset } of scanMessages(endless(), options)) found.push(offset);
    expect(found).toEqual([0]);
    expect(damage).toMatchObject([{ byteOffset: one.length, reason: 'none-follows' }]);
    expect(passedOver).toEqual([read - 3]);
    expect(read).toBe(LONGEST_GAP + (1 << 20));
  });

  it('of nothing finds nothing', async () => {
    expect(await scanAll(new Uint8Array(0))).toEqual({ messages: [], damage: [] });
    expect(await scanAll(Buffer.from('BUF'))).toEqual({ messages: [], damage: [] });
  });
});

describe('headers', () => {
  const content = {
    tables,
    centre: 98,
    subCentre: 5,
    category: 2,
    subCategory: 4,
    localSubCategory: 101,
    masterVersion: 13,
    localVersion: 1,
    year: 2021,
    month: 6,
    day: 7,
    hour: 8,
    minute: 9,
    second: 10,
    descriptors: [7004, 11002],
    subsets: [
      [100_000, 1],
      [90_000, 2],
    ],
  };

  it('of edition 4', () => {
    expect(readHeader(encodeBufr(content))).toEqual({
      edition: 4,
      masterTable: 0,
      centre: 98,
      subCentre: 5,
      category: 2,
      subCategory: 4,
      localSubCategory: 101,
      rdbSubtype: null,
      masterVersion: 13,
      localVersion: 1,
      year: 2021,
      yearOfCentury: null,
      month: 6,
      day: 7,
      hour: 8,
      minute: 9,
      second: 10,
      subsetCount: 2,
      observed: true,
      compressed: false,
      descriptors: [7004, 11002],
      section2: null,
      data: { start: 8 + 22 + 11 + 4, end: 8 + 22 + 11 + 4 + 7 },
    });
  });

  it('of edition 3, with a section 2', () => {
    const section2 = Uint8Array.of(1, 2, 3);
    const bytes = encodeBufr({ ...content, edition: 3, compressed: true, section2 });
    const header = readHeader(bytes);
    expect(header).toMatchObject({
      edition: 3,
      centre: 98,
      subCentre: 5,
      subCategory: null,
      localSubCategory: 101,
      rdbSubtype: null,
      year: 2021,
      yearOfCentury: 21,
      minute: 9,
      second: 0,
      compressed: true,
      descriptors: [7004, 11002],
    });
    // Edition 3 fills sections up to an even number of octets.
    expect([...bytes.subarray(header.section2!.start, header.section2!.end)]).toEqual([1, 2, 3, 0]);
  });

  it('of edition 2 have a centre of two octets', () => {
    const bytes = encodeBufr({ ...content, edition: 3, subCentre: 1, centre: 2 });
    bytes[7] = 2;
    expect(readHeader(bytes)).toMatchObject({
      edition: 2,
      centre: 258,
      subCentre: 0,
      descriptors: [7004, 11002],
    });
  });

  it.each([
    [2000, 100],
    [2001, 1],
    [2021, 21],
    [2039, 39],
    [1940, 40],
    [1957, 57],
    [1999, 99],
  ])('of edition 3 say %i by the year of century %i', (year, yearOfCentury) => {
    expect(readHeader(encodeBufr({ ...content, edition: 3, year }))).toMatchObject({ year, yearOfCentury });
  });

  it('of edition 3 with year 0 mean 2000, beyond 100 the number itself', () => {
    const bytes = encodeBufr({ ...content, edition: 3 });
    bytes[8 + 12] = 0;
    expect(readHeader(bytes)).toMatchObject({ year: 2000, yearOfCentury: 0 });
    bytes[8 + 12] = 121;
    expect(readHeader(bytes)).toMatchObject({ year: 121, yearOfCentury: 121 });
  });

  it.each([0, 1, 5, 255])('of edition %i are refused', (edition) => {
    const bytes = encodeBufr(content);
    bytes[7] = edition;
    expect(() => readHeader(bytes)).toThrow(expect.objectContaining({ code: 'BUFR_EDITION' }));
  });

  it.each([
    ['section 0', 6],
    ['section 1', 8 + 2],
    ['section 3', 8 + 22 + 2],
    ['section 4', 8 + 22 + 11 + 2],
  ])('whose %s states another length are refused', (_, at) => {
    for (const length of [0, 1, 3, 200]) {
      const bytes = encodeBufr(content);
      bytes[at] = length;
      expect(() => readHeader(bytes)).toThrow(expect.objectContaining({ code: 'BUFR_LENGTH' }));
    }
  });
});
