/** Messages that could not be used, and why. */
import { HarvestError } from '../../errors.js';
import type { Tally } from '../../records/tally.js';
import { skip as listSkip } from '../skips.js';

/** Counts a skipped part of a file and lists it. */
export type Skipper = (reason: string, byteOffset: number, detail: string) => void;

/** A skipper for one file. */
export function createSkipper(tally: Tally, file: string): Skipper {
  const context = { tally, path: file, listed: new Map<string, number>() };
  return (reason, byteOffset, detail) => listSkip(context, reason, byteOffset, detail);
}

/**
 * `bufr.message.unknown-descriptor` and the like for an error of the decoder.
 *
 * @throws the error itself where it is not about the message
 */
export function reasonOfError(error: unknown): { reason: string; detail: string } {
  if (!(error instanceof HarvestError) || !error.code.startsWith('BUFR_')) throw error;
  const code = error.code.slice('BUFR_'.length).toLowerCase().replaceAll('_', '-');
  return { reason: `bufr.message.${code}`, detail: error.message };
}
