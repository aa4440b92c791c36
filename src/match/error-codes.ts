/** Codes of the errors of matching; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const MATCH_CODES = {
  InputError: {
    TOO_MANY_REPORTS:
      'More reports are at one time than ids can tell apart. Check that the input holds one station.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    match: typeof MATCH_CODES;
  }
}
