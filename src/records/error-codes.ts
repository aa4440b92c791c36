/** Codes of the errors of soundings; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const RECORDS_CODES = {
  InputError: {
    TOO_DENSE:
      'More reports come within two days than any station makes. Check that the input holds one station.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    records: typeof RECORDS_CODES;
  }
}
