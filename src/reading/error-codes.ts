/** Codes of the errors of reading station files; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const READING_CODES = {
  UsageError: {
    NO_STATION_FILES:
      'There are no station files. Give `*.nc` files, or a folder of them: `<workdir>/output`.',
    NO_LAUNCH:
      'No launch is at the time that is asked for. The message has the nearest ones; `harvest show FILE` lists all.',
    NO_SIGNIFICANCE:
      'The source of the file does not say which levels are standard or significant. Choose levels by their pressure.',
    UNKNOWN_LEVELS: '`--levels` has a word that is no kind of level. The message lists the kinds.',
    UNKNOWN_VARIABLE:
      'A variable is not known, or not in the file. Give a code of observed_variable, or a name of the message.',
  },
  InputError: {
    NOT_A_STATION_FILE:
      'The file is not a station file of this program. Give one, such as `<workdir>/output/<dataset>/*.nc`.',
    RECORD_INDEX:
      'The record index of the file is damaged. `harvest verify` says what is wrong; harvest the station again with `--force`.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    reading: typeof READING_CODES;
  }
}
