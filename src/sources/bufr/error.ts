/** The errors of a BUFR message that cannot be decoded. */
import { type CodesOf, InputError } from '../../errors.js';
import type { BUFR_CODES } from './error-codes.js';

/** Why a message cannot be decoded. */
export type BufrErrorCode = Exclude<CodesOf<typeof BUFR_CODES>, 'BUFR_TABLES'>;

/** An error in a message; `field` is the descriptor concerned, six digits. */
export function bufrError(code: BufrErrorCode, message: string, descriptor?: number): InputError {
  return new InputError(code, message, descriptor === undefined ? {} : { field: digits(descriptor) });
}

/** A descriptor as it is written in the manual, six digits: `012001`. */
export function digits(descriptor: number): string {
  return String(descriptor).padStart(6, '0');
}
