/** Codes of the errors of values and grids of GRIB; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const GRIB_DATA_CODES = {
  InputError: {
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
    gribData: typeof GRIB_DATA_CODES;
  }
}
