/** The sections of a message of edition 1. */
import { DamagedMessage } from './damage.js';
import type { BytePlace, Field } from './field.js';
import type { HeadReader } from './head-reader.js';
import { u16, u24 } from './octets.js';

/** Section 0 of edition 1: `GRIB`, the length in 3 octets, the edition. */
const INDICATOR = 8;
const END = 4;
/** The product definition has at least these octets. */
const SHORTEST_PRODUCT = 28;
/** Of section 4, what describes the packing: flags, scales and the widths of second-order packing. */
const REPRESENTATION = 64;
const HAS_GRID = 128;
const HAS_BITMAP = 64;
/** Set in the length of messages of 2^23 bytes and more, whose length is counted in units of 120 bytes. */
const LARGE = 0x800000;
const UNIT = 120;

/** The field of the message that begins at `offset`. */
export async function readEdition1(reader: HeadReader, offset: number): Promise<Field[]> {
  const stated = u24(await reader.bytes(offset, INDICATOR), 4);
  const { size } = reader.source;
  // Of a large message the length follows from its last section; the limit until then is its unit.
  const limit = offset + (stated & LARGE ? (stated & ~LARGE) * UNIT : stated);
  let position = offset + INDICATOR;
  const next = async (name: string, shortest: number): Promise<BytePlace> => {
    const length = u24(await reader.bytes(position, 3), 0);
    if (length < shortest || position + length > Math.max(limit, offset + stated))
      throw new DamagedMessage('GRIB_SECTION_LENGTH', `${name} at ${position} has ${length} bytes`);
    const place = { offset: position, length };
    position += length;
    return place;
  };
  const whole = ({ offset: at, length }: BytePlace): Promise<Uint8Array> => reader.section(at, length);

  if (!(stated & LARGE)) checkSize(offset, stated, size);
  const product = await whole(await next('section 1', SHORTEST_PRODUCT));
  const flags = product[7]!;
  const grid = flags & HAS_GRID ? await whole(await next('section 2', 6)) : null;
  const bitmap = flags & HAS_BITMAP ? await bitmapOf(reader, await next('section 3', 6)) : null;
  const start = position;
  const written = u24(await reader.bytes(start, 3), 0);
  const large = (stated & LARGE) !== 0 && written < UNIT;
  const length = large ? (stated & ~LARGE) * UNIT - written + 4 : stated;
  checkSize(offset, length, size);
  const end = offset + length - END;
  const data = { offset: start, length: large ? end - start : written };
  if (data.length < 11 || start + data.length > end)
    throw new DamagedMessage('GRIB_SECTION_LENGTH', `section 4 at ${start} has ${data.length} bytes`);
  const representation = await reader.section(start, Math.min(REPRESENTATION, data.length));
  if ((await reader.letters(end)) !== '7777') throw new DamagedMessage('GRIB_NO_END', `${end} is another`);
  return [
    {
      source: reader.source,
      edition: 1,
      message: { offset, length },
      number: 1,
      discipline: -1,
      identification: product,
      local: null,
      grid,
      product,
      representation,
      bitmap,
      data,
    },
  ];
}

function checkSize(offset: number, length: number, size: number): void {
  if (offset + length > size)
    throw new DamagedMessage('GRIB_TRUNCATED', `${length} bytes stated, ${size - offset} there`);
}

async function bitmapOf(reader: HeadReader, section: BytePlace): Promise<Field['bitmap']> {
  const predefined = u16(await reader.bytes(section.offset, 6), 4);
  return predefined === 0 ? { offset: section.offset + 6, length: section.length - 6 } : { predefined };
}
