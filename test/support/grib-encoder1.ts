/** A writer of GRIB messages of edition 1 for tests: simple packing, bitmaps, local parts of ECMWF and NCEP, large messages. */
import type { EncodedMessage, GridSpec } from './grib-encoder.js';
import { OctetWriter, section1 } from './grib-octets.js';
import { bitsOfPresent, packIntegers } from './grib-packings.js';
import { dequantise, floorIbm, ibmOctets, type Precision, quantise } from './grib-quantise.js';

/** The length of a large message is counted in these units, with the highest bit set; section 4 then has what they are too many. */
const UNIT = 120;
const LARGE = 0x800000;

/** A message of edition 1. */
export interface Message1Spec {
  centre?: number;
  subcentre?: number;
  /** Version of the parameter table; number of the parameter. */
  parameter: readonly [table: number, number: number];
  /** Type of the level, and its value or the two ends of a layer. */
  level: readonly [type: number, value: number] | readonly [type: number, top: number, bottom: number];
  /** Year, month, day, hour, minute; a year of null is missing. */
  time: readonly [year: number | null, month: number, day: number, hour?: number, minute?: number];
  /** Unit, P1, P2, time range; hours and an instant at 0 unless given. */
  steps?: readonly [unit: number, p1: number, p2: number, range: number];
  /** Octets from 41 on. */
  local?: Uint8Array;
  grid: GridSpec;
  /** Row by row; NaN is missing. */
  values: readonly number[];
  packing: Precision;
  /** Written as ECMWF writes messages of 8 MiB and more, with their length in units of 120 octets. */
  large?: boolean;
}

/** Local part of ECMWF, definition 1: class, type, stream, version, number and size of the ensemble. */
export function ecmwfLocal(
  codes: readonly [marsClass: number, type: number, stream: number],
  expver: string,
  [number, size]: readonly [number, number] = [0, 0],
): Uint8Array {
  const out = new OctetWriter().octets(1, codes[0], codes[1]).unsigned(codes[2], 2).text(expver);
  return out.octets(number, size, 0).bytes();
}

/** Local part of NCEP: type (1 control, 2 negative, 3 positive, 5 all), number, product. */
export function ncepLocal(type: number, number: number, product = 1): Uint8Array {
  return Uint8Array.of(1, type, number, product, 0);
}

/** The bytes of a message. */
export function encodeGrib1(spec: Message1Spec): EncodedMessage {
  const { values, packing, large = false } = spec;
  const present = values.filter((value) => !Number.isNaN(value));
  const hasBitmap = present.length < values.length;
  const quantised = quantise(present, packing, floorIbm);
  const all = dequantise(quantised);
  let next = 0;
  const decoded = values.map((value) => (Number.isNaN(value) ? value : all[next++]!));
  const before = new OctetWriter()
    .raw(section1(definition(spec, hasBitmap, quantised.decimal)))
    .raw(section1(encodeGrid(spec.grid)));
  if (hasBitmap) before.raw(section1(bitmapSection(values)));
  const packedBits = quantised.bits * present.length;
  const heads = 8 + before.length;
  // Section 4 has an even number of octets, and says how many of its last bits mean nothing.
  const dataLength = Math.ceil((11 + packedBits / 8) / 2) * 2;
  const unused = (dataLength - 11) * 8 - packedBits;
  const head = new OctetWriter().octets(unused).signed(quantised.binary, 2);
  const packed = packIntegers(quantised, head.raw(ibmOctets(quantised.reference)).octets(quantised.bits));
  const length = heads + dataLength + 4;
  const units = Math.ceil(length / UNIT);
  const lacking = units * UNIT - length + 4;
  if (large && lacking >= UNIT) throw new RangeError(`a large message cannot have ${length} octets`);
  const out = new OctetWriter().text('GRIB');
  out
    .unsigned(large ? LARGE + units : length, 3)
    .octets(1)
    .raw(before.bytes());
  out.unsigned(large ? lacking : dataLength, 3).raw(packed);
  out.raw(new Uint8Array(length - 4 - out.length)).text('7777');
  return { bytes: out.bytes(), decoded: [decoded] };
}

function definition(spec: Message1Spec, hasBitmap: boolean, decimal: number): Uint8Array {
  const { centre = 98, subcentre = 0, parameter, level, time, steps = [1, 0, 0, 0], local } = spec;
  const [year, month, day, hour = 0, minute = 0] = time;
  const century = year === null ? 255 : Math.floor((year - 1) / 100) + 1;
  const out = new OctetWriter().octets(parameter[0], centre, 145, 255, hasBitmap ? 192 : 128, parameter[1]);
  if (level.length === 2) out.octets(level[0]).unsigned(level[1], 2);
  else out.octets(...level);
  out.octets(year === null ? 255 : year - (century - 1) * 100, month, day, hour, minute);
  const [unit, p1, p2, range] = steps;
  if (range === 10) out.octets(unit).unsigned(p1, 2).octets(range);
  else out.octets(unit, p1, p2, range);
  out.unsigned(0, 2).octets(0, century, subcentre).signed(decimal, 2);
  return local === undefined ? out.bytes() : out.raw(new Uint8Array(12)).raw(local).bytes();
}

function encodeGrid({ ni, nj, first, last }: GridSpec): Uint8Array {
  const milli = (degrees: number): number => Math.round(degrees * 1000);
  const increment = (from: number, to: number, count: number): number =>
    count > 1 ? Math.abs(milli((to - from) / (count - 1))) : 0;
  const out = new OctetWriter().octets(0, 255, 0).unsigned(ni, 2).unsigned(nj, 2);
  out.signed(milli(first[0]), 3).signed(milli(first[1]), 3).octets(128);
  out.signed(milli(last[0]), 3).signed(milli(last[1]), 3);
  out.unsigned(increment(first[1], last[1], ni), 2).unsigned(increment(first[0], last[0], nj), 2);
  return out
    .octets(last[0] > first[0] ? 64 : 0)
    .unsigned(0, 4)
    .bytes();
}

function bitmapSection(values: readonly number[]): Uint8Array {
  const octets = Math.ceil(values.length / 8);
  const unused = octets * 8 - values.length;
  return bitsOfPresent(values, new OctetWriter().octets(unused).unsigned(0, 2));
}
