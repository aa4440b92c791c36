/** The search for the first header line in a file that begins with something else, and what is passed over. */
import { afterByteOrderMark } from './byte-order-mark.js';

const LF = 0x0a;
/** Blank, tab, carriage return, byte order mark. */
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, 0xef, 0xbb, 0xbf]);
/** No header line of a format is longer. */
const MAX_HEADER = 256;

/**
 * Offset of the first line that begins with the byte `first` and passes the test (given without its end, as ISO-8859-1); -1
 * for none.
 */
export function searchLine(bytes: Uint8Array, first: number, test: (line: string) => boolean): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let lineStart = 0; lineStart < buffer.length; ) {
    const at = afterByteOrderMark(buffer, lineStart);
    const lineEnd = buffer.indexOf(LF, at);
    const end = lineEnd < 0 ? buffer.length : lineEnd;
    if (buffer[at] === first && test(buffer.toString('latin1', at, Math.min(end, at + MAX_HEADER)).trimEnd()))
      return at;
    lineStart = end + 1;
  }
  return -1;
}

/** What comes before the first header. */
export interface PassedOver {
  bytes: number;
  /** Line ends. */
  lines: number;
  /** Lines that are not blank. */
  filledLines: number;
}

/** Counts what comes before the first header, which ends with a line; a byte order mark is blank. */
export function createPassedOver(): { take(bytes: Uint8Array): void; readonly counts: PassedOver } {
  const counts: PassedOver = { bytes: 0, lines: 0, filledLines: 0 };
  let filled = false;
  return {
    counts,
    take(bytes) {
      counts.bytes += bytes.length;
      for (const byte of bytes) {
        if (byte === LF) {
          counts.lines++;
          if (filled) counts.filledLines++;
          filled = false;
        } else if (!BLANKS.has(byte)) filled = true;
      }
    },
  };
}
