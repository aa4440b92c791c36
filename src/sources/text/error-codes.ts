/** Codes of the errors of text in lines; `errors.ts` says how they are written. */
import type { Codes } from '../../errors.js';

export const TEXT_CODES = {
  InputError: {
    LINE_TOO_LONG: 'A line is longer than any of its format. The file is damaged, or of another format.',
    NO_USABLE_LEVEL:
      'Not one line of levels or values can be read. Fetch the file again; the message has the first line.',
  },
} as const satisfies Codes;

declare module '../../errors.js' {
  interface RoomCodes {
    'sources/text': typeof TEXT_CODES;
  }
}
