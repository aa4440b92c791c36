/** Codes of the errors of exports; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const EXPORT_CODES = {
  UsageError: {
    ONE_TABLE: 'The form is made of observations_table. Leave out `--table`, or choose `--form long`.',
    SEVERAL_TABLES: 'One file takes one table. Give a folder, such as `--output tables/`.',
    UNKNOWN_TABLE: 'The file has no such table. The message lists those that there are.',
    UNKNOWN_COLUMN: 'There is no such column. The message lists those that there are.',
    UNKNOWN_FORMAT:
      'The name of the output does not say a format. Give `--format`, or a name that ends in `.parquet`, `.arrow` or `.csv`.',
    NO_FEEDBACK: 'The file has no feedback of a reanalysis. Leave out `--feedback`.',
    NO_GZIP:
      'The format is not compressed as a whole. Choose the compression of its pages with `--compression`.',
    NO_ZSTD: 'This Node has no zstd. Use Node 22.15 or later, or another `--compression`.',
    MIXED_COLUMNS:
      'A column is of different types or units in two files. Export them one by one, or without it.',
    MIXED_PROFILES: 'Files have the units of different profiles. Export them apart, or with `--form wide`.',
    OUTPUT_IS_INPUT: 'The output is a file that is exported. Give another `--output`.',
    SAME_NAME: 'Two files would become one. Export them to different folders, or with `--merge`.',
  },
  InputError: {
    BAD_TIME: 'A time in the file is none. The file is damaged: harvest the station again.',
    MIXED_UNITS:
      'A variable has two units in one file. Export the long form, which has a unit for every row.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    export: typeof EXPORT_CODES;
  }
}
