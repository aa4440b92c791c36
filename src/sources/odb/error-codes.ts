/** Codes of the errors of observation databases; `errors.ts` says how they are written. */
import type { Codes } from '../../errors.js';

export const ODB_CODES = {
  InputError: {
    MISSING_COLUMN:
      'An observation database lacks a column that soundings need. Export it again with the columns of the message.',
    TOO_MANY_ROWS:
      'A report has more rows than any sounding. The file is damaged, or its rows are of something else.',
    TOO_MANY_STATIONS:
      'A file has more stations than there are in the world. It is damaged, or its column statid holds something else.',
    FRAME_DAMAGED: 'A frame of ODB-2 is damaged. Fetch the file again; the other frames are read.',
    FRAME_TRUNCATED:
      'The last frame of ODB-2 ends too early. Fetch the file again; the other frames are read.',
    FRAME_TOO_LARGE:
      'A frame of ODB-2 has more rows than can be read or explained at once. Split it with odc.',
    FRAME_VERSION: 'A frame of ODB-2 has a version that is not known. Write it again with a current odc.',
    CODEC_UNKNOWN:
      'A column of ODB-2 is encoded in a way that is not known. Write it again with a current odc.',
  },
} as const satisfies Codes;

declare module '../../errors.js' {
  interface RoomCodes {
    'sources/odb': typeof ODB_CODES;
  }
}
