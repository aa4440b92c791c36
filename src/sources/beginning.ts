/**
 * Where in an input that begins which a source reads. The first 4 KiB tell the format of nearly every file; where they do
 * not, a file is searched for its first message or header through its first 16 MiB, unless it begins as a file of another
 * kind does.
 */

import type { InputFile } from '../records/input.js';
import { isCompressed, isOtherKind } from './foreign.js';
import { assertRecognised, firstBytes, HEAD_LENGTH } from './head.js';
import type { Recognition, Source } from './source.js';

/**
 * Number of bytes in which the first message or header must begin (16 MiB). Input without one, such as endless zeros or
 * blank lines, is read no further.
 */
export const SEARCH_LENGTH = 1 << 24;

/** What tells a format. */
type Teller = Pick<Source, 'recognise' | 'search'>;

export interface Beginning {
  recognition: Recognition;
  /** Offset of the first message or header, where it was searched for; 0 where the first bytes tell what the file is. */
  start: number;
  /** The bytes from there on, as many as `recognise` looks at. */
  head: Uint8Array;
}

/** Tells a file by its first bytes, or else by what a search of its first 16 MiB finds. Throws what reading it throws. */
export async function findBeginning(
  file: InputFile,
  source: Teller,
  signal?: AbortSignal,
): Promise<Beginning> {
  const first = await firstBytes(file, { signal });
  const recognition = source.recognise(first);
  const atOnce: Beginning = { recognition, start: 0, head: first };
  const { search } = source;
  if (recognition.fits || search === undefined || isOtherKind(first)) return atOnce;
  const bytes = await firstBytes(file, { length: SEARCH_LENGTH, signal });
  const start = search(bytes);
  if (start < 0) return atOnce;
  // A copy: all that was searched would stay in memory with it.
  const head = new Uint8Array(bytes.subarray(start, start + HEAD_LENGTH));
  return { recognition: source.recognise(head), start, head };
}

/** Whether a file may be of a source: its soundings, its station list, or either of them compressed. */
export async function mayHold(file: InputFile, source: Source, signal?: AbortSignal): Promise<boolean> {
  const head = await firstBytes(file, { signal });
  if (isCompressed(head) || source.inventory?.recognise(head) === true) return true;
  return (await findBeginning(file, source, signal)).recognition.fits;
}

/**
 * The beginning of a file that must be of a format.
 *
 * @throws InputError `WRONG_FORMAT` where it is another one than `expected`, with what was seen and what to give
 */
export async function expectBeginning(
  file: InputFile,
  source: Teller,
  { expected, hint, signal }: { expected: string; hint: string; signal?: AbortSignal | undefined },
): Promise<Beginning> {
  const beginning = await findBeginning(file, source, signal);
  assertRecognised(file, beginning.recognition, expected, hint);
  return beginning;
}
