/** The list of the parts of an input that could not be used: bounded per reason and file; the counts are exact. */
import { HarvestError } from '../../errors.js';
import { count, type Tally } from '../../records/tally.js';

/** Skips of one reason that are listed per file. */
const MAX_LISTED = 100;

/** Counts a skipped part of a file and lists it. */
export type Skipper = (reason: string, byteOffset: number, detail: string) => void;

/** A skipper for one file. */
export function createSkipper(tally: Tally, file: string): Skipper {
  const listed = new Map<string, number>();
  return (reason, byteOffset, detail) => {
    count(tally.noted, reason);
    const n = (listed.get(reason) ?? 0) + 1;
    listed.set(reason, n);
    if (n <= MAX_LISTED) tally.skipped.push({ file, byteOffset, reason, detail });
  };
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
