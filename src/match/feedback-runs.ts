/** Where the values of a column change within a block: what tells the writer of columns that hardly ever do. */

/** The runs of equal values (equal bit by bit) in the rows of a block so far. */
export interface RunList {
  /** The rows at which a run begins, ascending, the first of them 0; `count` of them. */
  readonly starts: Int32Array;
  count: number;
}

/** A column of more runs than one in so many rows is not worth their list. */
const ROWS_PER_RUN = 4;

/** Follows the runs of one column. */
export interface RunTracker {
  /** Takes the next rows, `at` to `end` (exclusive); `at` 0 begins a block. `constant`: these rows are known to be one run. */
  add(at: number, end: number, constant: boolean): void;
  /** The runs of the rows so far; null where there are more than one in `ROWS_PER_RUN` rows of a full block. */
  readonly runs: RunList | null;
}

/**
 * @param array values of a block, of which each row takes `width` elements; a row is a multiple of four bytes
 * @param capacity rows of a block
 */
export function createRunTracker(
  array: Int32Array | Float32Array | Float64Array | Uint8Array,
  width: number,
  capacity: number,
): RunTracker {
  const words = new Int32Array(array.buffer, array.byteOffset, array.byteLength / 4);
  const stride = (width * array.BYTES_PER_ELEMENT) / 4;
  const list: RunList = { starts: new Int32Array(Math.ceil(capacity / ROWS_PER_RUN)), count: 0 };
  let overflow = false;
  return {
    get runs() {
      return overflow ? null : list;
    },
    add(at, end, constant) {
      if (at === 0) {
        list.starts[0] = 0;
        list.count = 1;
        overflow = false;
      }
      if (overflow) return;
      const from = Math.max(at, 1);
      const to = constant ? Math.min(end, at + 1) : end;
      overflow =
        stride === 1 ? !addWordRuns(words, from, to, list) : !addWideRuns(words, stride, from, to, list);
    },
  };
}

// Comparing words instead of numbers tells 0 from -0, and a missing value from none, in one look.

/** Adds the rows `from` to `to` that differ from the row before; false where there is no room for them. */
function addWordRuns(words: Int32Array, from: number, to: number, list: RunList): boolean {
  const { starts } = list;
  let { count } = list;
  for (let row = from; row < to; row++) {
    if (words[row] === words[row - 1]) continue;
    if (count === starts.length) return false;
    starts[count++] = row;
  }
  list.count = count;
  return true;
}

/** As `addWordRuns`, for rows of `stride` words. */
function addWideRuns(words: Int32Array, stride: number, from: number, to: number, list: RunList): boolean {
  const { starts } = list;
  let { count } = list;
  for (let row = from, at = from * stride; row < to; row++, at += stride) {
    let word = at;
    while (word < at + stride && words[word] === words[word - stride]) word++;
    if (word === at + stride) continue;
    if (count === starts.length) return false;
    starts[count++] = row;
  }
  list.count = count;
  return true;
}
