/** The sections of a message of edition 2, which may hold several fields. */
import { DamagedMessage } from './damage.js';
import type { BytePlace, Field } from './field.js';
import type { HeadReader } from './head-reader.js';
import { u32, u64 } from './octets.js';

/** Section 0 of edition 2: `GRIB`, discipline, edition, the length in 8 octets. */
const INDICATOR = 16;
const END = 4;
const SECTION_HEAD = 5;
const MAX_SECTIONS = 64;
const MAX_POINTS = 2 ** 31;
/** The shortest that a section can be, by its number: what is read of it without looking at its template. */
const SHORTEST = [0, 21, 5, 14, 9, 11, 6, 5] as const;
/** The numbers that may follow each number; after 7 comes the end, or another field that begins with 2, 3 or 4. */
const FOLLOWING: readonly (readonly number[])[] = [[1], [2, 3], [3], [4], [5], [6], [7], [2, 3, 4]];

/** The sections seen last: they hold on for the next field of the message. */
interface Standing {
  identification: Uint8Array;
  local: Uint8Array | null;
  grid: Uint8Array;
  product: Uint8Array;
  representation: Uint8Array;
  bitmap: Field['bitmap'];
  /** The bitmap that was defined last, which the indicator 254 means. */
  defined: BytePlace | null;
}

const EMPTY = new Uint8Array(0);

/** The fields of the message that begins at `offset`. */
export async function readEdition2(reader: HeadReader, offset: number): Promise<Field[]> {
  const indicator = await reader.bytes(offset, INDICATOR);
  const message = { offset, length: u64(indicator, 8) };
  const discipline = indicator[6]!;
  const end = offset + message.length - END;
  const { source } = reader;
  if (end + END > source.size)
    throw new DamagedMessage(
      'GRIB_TRUNCATED',
      `${message.length} bytes stated, ${source.size - offset} there`,
    );
  if (end < offset + INDICATOR || (await reader.letters(end)) !== '7777')
    throw new DamagedMessage('GRIB_NO_END', `another at ${end}`);
  const now: Standing = {
    identification: EMPTY,
    local: null,
    grid: EMPTY,
    product: EMPTY,
    representation: EMPTY,
    bitmap: null,
    defined: null,
  };
  const fields: Field[] = [];
  let position = offset + INDICATOR;
  let before = 0;
  for (let count = 0; position < end; count++) {
    if (count === MAX_SECTIONS) throw new DamagedMessage('GRIB_LIMIT', `more than ${MAX_SECTIONS} sections`);
    if (position + SECTION_HEAD > end)
      throw new DamagedMessage('GRIB_SECTION_LENGTH', `${end - position} bytes are left at ${position}`);
    const head = await reader.bytes(position, SECTION_HEAD);
    const [length, number] = [u32(head, 0), head[4]!];
    if (!FOLLOWING[before]!.includes(number))
      throw new DamagedMessage('GRIB_SECTION_ORDER', `${number} at ${position}, after ${before}`);
    if (length < SHORTEST[number]! || position + length > end)
      throw new DamagedMessage('GRIB_SECTION_LENGTH', `section ${number} at ${position} has ${length} bytes`);
    const place = { offset: position, length };
    if (number === 7) {
      // Written out: spread objects are slow, and there are a million fields in an archive.
      fields.push({
        source,
        edition: 2,
        message,
        number: fields.length + 1,
        discipline,
        identification: now.identification,
        local: now.local,
        grid: now.grid,
        product: now.product,
        representation: now.representation,
        bitmap: now.bitmap,
        data: place,
      });
    } else await take(reader, number, place, now);
    before = number;
    position += length;
  }
  if (before !== 7) throw new DamagedMessage('GRIB_SECTION_ORDER', `the end follows section ${before}`);
  return fields;
}

/** A section other than the data takes the place of the one before it. */
async function take(reader: HeadReader, number: number, place: BytePlace, now: Standing): Promise<void> {
  if (number === 6) {
    const indicator = (await reader.bytes(place.offset, 6))[5]!;
    if (indicator === 0) now.defined = { offset: place.offset + 6, length: place.length - 6 };
    if (indicator === 254 && now.defined === null)
      throw new DamagedMessage('GRIB_BITMAP', `section 6 at ${place.offset}`);
    const predefined = indicator > 0 && indicator < 254;
    now.bitmap = predefined ? { predefined: indicator } : indicator === 255 ? null : now.defined;
    return;
  }
  const section = await reader.section(place.offset, place.length);
  if (number === 1) now.identification = section;
  else if (number === 2) now.local = section;
  else if (number === 4) now.product = section;
  else if (number === 5) now.representation = section;
  else {
    if (u32(section, 6) > MAX_POINTS)
      throw new DamagedMessage('GRIB_LIMIT', `section 3 at ${place.offset} has ${u32(section, 6)} points`);
    now.grid = section;
  }
}
