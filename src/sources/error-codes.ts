/** Codes of the errors of sources; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const SOURCES_CODES = {
  UsageError: {
    UNKNOWN_SOURCE: 'There is no such dataset. `harvest sources` lists them.',
  },
  InputError: {
    WRONG_FORMAT:
      'The file is of another format than its dataset. The message says what was found; choose the `--source` that fits.',
    DESCRIPTOR:
      'The descriptor of a source is not complete. Install the program again; of a new source, see docs/adding-a-source.md.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    sources: typeof SOURCES_CODES;
  }
}
