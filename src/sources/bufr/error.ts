/** The errors of a BUFR message that cannot be decoded. */
import { InputError } from '../../errors.js';

/** Why a message cannot be decoded. */
export type BufrErrorCode =
  /** An edition other than 2, 3 and 4. */
  | 'BUFR_EDITION'
  /** A master table other than 0, meteorology. */
  | 'BUFR_MASTER_TABLE'
  /** Lengths of the message and its sections that contradict each other. */
  | 'BUFR_LENGTH'
  /** A descriptor that the tables do not hold. */
  | 'BUFR_UNKNOWN_DESCRIPTOR'
  /** A list of descriptors that is empty, or a replication of more descriptors than follow it. */
  | 'BUFR_TEMPLATE'
  /** An operator that is not supported, or leads to an impossible width or scale. */
  | 'BUFR_OPERATOR'
  /** A message of 0 subsets. */
  | 'BUFR_NO_SUBSETS'
  /** The data section ends before the last element. */
  | 'BUFR_TRUNCATED'
  /** More than a quarter of the data section lies behind the last element. */
  | 'BUFR_LEFT_OVER'
  /** A report with coordinates that no sounding can have. */
  | 'BUFR_IMPOSSIBLE_COORDINATES'
  /** A bitmap longer than the data before it, or a marker without a bitmap. */
  | 'BUFR_BITMAP'
  /** More descriptors than any real message has, or more elements than its bits can hold. */
  | 'BUFR_TOO_LARGE';

/** An error in a message; `field` is the descriptor concerned, six digits. */
export function bufrError(code: BufrErrorCode, message: string, descriptor?: number): InputError {
  return new InputError(code, message, descriptor === undefined ? {} : { field: digits(descriptor) });
}

/** A descriptor as it is written in the manual, six digits: `012001`. */
export function digits(descriptor: number): string {
  return String(descriptor).padStart(6, '0');
}
