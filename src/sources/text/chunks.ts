/** Lines that straddle chunks. */

/** Memory stays bounded whatever comes: no line of a sounding format is near this long. */
export const MAX_LINE = 1 << 16;
const LF = 0x0a;

/** Makes whole lines of chunks. */
export interface LineFeeder {
  feed(chunk: Uint8Array): void;
  /** The bytes after the last line end, and forgets them. */
  takeRest(): Uint8Array;
}

/**
 * @param readLines parses all complete lines and returns the number of bytes they take
 * @param moveOn told how many bytes have been parsed, after each call of `readLines`
 * @param endlessLine the error for a line of more than `MAX_LINE` bytes
 */
export function createLineFeeder(
  readLines: (bytes: Uint8Array) => number,
  moveOn: (bytes: number) => void,
  endlessLine: () => Error,
): LineFeeder {
  const carry = new Uint8Array(MAX_LINE);
  let carried = 0;
  const keep = (bytes: Uint8Array): void => {
    if (carried + bytes.length > MAX_LINE) throw endlessLine();
    carry.set(bytes, carried);
    carried += bytes.length;
  };
  return {
    feed(chunk) {
      // Node hands out Buffers; one class of array everywhere keeps the hot loop monomorphic.
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let start = 0;
      if (carried > 0) {
        const lineEnd = bytes.indexOf(LF);
        keep(bytes.subarray(0, lineEnd < 0 ? bytes.length : lineEnd + 1));
        if (lineEnd < 0) return;
        start = lineEnd + 1;
        readLines(carry.subarray(0, carried));
        moveOn(carried);
        carried = 0;
      }
      const rest = start === 0 ? bytes : bytes.subarray(start);
      const done = readLines(rest);
      moveOn(done);
      keep(rest.subarray(done));
    },
    takeRest() {
      const rest = carry.subarray(0, carried);
      carried = 0;
      return rest;
    },
  };
}
