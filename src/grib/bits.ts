/**
 * Unsigned numbers of some bits each, one behind the other, first bit first.
 *
 * The hot loops read 32 bits at the byte where a number begins; so the bytes need {@link SLACK} bytes behind them.
 */

/** Bytes that must be readable behind the last bit. */
export const SLACK = 8;

/** The widest number that is always whole in the 32 bits from its first byte on. */
const IN_ONE_READ = 25;

/** Arrays that numbers are read into. */
export type Numbers = Float64Array | Uint32Array | Int32Array;

/** Numbers side by side: where they begin, how wide they are, how many. */
export interface BitRun {
  /** Bit of the first number, from the first bit of the view on. */
  readonly from: number;
  /** Bits of a number, 0 to 52. */
  readonly width: number;
  readonly count: number;
}

/** The number of `width` bits, up to 52, from a bit on. */
export function bitsAt(view: DataView, from: number, width: number): number {
  const byte = Math.floor(from / 8);
  const skipped = from - byte * 8;
  if (width === 0) return 0;
  if (width <= IN_ONE_READ) return (view.getUint32(byte) << skipped) >>> (32 - width);
  const high = width - IN_ONE_READ;
  return bitsAt(view, from, high) * 2 ** IN_ONE_READ + bitsAt(view, from + high, IN_ONE_READ);
}

/** Reads a run of numbers into `out` from index `at` on. */
export function readBits(view: DataView, run: BitRun, out: Numbers, at: number): void {
  const { width, count } = run;
  if (width === 0) out.fill(0, at, at + count);
  else if (width > IN_ONE_READ) readWide(view, run, out, at);
  else readNarrow(view, run, out, at);
}

function readNarrow(view: DataView, { from, width, count }: BitRun, out: Numbers, at: number): void {
  const shift = 32 - width;
  const base = Math.floor(from / 8);
  let bit = from - base * 8;
  // Bits are counted from a byte near by, so that they stay small integers however large the section is.
  const bytes = new DataView(view.buffer, view.byteOffset + base);
  const end = at + count;
  for (let i = at; i < end; i++, bit += width) out[i] = (bytes.getUint32(bit >>> 3) << (bit & 7)) >>> shift;
}

function readWide(view: DataView, { from, width, count }: BitRun, out: Numbers, at: number): void {
  for (let i = 0; i < count; i++) out[at + i] = bitsAt(view, from + i * width, width);
}
