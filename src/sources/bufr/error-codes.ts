/** Codes of the errors of BUFR messages; `errors.ts` says how they are written. */
import type { Codes } from '../../errors.js';

export const BUFR_CODES = {
  InputError: {
    BUFR_TABLES: 'The BUFR tables of this package are damaged. Install the program again.',
    BUFR_EDITION: 'The message is of an edition other than 2, 3 and 4. Convert it, with ecCodes for example.',
    BUFR_MASTER_TABLE: 'The message is of a master table other than 0, meteorology. Nothing can be done.',
    BUFR_LENGTH: 'Lengths of the message and its sections contradict each other. Fetch the file again.',
    BUFR_UNKNOWN_DESCRIPTOR:
      'The message has a descriptor that the tables do not hold. Report it with the message.',
    BUFR_TEMPLATE:
      'The list of descriptors is empty, or a replication has more descriptors than follow it. Fetch the file again.',
    BUFR_OPERATOR:
      'An operator is not supported, or leads to an impossible width or scale. Report it with the message.',
    BUFR_NO_SUBSETS: 'The message has no subsets. Nothing is in it.',
    BUFR_TRUNCATED: 'The data section ends before the last element. Fetch the file again.',
    BUFR_LEFT_OVER:
      'More than a quarter of the data section lies behind the last element: the decoder was out of step. Fetch the file again.',
    BUFR_IMPOSSIBLE_COORDINATES:
      'A report has coordinates that no sounding can have: the decoder was out of step. Fetch the file again.',
    BUFR_BITMAP:
      'A bitmap is longer than the data before it, or a marker has no bitmap. Fetch the file again.',
    BUFR_TOO_LARGE:
      'The message has more descriptors than any real one, or more elements than its bits can hold. Delete it.',
  },
} as const satisfies Codes;

declare module '../../errors.js' {
  interface RoomCodes {
    'sources/bufr': typeof BUFR_CODES;
  }
}
