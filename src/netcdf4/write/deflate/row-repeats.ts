/** The search for repeats among codes, one per row. */

/** Repeats of fewer rows are written out: three numbers of four bytes cost no more than telling where they stood before. */
const MIN_ROWS = 3;
const HASH_BITS = 12;
/** Within longer repeats not every row is remembered. */
const REMEMBERED_ROWS = 32;

/** A repeat in an entry: its distance above these bits, its number of rows in them. Smaller entries are codes. */
export const ROWS_BITS = 16;
export const ROWS_MASK = (1 << ROWS_BITS) - 1;

const heads = new Int32Array(1 << HASH_BITS);

function hashAt(codes: Uint16Array, at: number): number {
  const key = (codes[at]! << 16) ^ (codes[at + 1]! << 8) ^ codes[at + 2]!;
  return Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS);
}

/**
 * The rows as a list of codes and of repeats of what stood at most `maxDistance` rows before, greedily: the last place where the next
 * three rows stood together is taken. Fewer than 65,536 rows.
 */
export function findRepeats(codes: Uint16Array, maxDistance: number): Uint32Array {
  const rows = codes.length;
  const last = rows - MIN_ROWS;
  const list = new Uint32Array(rows);
  let count = 0;
  heads.fill(-1);
  for (let row = 0; row < rows; ) {
    const length = row > last ? 0 : repeatAt(codes, row, maxDistance);
    if (length === 0) {
      list[count++] = codes[row++]!;
      continue;
    }
    list[count++] = (found << ROWS_BITS) | length;
    const remembered = Math.min(row + Math.min(length, REMEMBERED_ROWS), last + 1);
    for (let i = row + 1; i < remembered; i++) heads[hashAt(codes, i)] = i;
    row += length;
  }
  return list.subarray(0, count);
}

/** Distance of the repeat that `repeatAt` found. */
let found = 0;

/** Rows of the repeat that begins at `row`, 0 where there is none; from now on the place is remembered. */
function repeatAt(codes: Uint16Array, row: number, maxDistance: number): number {
  const hash = hashAt(codes, row);
  const before = heads[hash]!;
  heads[hash] = row;
  found = row - before;
  if (before < 0 || found > maxDistance) return 0;
  let length = 0;
  while (row + length < codes.length && codes[before + length] === codes[row + length]) length++;
  return length < MIN_ROWS ? 0 : length;
}
