/** Codes of the errors of GRIB files; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

const AGAIN = 'Get the file again, or go on with the messages that are whole.';

export const GRIB_CODES = {
  InputError: {
    GRIB_BITMAP: `A message refers to a bitmap of an earlier field, and there is none. ${AGAIN}`,
    GRIB_EDITION: `The letters GRIB are followed by an edition that is neither 1 nor 2. ${AGAIN}`,
    GRIB_LIMIT: `A message has more sections, points or octets of heads than any real one. ${AGAIN}`,
    GRIB_NO_END: `A message does not end with 7777 where its length says that it ends. ${AGAIN}`,
    GRIB_SECTION_LENGTH: `A section is shorter than its head, or runs over the end of its message. ${AGAIN}`,
    GRIB_SECTION_ORDER: `A section stands where its number may not stand, or one is absent. ${AGAIN}`,
    GRIB_TRUNCATED: `A message is longer than what is left of the file. ${AGAIN}`,
    GRIB_DATA: 'The packed values of a field are damaged. Get the file again.',
    GRIB_GRID: 'The grid of a field contradicts itself. Get the file again, or repair its section 3.',
    GRIB_TOO_LARGE: 'A field claims more points than its bytes account for. Get the file again.',
    GRIB_WIND: 'The components of a wind are on different grids. Give two fields of one grid.',
    UNSUPPORTED_GRID: 'The grid cannot be sampled. Interpolate the field to a regular grid first.',
    UNSUPPORTED_PACKING: 'The packing cannot be read. Convert the field to simple packing first.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    grib: typeof GRIB_CODES;
  }
}
