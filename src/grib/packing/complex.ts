/**
 * Complex packing, templates 5.2 and 5.3: groups with a reference, a width and a length each; in 5.3 the numbers are differences
 * of first or second order.
 *
 * Groups are read into `out` as they are, NaN where missing. As soon as some thousand numbers are there, while they are in the cache,
 * the differences are summed up and scaled.
 */
import { bitsAt, readBits } from '../bits.js';
import { u32 } from '../octets.js';
import { Damage } from '../refusal.js';
import type { Packed } from './packed.js';
import { Summing } from './summing.js';

/** Numbers that are summed up at a time. */
const BATCH = 4096;

/** Section 5 of complex packing. */
interface Layout {
  /** 0: no missing values marked, 1: primary, 2: primary and secondary ones. */
  readonly missing: number;
  readonly groups: number;
  readonly widthReference: number;
  readonly widthBits: number;
  readonly lengthReference: number;
  readonly lengthIncrement: number;
  readonly lastLength: number;
  readonly lengthBits: number;
}

/** The groups' references, widths and lengths, and the bit behind them. */
interface Groups {
  readonly references: Uint32Array;
  readonly widths: Uint32Array;
  readonly lengths: Uint32Array;
  readonly first: number;
}

/** Unpacks template 5.2. */
export function unpackComplex(packed: Packed, out: Float64Array): number {
  return unpackGroups(packed, new Summing(packed, 0, 0), out);
}

/** Unpacks template 5.3. */
export function unpackDifferences(packed: Packed, out: Float64Array): number {
  const order = packed.representation[47]!;
  if (order > 2) throw new Damage(`spatial differences of order ${order}`);
  return unpackGroups(packed, new Summing(packed, order, packed.representation[48]!), out);
}

function unpackGroups(packed: Packed, summing: Summing, out: Float64Array): number {
  const layout = layoutOf(packed.representation);
  if (layout.missing > 2) throw new Damage(`missing value management ${layout.missing}`);
  if (layout.groups === 0 || (isConstant(packed, layout) && summing.isZero)) {
    out.fill(packed.scale.reference, 0, packed.count);
    return 0;
  }
  const groups = readGroups(packed, layout, summing.octets * 8);
  checkGroups(packed, groups);
  return spread(packed, layout.missing, groups, summing, out);
}

function layoutOf(section: Uint8Array): Layout {
  return {
    missing: section[22]!,
    groups: u32(section, 31),
    widthReference: section[35]!,
    widthBits: section[36]!,
    lengthReference: u32(section, 37),
    lengthIncrement: section[41]!,
    lastLength: u32(section, 42),
    lengthBits: section[46]!,
  };
}

/** No bit for a reference and none for any value: where they are no differences, all are the reference value, without its decimal scale. */
function isConstant({ bits }: Packed, { missing, widthBits, widthReference }: Layout): boolean {
  return bits === 0 && widthBits === 0 && widthReference === 0 && missing === 0;
}

function readGroups(packed: Packed, layout: Layout, from: number): Groups {
  const { bits, count, length, scratch, view } = packed;
  const { groups, widthBits, lengthBits } = layout;
  if (groups > count) throw new Damage(`${groups} groups for ${count} values`);
  if (Math.max(bits, widthBits, lengthBits) > 32) throw new Damage('numbers of groups of more than 32 bits');
  const widthsFrom = afterRun(from, groups, bits);
  const lengthsFrom = afterRun(widthsFrom, groups, widthBits);
  const first = afterRun(lengthsFrom, groups, lengthBits);
  if (first > length * 8) throw new Damage(`the heads of ${groups} groups run over the section`);
  const room = scratch.groups(3 * groups);
  const references = room.subarray(0, groups);
  const widths = room.subarray(groups, 2 * groups);
  const lengths = room.subarray(2 * groups, 3 * groups);
  readBits(view, { from, width: bits, count: groups }, references, 0);
  readBits(view, { from: widthsFrom, width: widthBits, count: groups }, widths, 0);
  readBits(view, { from: lengthsFrom, width: lengthBits, count: groups }, lengths, 0);
  for (let g = 0; g < groups; g++) {
    widths[g]! += layout.widthReference;
    lengths[g] = lengths[g]! * layout.lengthIncrement + layout.lengthReference;
  }
  lengths[groups - 1] = layout.lastLength;
  return { references, widths, lengths, first };
}

/** The bit behind a run, at the next octet. */
function afterRun(from: number, count: number, width: number): number {
  return Math.ceil((from + count * width) / 8) * 8;
}

/** The lengths of all groups are the count of values, and their bits are in the section. */
function checkGroups({ count, length }: Packed, { widths, lengths, first }: Groups): void {
  let values = 0;
  let bit = first;
  for (let g = 0; g < widths.length; g++) {
    const width = widths[g]!;
    if (width > 52) throw new Damage(`a group of ${width} bits`);
    values += lengths[g]!;
    bit += width * lengths[g]!;
  }
  if (values !== count) throw new Damage(`the groups hold ${values} of ${count} values`);
  if (bit > length * 8) throw new Damage(`the groups need ${Math.ceil(bit / 8)} octets, there are ${length}`);
}

function spread(
  packed: Packed,
  missing: number,
  { references, widths, lengths, first }: Groups,
  summing: Summing,
  out: Float64Array,
): number {
  const { view, bits } = packed;
  let bit = first;
  let at = 0;
  let summed = 0;
  for (let g = 0; g < widths.length; g++) {
    const width = widths[g]!;
    const reference = references[g]!;
    const end = at + lengths[g]!;
    const top = missing === 0 ? Number.POSITIVE_INFINITY : 2 ** (width === 0 ? bits : width) - missing;
    if (width === 0) out.fill(reference >= top ? Number.NaN : reference, at, end);
    else if (width > 25 || bit > 2 ** 31)
      for (let i = at, b = bit; i < end; i++, b += width)
        out[i] = marked(bitsAt(view, b, width), top, reference);
    else if (missing === 0) {
      const shift = 32 - width;
      for (let i = at, b = bit; i < end; i++, b += width)
        out[i] = reference + ((view.getUint32(b >>> 3) << (b & 7)) >>> shift);
    } else {
      const shift = 32 - width;
      for (let i = at, b = bit; i < end; i++, b += width)
        out[i] = marked((view.getUint32(b >>> 3) << (b & 7)) >>> shift, top, reference);
    }
    bit += width * lengths[g]!;
    at = end;
    if (at - summed >= BATCH) {
      summing.sum(out, summed, at);
      summed = at;
    }
  }
  summing.sum(out, summed, at);
  return missing === 0 ? 0 : countMissing(out, at);
}

/** A number of a group, NaN where it is one of the topmost, which mark missing ones. */
function marked(x: number, top: number, reference: number): number {
  return x >= top ? Number.NaN : reference + x;
}

function countMissing(out: Float64Array, count: number): number {
  let missing = 0;
  for (let i = 0; i < count; i++) if (Number.isNaN(out[i]!)) missing++;
  return missing;
}
