/** The values of a field. */
import { countOnes, spreadValues } from './bitmap.js';
import { SLACK } from './bits.js';
import type { Field } from './field.js';
import { packingOf } from './packing/packing.js';
import { Scratch } from './packing/scratch.js';
import { Damage, damagedData, tooLarge } from './refusal.js';
import { pointsOf, rowsOf1 } from './rows.js';

/** The values of a field, in the room that they were decoded into: they hold until that room is used again. */
export interface Decoded {
  /** In the scanning order of the message as coded, in the units of the message; NaN is missing. */
  readonly values: Float64Array;
  /** How many are missing. */
  readonly missing: number;
}

/** Points that any field may have: 256 MiB of values, some more than the largest field of a weather service in use. */
const FREE_POINTS = 2 ** 25;
/** Points beyond that each octet of the field accounts for; no packing of real fields comes near. */
const POINTS_PER_OCTET = 256;

/** Buffers for decoding field after field without new memory. One decoding at a time. */
export class DecodeRoom {
  /** Working memory of the packings. */
  readonly scratch = new Scratch();
  #values = new Float64Array(0);

  /** Room for so many values, with what the last use left in it. */
  values(count: number): Float64Array {
    if (this.#values.length < count) this.#values = new Float64Array(count);
    return this.#values.subarray(0, count);
  }
}

/**
 * Decodes a field. Rejects with InputError: `UNSUPPORTED_PACKING` for a packing that is not read, `GRIB_DATA` for damaged sections,
 * `GRIB_TOO_LARGE` for more than 2^25 points where the field has not an octet for each 256 of those beyond; and with what the source
 * rejects with.
 *
 * @param room reused buffers; new ones where absent
 */
export async function decode(field: Field, room: DecodeRoom = new DecodeRoom()): Promise<Decoded> {
  const packing = packingOf(field);
  const points = await countPoints(field);
  checkPoints(field, points);
  const bitmap = await readBitmap(field, points);
  const count = bitmap === null ? points : countOnes(bitmap, 0, points);
  if (packing.count !== null) checkCount(field, packing.count, count, bitmap !== null);
  const least = (count * packing.leastBits) / 8;
  if (least > field.data.length)
    throw damagedData(
      field,
      `${count} values need ${Math.ceil(least)} octets, there are ${field.data.length}`,
    );
  const values = room.values(points);
  const { view, length } = await readData(field, room.scratch);
  const packed = { ...packing.head, view, length, count, scratch: room.scratch };
  const missing = await unpackOrSay(field, () =>
    packing.unpack(packed, values, () => valuesOfRows(field, bitmap)),
  );
  if (bitmap !== null) spreadValues(values, bitmap, count);
  return { values, missing: missing + points - count };
}

async function unpackOrSay(field: Field, unpack: () => number | Promise<number>): Promise<number> {
  try {
    return await unpack();
  } catch (error) {
    if (error instanceof Damage) throw damagedData(field, error.message);
    throw error;
  }
}

/** Points as the grid says, else as the bitmap or the packed bits say. */
async function countPoints(field: Field): Promise<number> {
  const points = pointsOf(field);
  if (points !== null) return points;
  const { bitmap, representation, data } = field;
  const unused = representation[3]! & 0x0f;
  const bits = representation[10]!;
  if (bitmap !== null && 'length' in bitmap) return bitmap.length * 8;
  if (bits === 0) throw damagedData(field, 'neither the grid nor the values say how many points there are');
  return Math.floor(((data.length - 11) * 8 - unused) / bits);
}

function checkPoints(field: Field, points: number): void {
  const octets =
    field.data.length + (field.bitmap !== null && 'length' in field.bitmap ? field.bitmap.length : 0);
  const most = FREE_POINTS + POINTS_PER_OCTET * octets;
  if (points > most || points > 2 ** 31) throw tooLarge(field, `${points} points in ${octets} octets`);
}

function checkCount(field: Field, coded: number, needed: number, masked: boolean): void {
  if (coded < needed) throw damagedData(field, `${coded} values for ${needed} points`);
  if (!masked && coded !== needed) throw damagedData(field, `${coded} values for ${needed} points`);
}

async function readBitmap(field: Field, points: number): Promise<Uint8Array | null> {
  const { bitmap, source } = field;
  if (bitmap === null) return null;
  if ('predefined' in bitmap)
    throw damagedData(field, `its bitmap is the predefined one ${bitmap.predefined}`);
  if (bitmap.length * 8 < points)
    throw damagedData(field, `a bitmap of ${bitmap.length} octets for ${points} points`);
  const bytes = await source.read(bitmap.offset, Math.ceil(points / 8));
  if (bytes.length * 8 < points) throw damagedData(field, 'the source ends within the bitmap');
  return bytes;
}

/** The data section, or what follows its head in edition 2, with zeroes behind it. */
async function readData(field: Field, scratch: Scratch): Promise<{ view: DataView; length: number }> {
  const skipped = field.edition === 2 ? 5 : 0;
  const length = Math.max(0, field.data.length - skipped);
  const read = await field.source.read(field.data.offset + skipped, length);
  if (read.length < length) throw damagedData(field, 'the source ends within the data');
  const bytes = scratch.bytes(length + SLACK);
  bytes.set(read);
  bytes.fill(0, length, length + SLACK);
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), length };
}

/** The values of each row of edition 1: its points, without those that the bitmap leaves out. */
function valuesOfRows(field: Field, bitmap: Uint8Array | null): Uint32Array {
  const rows = rowsOf1(field);
  if (rows === null) throw new Damage('the packing needs the rows of a grid that is not there');
  if (bitmap === null) return rows;
  let at = 0;
  return rows.map((length) => {
    const ones = countOnes(bitmap, at, at + length);
    at += length;
    return ones;
  });
}
