/**
 * Second order packing of edition 1: groups of numbers, each with a first-order value and a width.
 *
 * Three things say where groups end: their lengths (general extended), a secondary bitmap with a one at the beginning of each group, or
 * the rows of the grid. In general extended packing the numbers may be differences of order 1 to 3, and every other row may be reversed.
 */
import { bitsAt, readBits } from '../bits.js';
import { u16 } from '../octets.js';
import { Damage } from '../refusal.js';
import type { Packed } from './packed.js';
import { type Differences, NO_DIFFERENCES, reverseRows, sumDifferences } from './second-order-sums.js';

/** Bits of octet 14, the extended flags. */
const MATRIX = 0x40;
const SECONDARY_BITMAP = 0x20;
const DIFFERENT_WIDTHS = 0x10;
const GENERAL_EXTENDED = 0x08;
const BOUSTROPHEDONIC = 0x04;
const ORDER = 0x03;

/** The octet behind those that all kinds have. */
const BODY = 21;

/** Groups, and the bit where their numbers begin. */
interface Groups {
  readonly differences: Differences;
  readonly widths: Uint32Array;
  readonly lengths: Uint32Array;
  readonly references: Uint32Array;
  readonly first: number;
}

/** Unpacks second order packing; `rows` gives the values of each row as coded. */
export function unpackSecondOrder(packed: Packed, out: Float64Array, rows: () => Uint32Array): number {
  if (packed.length < BODY + 4) throw new Damage('the section is too short');
  const flags = packed.representation[13]!;
  if ((flags & MATRIX) !== 0) throw new Damage('second order packing of matrices');
  const extended = (flags & GENERAL_EXTENDED) !== 0;
  const groups = extended ? extendedGroups(packed, flags & ORDER) : plainGroups(packed, flags, rows);
  readNumbers(packed, groups, out);
  sumDifferences(out, packed.count, groups.differences);
  if (extended && (flags & BOUSTROPHEDONIC) !== 0) reverseRows(out.subarray(0, packed.count), rows());
  const { reference, binary, decimal } = packed.scale;
  for (let i = 0; i < packed.count; i++) out[i] = (out[i]! * binary + reference) * decimal;
  return 0;
}

/** Reads runs of numbers that begin at an octet each. */
class Runs {
  readonly #packed: Packed;
  octet: number;

  constructor(packed: Packed, octet: number) {
    this.#packed = packed;
    this.octet = octet;
  }

  next(count: number, width: number): Uint32Array {
    const { length, view } = this.#packed;
    const from = this.octet * 8;
    this.octet += Math.ceil((count * width) / 8);
    if (this.octet > length || width > 32) throw new Damage('the heads of groups run over the section');
    const out = new Uint32Array(count);
    readBits(view, { from, width, count }, out, 0);
    return out;
  }
}

function groupsOf({ representation, count }: Packed): number {
  const groups = u16(representation, 16) + 65_536 * representation[20]!;
  if (groups > count) throw new Damage(`${groups} groups for ${count} values`);
  return groups;
}

function extendedGroups(packed: Packed, order: number): Groups {
  const { representation, view, length } = packed;
  const groups = groupsOf(packed);
  const runs = new Runs(packed, BODY + 4);
  let differences = NO_DIFFERENCES;
  if (order > 0) {
    const width = view.getUint8(runs.octet);
    if (width < 1 || width > 32) throw new Damage(`first values of ${width} bits`);
    const bits = (runs.octet + 1) * 8;
    runs.octet += 1 + Math.ceil(((order + 1) * width) / 8);
    if (runs.octet > length) throw new Damage('the first values run over the section');
    const first = Array.from({ length: order }, (_, i) => bitsAt(view, bits + i * width, width));
    const least = bitsAt(view, bits + order * width, width);
    const sign = 2 ** (width - 1);
    differences = { first, least: least >= sign ? sign - least : least };
  }
  const widths = runs.next(groups, representation[21]!);
  const lengths = runs.next(groups, representation[22]!);
  const references = runs.next(groups, packed.bits);
  return { differences, widths, lengths, references, first: runs.octet * 8 };
}

function plainGroups(packed: Packed, flags: number, rows: () => Uint32Array): Groups {
  const groups = groupsOf(packed);
  const runs = new Runs(packed, BODY);
  const widths =
    (flags & DIFFERENT_WIDTHS) !== 0
      ? runs.next(groups, 8)
      : new Uint32Array(groups).fill(runs.next(1, 8)[0]!);
  let lengths: Uint32Array;
  if ((flags & SECONDARY_BITMAP) === 0) lengths = rows();
  else lengths = markedLengths(runs.next(packed.count, 1), groups);
  if (lengths.length !== groups) throw new Damage(`${groups} groups for ${lengths.length} rows`);
  const references = runs.next(groups, packed.bits);
  return { differences: NO_DIFFERENCES, widths, lengths, references, first: runs.octet * 8 };
}

/** Lengths of groups that begin where the secondary bitmap has a one. */
function markedLengths(marks: Uint32Array, groups: number): Uint32Array {
  const lengths = new Uint32Array(groups);
  let group = -1;
  for (const mark of marks) {
    group += mark;
    if (group < 0 || group >= groups) throw new Damage('the secondary bitmap does not fit the groups');
    lengths[group]!++;
  }
  return lengths;
}

/** The numbers of the groups, behind the first values. */
function readNumbers(packed: Packed, groups: Groups, out: Float64Array): void {
  const { view, length, count } = packed;
  const { differences, widths, lengths, references } = groups;
  let at = differences.first.length;
  let from = groups.first;
  for (let g = 0; g < widths.length; g++) {
    const width = widths[g]!;
    const size = lengths[g]!;
    const reference = references[g]!;
    if (at + size > count) throw new Damage(`the groups hold more than ${count} values`);
    if (width > 32 || from + size * width > length * 8) throw new Damage('the groups run over the section');
    readBits(view, { from, width, count: size }, out, at);
    for (let i = at; i < at + size; i++) out[i]! += reference;
    at += size;
    from += size * width;
  }
  if (at !== count) throw new Damage(`the groups hold ${at} of ${count} values`);
}
