/**
 * A writer of GRIB messages of edition 2 for tests and for the demo, made from the rules of the format (WMO-No. 306); it shares no code
 * with the reader. `grib-encoder1.ts` has edition 1.
 */
import { OctetWriter, section2 } from './grib-octets.js';
import { type PackingSpec, packValues } from './grib-packings.js';
import { encodeProduct, type ProductSpec, type TimeSpec, writeTime } from './grib-products.js';

/** A grid of latitudes and longitudes in degrees; rows from the first latitude on. */
export interface GridSpec {
  ni: number;
  nj: number;
  first: readonly [latitude: number, longitude: number];
  last: readonly [latitude: number, longitude: number];
}

/** Labels of ECMWF's archive: number of the local definition, class, type, stream, version. */
export type MarsSpec = readonly [definition: number, ...codes: [number, number, number], expver: string];

/** A field of a message. What is left out holds on from the field before. */
export interface FieldSpec {
  /** Section 2. */
  mars?: MarsSpec;
  /** Section 3. */
  grid?: GridSpec;
  product: ProductSpec;
  /** Row by row; NaN is missing. */
  values: readonly number[];
  packing: PackingSpec;
  /** The bitmap of the field before that had one. */
  sameBitmap?: boolean;
}

/** A message of edition 2: one field or several. */
export interface MessageSpec {
  centre?: number;
  subcentre?: number;
  discipline?: number;
  time: TimeSpec;
  /** Significance of the time (1: start of forecast), and type of the data (1: forecasts). */
  significance?: number;
  dataType?: number;
  fields: readonly FieldSpec[];
}

/** A message, and what a reader must get of it. */
export interface EncodedMessage {
  bytes: Uint8Array;
  /** Values of each field. */
  decoded: number[][];
}

/** The bytes of a message. */
export function encodeGrib2(spec: MessageSpec): EncodedMessage {
  const out = new OctetWriter();
  const decoded: number[][] = [];
  out.raw(section2(1, identification(spec)));
  for (const { mars, grid, product, values, packing, sameBitmap } of spec.fields) {
    const packed = packValues(values, packing, sameBitmap ? 254 : undefined);
    decoded.push(packed.decoded);
    if (mars !== undefined) out.raw(section2(2, labels(mars)));
    if (grid !== undefined) out.raw(section2(3, encodeGrid(grid)));
    out.raw(section2(4, encodeProduct(product)));
    out.raw(section2(5, packed.representation));
    out.raw(section2(6, packed.bitmap));
    out.raw(section2(7, packed.data));
  }
  const sections = out.bytes();
  return { bytes: framed(spec.discipline ?? 0, sections), decoded };
}

/** Sections 1 and following, with `GRIB` before and `7777` behind; `length` where it is another. */
export function framed(discipline: number, sections: Uint8Array, length = sections.length + 20): Uint8Array {
  const out = new OctetWriter().text('GRIB').unsigned(0, 2).octets(discipline, 2);
  return out.unsigned(length, 8).raw(sections).text('7777').bytes();
}

function identification(spec: MessageSpec): Uint8Array {
  const { centre = 7, subcentre = 0, time, significance = 1, dataType = 1 } = spec;
  const out = new OctetWriter().unsigned(centre, 2).unsigned(subcentre, 2).octets(27, 0, significance);
  writeTime(out, time);
  return out.octets(0, dataType).bytes();
}

function labels([definition, marsClass, type, stream, expver]: MarsSpec): Uint8Array {
  const out = new OctetWriter().unsigned(definition, 2);
  return out.unsigned(marsClass, 2).unsigned(type, 2).unsigned(stream, 2).text(expver).bytes();
}

/** Template 3.0: a sphere of 6,371,229 m, millionths of a degree. */
function encodeGrid({ ni, nj, first, last }: GridSpec): Uint8Array {
  const micro = (degrees: number): number => Math.round(degrees * 1e6);
  const increment = (from: number, to: number, count: number): number =>
    count > 1 ? Math.abs(micro((to - from) / (count - 1))) : 0;
  const out = new OctetWriter()
    .octets(0)
    .unsigned(ni * nj, 4)
    .octets(0, 0)
    .unsigned(0, 2)
    .octets(6);
  for (let radius = 0; radius < 3; radius++) out.unsigned(null, 1).unsigned(null, 4);
  out.unsigned(ni, 4).unsigned(nj, 4).unsigned(0, 4).unsigned(null, 4);
  out.signed(micro(first[0]), 4).signed(micro(first[1]), 4).octets(0x30);
  out.signed(micro(last[0]), 4).signed(micro(last[1]), 4);
  out.unsigned(increment(first[1], last[1], ni), 4).unsigned(increment(first[0], last[0], nj), 4);
  return out.octets(last[0] > first[0] ? 64 : 0).bytes();
}
