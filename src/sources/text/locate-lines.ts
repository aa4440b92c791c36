/** Lines of a source file from a byte on, with their numbers. Nothing is kept of what lies before. */
import { InputError } from '../../errors.js';
import type { InputFile } from '../../records/input.js';

/** A line; `to` is the byte after its last, the line end not included. */
export interface Line {
  /** From 1. */
  number: number;
  from: number;
  to: number;
  bytes: Uint8Array;
}

const LF = 0x0a;
/** The readers refuse longer lines. */
const MAX_LINE = 1 << 20;

/**
 * The lines from byte `offset` of the uncompressed content on, the last one also without a line end.
 *
 * @throws InputError `LINE_TOO_LONG` for a line of more than 1 MiB
 */
export async function* linesFrom(file: InputFile, offset: number): AsyncGenerator<Line> {
  let number = 1;
  let at = 0;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of file.chunks()) {
    const start = at;
    at += chunk.length;
    if (at <= offset) {
      number += countLineEnds(chunk);
      continue;
    }
    const skipped = Math.max(0, offset - start);
    if (skipped > 0) number += countLineEnds(chunk.subarray(0, skipped));
    const bytes = Buffer.concat([rest, chunk.subarray(skipped)]);
    const base = at - bytes.length;
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      yield { number: number++, from: base + from, to: base + end, bytes: bytes.subarray(from, end) };
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > MAX_LINE)
      throw new InputError('LINE_TOO_LONG', `${file.path}: a line of more than ${MAX_LINE} bytes`, {
        file: file.path,
        byteOffset: base + from,
        hint: 'The file is damaged or of another format.',
      });
  }
  if (rest.length > 0) yield { number, from: at - rest.length, to: at, bytes: rest };
}

function countLineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

/** Bytes as they are shown: every byte one character, so that columns stay columns. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** What stands behind a line: blanks, tabs, a carriage return. */
const PADDING: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d]);

/** The line without a carriage return and trailing blanks. */
export function trimmedEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && PADDING.has(bytes[end - 1] as number)) end--;
  return end;
}
