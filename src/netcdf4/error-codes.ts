/** Codes of the errors of netCDF-4 files; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const NETCDF4_CODES = {
  InputError: {
    NETCDF_STRUCTURE:
      'A netCDF-4 file is damaged or incomplete. Make it again, or take a copy that is whole.',
    NOT_A_FILE: 'The path is a pipe or a device. Give a file.',
  },
  StorageError: {
    DEFLATE: 'There is not enough memory to compress. Free some, or use fewer `--workers`.',
  },
  HarvestError: {
    NETCDF_ATTRIBUTE:
      'An attribute has a value that cannot be written. Give a text, a number or an array of them.',
    NETCDF_CHUNK_SIZE: 'A chunk is not below 4 GiB. Give a smaller `chunkRows`.',
    NETCDF_CLOSED: 'The file is closed already. Write before it is closed.',
    NETCDF_DIMENSION: 'A dimension is not there, or has an impossible length. Define it first.',
    NETCDF_DUPLICATE: 'The name is there already. Choose another one.',
    NETCDF_FILL: 'The fill value is no value of the type. Give one that is.',
    NETCDF_HEADER_SIZE: 'An attribute or a type is larger than a header can hold. Split it.',
    NETCDF_NAME:
      'The name cannot be one of netCDF. Begin with a letter, a digit or an underscore; no slash, no control character.',
    NETCDF_RANGE: 'An option is out of its range. The message has the range.',
    NETCDF_ROWS:
      'Variables of one dimension have different numbers of rows. Append the same number to each, or none.',
    NETCDF_SHAPE: 'Values are not whole rows, or there are too many dimensions. Give whole rows.',
    NETCDF_TEXT: 'A text holds a NUL character or is no text. Give one without.',
    NETCDF_TYPE: 'Values are not of the type of the variable. Give an array of its type.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    netcdf4: typeof NETCDF4_CODES;
  }
}
