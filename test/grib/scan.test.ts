import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { type Field, fileSource, keysOf, memorySource, scan } from '../../src/grib/index.js';
import { encodeGrib2, framed } from '../support/grib-encoder.js';
import { encodeGrib1 } from '../support/grib-encoder1.js';
import * as made from '../support/grib-made.js';
import { section2 } from '../support/grib-octets.js';
import { countingSource, scanAll } from '../support/grib-reading.js';
import { stretched, writeSparse } from '../support/grib-sparse.js';

const { makeField, makeMessage, makeMessage1 } = made;
const folder = mkdtempSync(join(tmpdir(), 'grib-scan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const one = encodeGrib2(makeMessage([makeField(made.TEMPERATURE)])).bytes;
const first = encodeGrib1(makeMessage1()).bytes;
const text = (letters: string): Uint8Array => new TextEncoder().encode(letters);
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const offsets = (fields: readonly Field[]): number[] => fields.map(({ message }) => message.offset);

function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe('scan of GRIB messages', () => {
  it('both editions in one source, with bytes between, before and behind', async () => {
    const bytes = joined(
      text('\r\r\nAAAA GRI'),
      first,
      text('7777'),
      one,
      new Uint8Array(5000),
      one,
      text('GRI'),
    );
    const { fields, summary, damage } = await scanAll(bytes);
    const [a, b] = [11, 11 + first.length + 4];
    expect(offsets(fields)).toEqual([a, b, b + one.length + 5000]);
    expect(fields.map(({ edition }) => edition)).toEqual([1, 2, 2]);
    expect(damage).toEqual([]);
    expect(summary).toEqual({
      ...{ messages: 3, fields: 3, damaged: 0, damage: {} },
      skippedBytes: bytes.length - first.length - 2 * one.length,
    });
  });

  it('letters across the border of windows', async () => {
    for (let gap = 2 ** 20 + 4090; gap < 2 ** 20 + 4104; gap++) {
      const { fields } = await scanAll(joined(new Uint8Array(gap), one));
      expect(offsets(fields)).toEqual([gap]);
    }
  });

  it('fields of one message: what is not said again holds on', async () => {
    const holes = made.makeValues(1, 'holes');
    const { bytes } = encodeGrib2(
      makeMessage([
        { product: made.EASTWARD, packing: made.SIMPLE, values: holes, mars: made.MARS },
        { product: made.NORTHWARD, packing: made.SIMPLE, values: holes, sameBitmap: true },
        makeField(made.TEMPERATURE),
      ]),
    );
    const { fields } = await scanAll(bytes);
    expect(fields.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(fields.map((field) => keysOf(field).shortName)).toEqual(['u', 'v', 't']);
    expect(new Set(fields.map(({ grid }) => grid)).size).toBe(1);
    expect(fields[2]!.local).toBe(fields[0]!.local);
    expect(fields[1]!.bitmap).toEqual(fields[0]!.bitmap);
    expect(fields[0]!.bitmap).toMatchObject({ length: Math.ceil(holes.length / 8) });
    expect(fields[2]!.bitmap).toBeNull();
  });

  it('a message longer than 4 GiB, and one behind it, without reading their data', async () => {
    const spec = makeMessage([makeField(made.EASTWARD), makeField(made.NORTHWARD)]);
    const long = stretched(spec, [2_800_000_000, 2_600_000_000]);
    const size = long.end + one.length;
    const path = join(folder, 'long.grib2');
    await writeSparse(path, [...long.pieces, { offset: long.end, bytes: one }], size);
    const file = await fileSource(path);
    const source = countingSource(file);
    const { fields, summary } = await scanAll(source);
    await file.close();
    expect(size).toBeGreaterThan(5 * 2 ** 30);
    expect(offsets(fields)).toEqual([0, 0, long.end]);
    expect(fields[1]!.data.offset).toBeGreaterThan(2_800_000_000);
    expect(summary).toMatchObject({ messages: 2, fields: 3, skippedBytes: 0 });
    expect(source.bytesRead).toBeLessThan(5000);
  });

  it('messages of edition 1 whose length is counted in units of 120 bytes', async () => {
    for (const bits of [8, 12, 16, 24]) {
      const { bytes } = encodeGrib1(makeMessage1({ packing: { bits }, large: true }));
      const { fields, summary } = await scanAll(joined(bytes, first));
      expect(fields.map(({ message }) => message)).toEqual([
        { offset: 0, length: bytes.length },
        { offset: bytes.length, length: first.length },
      ]);
      const { data } = fields[0]!;
      expect(data.offset + data.length).toBe(bytes.length - 4);
      expect(summary.skippedBytes).toBe(0);
    }
  });

  it('ends with the reason of its signal', async () => {
    const reason = new Error('enough');
    const scanning = scan(memorySource(joined(one, one)), { signal: AbortSignal.abort(reason) });
    await expect(scanning.next()).rejects.toBe(reason);
  });

  it('passes on what the source rejects with', async () => {
    const failing = { ...memorySource(one), read: () => Promise.reject(new StorageError('EIO', 'broken')) };
    await expect(scanAll(failing)).rejects.toThrow(StorageError);
    await expect(fileSource(join(folder, 'absent'))).rejects.toThrow(StorageError);
    await expect(fileSource(folder)).rejects.toThrow(StorageError);
  });
});

describe('damaged GRIB messages', () => {
  const sections = one.subarray(16, -4);
  const starts: number[] = [];
  for (let at = 16; at < one.length - 4; at += Buffer.from(one).readUInt32BE(at)) starts.push(at);

  const cases: [string, Uint8Array, string][] = [
    ['an edition that is none', changed(one, 7, 3), 'GRIB_EDITION'],
    ['a length beyond the file', changed(one, 8, 0, 0, 1), 'GRIB_TRUNCATED'],
    ['a length beyond 2^53', changed(one, 8, 255, 255, 255), 'GRIB_TRUNCATED'],
    ['a length too short', changed(one, 8, 0, 0, 0, 0, 0, 0, 0, 7), 'GRIB_NO_END'],
    ['no 7777', changed(one, one.length - 1, 0x38), 'GRIB_NO_END'],
    ['a section of length 0', changed(one, starts[2]!, 0, 0, 0, 0), 'GRIB_SECTION_LENGTH'],
    ['a section that runs over', changed(one, starts[4]!, 0, 255, 0, 0), 'GRIB_SECTION_LENGTH'],
    ['a section of another number', changed(one, starts[1]! + 4, 5), 'GRIB_SECTION_ORDER'],
    ['a section that is absent', framed(0, sections.subarray(0, starts.at(-1)! - 16)), 'GRIB_SECTION_ORDER'],
    ['no section at all', framed(0, new Uint8Array(0)), 'GRIB_SECTION_ORDER'],
    ['a bitmap that was never there', changed(one, starts[4]! + 5, 254), 'GRIB_BITMAP'],
    ['too many points', changed(one, starts[1]! + 6, 0x80, 0, 0, 1), 'GRIB_LIMIT'],
    ['too many sections', framed(0, manyFields(sections)), 'GRIB_LIMIT'],
    ['edition 1: a length beyond the file', changed(first, 4, 1), 'GRIB_TRUNCATED'],
    ['edition 1: a section of length 0', changed(first, 8, 0, 0, 0), 'GRIB_SECTION_LENGTH'],
    ['edition 1: no 7777', changed(first, first.length - 4, 0), 'GRIB_NO_END'],
    ['edition 1: large, and longer than the file', changed(first, 4, 0x90), 'GRIB_TRUNCATED'],
  ];

  for (const [what, bytes, code] of cases)
    it(`${what}: named, and the next message is read`, async () => {
      const { fields, damage, summary } = await scanAll(joined(text('x'), bytes, one));
      expect(damage).toEqual([{ code, offset: 1, message: expect.any(String) }]);
      expect(offsets(fields)).toEqual([1 + bytes.length]);
      expect(summary).toMatchObject({ damaged: 1, damage: { [code]: 1 }, skippedBytes: 1 + bytes.length });
    });

  it('a message that is cut anywhere is damaged, and the one before it whole', async () => {
    for (const whole of [one, first])
      for (let length = 4; length < whole.length; length += 7) {
        const { fields, damage } = await scanAll(joined(one, whole.subarray(0, length)));
        expect(offsets(fields)).toEqual([0]);
        expect(damage.map(({ code, offset }) => [code, offset])).toEqual([['GRIB_TRUNCATED', one.length]]);
      }
  });

  it('a source that becomes shorter while it is read', async () => {
    const source = { ...memorySource(one.subarray(0, 100)), size: one.length + 3 };
    const { fields, damage } = await scanAll(source);
    expect(fields).toEqual([]);
    expect(damage.length).toBe(1);
  });
});

/** Thirty times section 4 to 7, behind sections 1 and 3. */
function manyFields(sections: Uint8Array): Uint8Array {
  const view = new DataView(sections.buffer, sections.byteOffset);
  const front = view.getUint32(0) + view.getUint32(view.getUint32(0));
  const rest = sections.subarray(front);
  const filler = section2(7, new Uint8Array(3));
  const withoutData = rest.subarray(0, rest.length - dataLength(rest));
  return joined(
    sections.subarray(0, front),
    ...Array.from({ length: 30 }, () => joined(withoutData, filler)),
  );
}

function dataLength(sections: Uint8Array): number {
  const view = new DataView(sections.buffer, sections.byteOffset);
  let at = 0;
  while (sections[at + 4] !== 7) at += view.getUint32(at);
  return sections.length - at;
}
