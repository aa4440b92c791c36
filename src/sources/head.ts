/** The beginning of an input, by which its format is told. */
import { InputError } from '../errors.js';
import type { InputFile } from '../records/input.js';
import type { Recognition } from './source.js';

/** Number of bytes that are looked at to tell a format. */
export const HEAD_LENGTH = 4096;

/** Bytes of a read in the middle of a file. */
const RANGE_BYTES = 1 << 18;

/** The first `length` bytes of a file, uncompressed; fewer where the file is shorter. */
export async function firstBytes(
  file: InputFile,
  { length = HEAD_LENGTH, signal }: { length?: number; signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  if (file.read !== undefined) return await file.read(0, length);
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of file.chunks(signal)) {
    signal?.throwIfAborted();
    // A copy: the whole chunk would stay in memory with it.
    parts.push(chunk.slice(0, length - total));
    total += chunk.length;
    if (total >= length) break;
  }
  return Buffer.concat(parts);
}

/**
 * The uncompressed bytes from an offset to the end, in chunks: read from there where the file can, and from the beginning where it cannot.
 */
export async function* bytesFrom(file: InputFile, offset: number): AsyncGenerator<Uint8Array> {
  if (file.read === undefined) {
    yield* afterBytes(file.chunks(), offset);
    return;
  }
  for (let at = offset; ; at += RANGE_BYTES) {
    const chunk = await file.read(at, at + RANGE_BYTES);
    if (chunk.length > 0) yield chunk;
    if (chunk.length < RANGE_BYTES) return;
  }
}

/** The bytes of chunks but for the first `count`. */
export async function* afterBytes(
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** The same bytes, the first chunk long enough to recognise the format by (or all there is). */
export async function* headFirst(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (head === null) yield chunk;
    else {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length < HEAD_LENGTH) continue;
      yield head;
      head = null;
    }
  }
  if (head !== null && head.length > 0) yield head;
}

/** @throws InputError `WRONG_FORMAT` where the format is another one than `expected`, with what was seen and what to give */
export function assertRecognised(
  file: InputFile,
  recognition: Recognition,
  expected: string,
  hint: string,
): void {
  if (recognition.fits) return;
  throw new InputError('WRONG_FORMAT', `${file.path}: expected ${expected}, found ${recognition.saw}`, {
    file: file.path,
    byteOffset: 0,
    hint,
  });
}
