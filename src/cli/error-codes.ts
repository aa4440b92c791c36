/** Codes of the errors of the command line; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const CLI_CODES = {
  UsageError: {
    USAGE: 'Words of the command line do not fit the command, or each other. See `harvest <command> --help`.',
    NO_SOURCE: 'A harvest needs a dataset. Give `--source`; `harvest sources` lists the datasets.',
    INPUT_OF_ALL:
      '`--input` and `--source all` exclude each other. Put the files of each dataset under `<workdir>/sources/<dataset>/`.',
    NOT_A_NUMBER: 'An option that counts has no whole number in its range. Write one, such as `--workers 4`.',
    BAD_MIRROR:
      '`--mirror` does not name a dataset and an address that may be asked. Write `--mirror <dataset>=https://mirror.example.org/soundings/`.',
    NO_STATIONS: 'The file of `--stations` names no station. Write one id per line.',
    EMPTY_PERIOD: '`--from` is after `--to`. Swap them.',
    NOT_A_DATE:
      'A date or a time cannot be read. Write `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm`, in UTC.',
    SETTING:
      'A setting that is on or off has another value. Write 1 or 0, true or false, yes or no, on or off.',
    CONFIG:
      '`harvest.config.json` is not a JSON object, or has a setting that there is not. The message lists the settings.',
    NO_FOLDER:
      'A folder that an option names is not there. Without the option, the folders beside the output are taken.',
  },
  InputError: {
    NO_STATIONS:
      'There are no station files to draw in the folder. Name the output folder of a harvest, or one of its datasets.',
  },
  NetworkError: {
    TABLES_NOT_UPDATED:
      '`harvest tables update` could not get the newest tables. Check the network and run it again.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    cli: typeof CLI_CODES;
  }
}
