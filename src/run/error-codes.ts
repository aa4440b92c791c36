/** Codes of the errors of runs; `errors.ts` says how they are written. */
import type { Codes } from '../errors.js';

export const RUN_CODES = {
  UsageError: {
    NO_INPUT:
      'There are no files of the dataset. Fetch them, put them under `<workdir>/sources/<dataset>/`, or name them with `--input`.',
    UNKNOWN_STATION:
      'No input holds a station that is asked for. Check the id; the message has some that are there.',
    SAME_PRIMARY_ID:
      'Two stations of the inputs have the same primary id. Harvest each in a run of its own, with another `--output`.',
    STDIN_TWICE: 'Standard input is named twice. Give `-` once.',
    INVALID_SHARD: '`--shard` is not the I-th of N parts. Write it from `1/4` to `4/4`.',
    NO_REPORTS:
      'There are no reports in the folder. Harvest first, and name the folder that holds the reports.',
    NOT_A_SHARD: 'A report that is to be merged is of a whole harvest. Merge reports of shards alone.',
    DIFFERENT_HARVESTS:
      'Reports that are to be merged are of different harvests. Merge one harvest at a time.',
    INVALID_COUNT: 'The number of reports to keep is not a whole number. Keep at least one.',
    INVALID_SCHEDULE:
      'The cron expression or the time zone cannot be read, or has no time to come. Write such as `"17 3 * * *"`.',
    LEDGER_VERSION:
      'The ledger was written by a newer version of this program. Use that version, or another `--workdir`.',
    BAD_CREDENTIAL:
      'A token or a cookie holds characters that no header may have. It must be one line of printable ASCII.',
    OPEN_CREDENTIAL:
      'The file of a token or a cookie can be read by others, or is not a small file. Give it the mode 600.',
    CREDENTIAL_IN_THE_CLEAR:
      'A token or a cookie would be sent over http. Name a https address, or run without the credential.',
  },
  InputError: {
    INPUT_CHANGED:
      'A file was written to while it was harvested. Run the same command again when it is complete.',
    INVALID_RUN_ID: 'A report has no id of a run, or too many runs began in one second. Harvest again.',
    NOT_A_REPORT: 'The file is not the report of a run. Name a file of `<output>/reports`.',
    DOWNLOAD_SHRUNK:
      'A file of the archive is smaller than the one that is here, as a damaged archive would be. If it is right, delete yours.',
    WRONG_MEMBER:
      'A zip of the archive holds another file than that of its station. Tell the archive; the next run tries again.',
  },
  StorageError: {
    LEDGER_FOREIGN: 'The file of the ledger is something else. Move it away: the next run makes a new one.',
  },
  LockError: {
    LOCK_HELD:
      'Another run has the work folder or the output. Wait until it has ended, or use another folder.',
  },
  HarvestError: {
    LEDGER_CLOSED:
      'The ledger was written to after its end. This is a fault of the program: please report it.',
    WORKER_ENDED:
      'A worker thread ended in the middle of a station, for want of memory as a rule. Run again, with fewer `--workers`.',
  },
} as const satisfies Codes;

declare module '../errors.js' {
  interface RoomCodes {
    run: typeof RUN_CODES;
  }
}
