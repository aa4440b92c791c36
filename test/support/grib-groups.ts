/** Groups of integers with widths of their own: complex packing and spatial differencing (templates 5.2 and 5.3). */
import { OctetWriter } from './grib-octets.js';

/** How integers are put into groups. */
export interface GroupOptions {
  /** Values in a group, all but the last; 20 unless given. Called for each group. */
  length?: () => number;
  /** 0: none are missing; 1: NaN are missing; 2: NaN are missing in two ways, by turns. */
  missing?: 0 | 1 | 2;
  /** Order of spatial differencing; 0 is complex packing without. */
  order?: 0 | 1 | 2;
}

/** What section 5 says of the groups, and the data of section 7. */
export interface Groups {
  count: number;
  /** Bits of the references of the groups, of their widths and of their scaled lengths. */
  referenceBits: number;
  widthBits: number;
  lengthBits: number;
  leastWidth: number;
  leastLength: number;
  lastLength: number;
  /** Octets of each extra descriptor of spatial differencing. */
  descriptorOctets: number;
  data: Uint8Array;
}

interface Group {
  values: number[];
  reference: number;
  width: number;
}

const bitsOf = (value: number): number => (value === 0 ? 0 : Math.floor(Math.log2(value)) + 1);

/** Groups of integers from 0 on; NaN are missing, which only missing management 1 and 2 may have. */
export function encodeGroups(integers: readonly number[], options: GroupOptions = {}): Groups {
  const { length = () => 20, missing = 0, order = 0 } = options;
  const { descriptors, values } = differenced(integers, order);
  const groups = groupsOf(values, length, missing);
  const out = new OctetWriter();
  const descriptorOctets =
    order === 0 ? 0 : Math.max(1, Math.ceil((bitsOf(Math.max(...descriptors.map(Math.abs))) + 1) / 8));
  for (const descriptor of descriptors) out.signed(descriptor, descriptorOctets);
  const most = Math.max(0, ...groups.map(({ reference }) => reference));
  // Groups of missing values alone have the highest references, which no other may have.
  const referenceBits = Math.max(bitsOf(most + missing), missing === 0 ? 0 : 1 + (missing === 2 ? 1 : 0));
  const widths = groups.map(({ width }) => width);
  const leastWidth = Math.min(...widths);
  const widthBits = bitsOf(Math.max(...widths) - leastWidth);
  const lengths = groups.slice(0, -1).map((group) => group.values.length);
  const leastLength = lengths.length === 0 ? 0 : Math.min(...lengths);
  const lengthBits = bitsOf(Math.max(leastLength, ...lengths) - leastLength);
  for (const { reference } of groups)
    out.bits(reference < 0 ? 2 ** referenceBits + reference : reference, referenceBits);
  out.align();
  for (const width of widths) out.bits(width - leastWidth, widthBits);
  out.align();
  for (const one of [...lengths, leastLength]) out.bits(one - leastLength, lengthBits);
  out.align();
  for (const { values: inGroup, reference, width } of groups)
    if (width > 0)
      inGroup.forEach((value, i) => {
        out.bits(Number.isNaN(value) ? 2 ** width - 1 - wayOf(i, missing) : value - reference, width);
      });
  return {
    ...{ count: groups.length, referenceBits, widthBits, lengthBits, leastWidth, leastLength },
    ...{ lastLength: groups.at(-1)!.values.length, descriptorOctets, data: out.align().bytes() },
  };
}

/** In which of two ways a value is missing. */
const wayOf = (i: number, missing: number): number => (missing === 2 ? i % 2 : 0);

function groupsOf(values: readonly number[], length: () => number, missing: number): Group[] {
  const groups: Group[] = [];
  for (let i = 0; i < values.length; ) {
    const part = values.slice(i, i + Math.max(1, length()));
    i += part.length;
    const present = part.filter((value) => !Number.isNaN(value));
    if (present.length === 0) {
      // Stands for all ones, or one less.
      groups.push({ values: part, reference: -1 - wayOf(groups.length, missing), width: 0 });
      continue;
    }
    const reference = Math.min(...present);
    const range = Math.max(...present) - reference;
    const hasMissing = present.length < part.length;
    // With missing values the highest numbers of the width are theirs, also where none is missing but in groups of one value.
    const width = missing === 0 || (range === 0 && !hasMissing) ? bitsOf(range) : bitsOf(range + missing);
    groups.push({ values: part, reference, width });
  }
  return groups;
}

/** Differences of the values that are there, from their least; and the first values and the least, which are written before. */
function differenced(
  integers: readonly number[],
  order: number,
): { descriptors: number[]; values: readonly number[] } {
  if (order === 0) return { descriptors: [], values: integers };
  const before: number[] = [];
  const differences = integers.map((value) => {
    if (Number.isNaN(value)) return value;
    const difference =
      before.length < order
        ? 0
        : order === 1
          ? value - before.at(-1)!
          : value - 2 * before.at(-1)! + before.at(-2)!;
    before.push(value);
    return difference;
  });
  let seen = 0;
  const counted = differences.filter((value) => !Number.isNaN(value) && ++seen > order);
  const least = counted.length === 0 ? 0 : Math.min(...counted);
  seen = 0;
  const values = differences.map((value) => {
    if (Number.isNaN(value)) return value;
    return ++seen <= order ? 0 : value - least;
  });
  const firsts = Array.from({ length: order }, (_, i) => before[i] ?? 0);
  return { descriptors: [...firsts, least], values };
}
