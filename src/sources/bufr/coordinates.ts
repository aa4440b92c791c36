/**
 * Coordinates that no sounding can have. A decoder that is out of step, because the message is damaged or was made with other
 * tables, reads bits of one element as those of another: sooner or later they are a pressure of 1,600 hPa or a latitude of 200
 * degrees. One such number may be a slip of those who made the message, and costs no more than itself where it is read.
 * Several that are more than a tenth of all show that nothing in the report can be trusted, and the message is damage.
 * (Of random bits 27 % are impossible as pressure, 23 % as height, 67 % as latitude.)
 */
import type { DecodedMessage } from './decode.js';
import { bufrError } from './error.js';
import type { Subset } from './subset.js';

/** Impossible coordinates in a report from which on it is damage, and their part of all that it has. */
const AT_LEAST = 2;
const PART = 1 / 10;

/** Lowest and highest value, in the unit of table B, and the elements that have them. */
const BOUNDS: readonly (readonly [lowest: number, highest: number, descriptors: readonly number[]])[] = [
  // Latitude and its displacement, degrees.
  [-90, 90, [5001, 5002, 5015, 5016]],
  // Longitude and its displacement, degrees; some count to 360.
  [-180, 360, [6001, 6002, 6015, 6016]],
  // Pressure, Pa: 1,085 hPa is the highest ever measured.
  [0, 120_000, [7004, 10_004]],
  // Height, m or gpm: rocketsondes come to 90 km.
  [-1000, 100_000, [7002, 7007, 7009, 7010, 10_007, 10_009]],
  // Geopotential, m2 s-2.
  [-10_000, 1_000_000, [7003, 10_003, 10_008]],
];
/** Elements of table B are numbered below. */
const TABLE_B_END = 64_000;
/** By descriptor: the place in `BOUNDS` and one, 0 for what is no coordinate. Each element of an archive is looked up. */
const KINDS = new Uint8Array(TABLE_B_END);
for (const [i, [, , descriptors]] of BOUNDS.entries()) for (const d of descriptors) KINDS[d] = i + 1;
const LOWEST = Float64Array.from([Number.NaN, ...BOUNDS.map(([lowest]) => lowest)]);
const HIGHEST = Float64Array.from([Number.NaN, ...BOUNDS.map(([, highest]) => highest)]);

/** @throws InputError `BUFR_IMPOSSIBLE_COORDINATES` where the coordinates of a report show that it is out of step */
export function assertPossible({ subsets }: DecodedMessage): void {
  for (const [k, subset] of subsets.entries()) {
    // Equal subsets of a compressed message are one.
    if (subset === subsets[k - 1]) continue;
    const { all, impossible } = countCoordinates(subset);
    if (impossible < AT_LEAST || impossible <= all * PART) continue;
    throw bufrError(
      'BUFR_IMPOSSIBLE_COORDINATES',
      `${impossible} of the ${all} coordinates of subset ${k + 1} are impossible: it cannot be read with these tables, or is damaged`,
    );
  }
}

function countCoordinates({ elements, values, length }: Subset): { all: number; impossible: number } {
  let all = 0;
  let impossible = 0;
  for (let i = 0; i < length; i++) {
    const { descriptor } = elements[i]!;
    if (descriptor >= TABLE_B_END) continue;
    const kind = KINDS[descriptor]!;
    if (kind === 0) continue;
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    all++;
    if (value < LOWEST[kind]! || value > HIGHEST[kind]!) impossible++;
  }
  return { all, impossible };
}
