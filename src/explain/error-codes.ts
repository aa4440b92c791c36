/** Codes of the errors of explaining values; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const EXPLAIN_CODES = {
  UsageError: {
    OBSERVATION_ID: 'The word is no observation_id. An id looks like `20150601113000-00-000017`.',
    NO_OBSERVATION: 'No observation is what is asked for. The message says what is near it.',
    TOO_MANY_OBSERVATIONS:
      'Too many observations are what is asked for. Give a minute, and a level as well as a variable.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    explain: typeof EXPLAIN_CODES;
  }
}
