/**
 * The one rule for lines that cannot be read, in every format of lines: each is counted, the first ones of a file are listed
 * with line number and byte, and a station of whose lines with values none can be read is damage and no success.
 */
import { InputError } from '../../errors.js';
import { count } from '../../records/tally.js';
import type { SkipContext } from '../skips.js';

/** Lines that cannot be read are listed up to this number per file; all are counted. */
const MAX_LISTED = 10;

/** A line that cannot be read. */
export interface DamagedLine {
  /** 1-based number in the file. */
  line: number;
  /** 0-based byte of the uncompressed file where it begins. */
  byteOffset: number;
  /** What is wrong with it, such as `the columns are not those of a level`. */
  why: string;
}

/** What is known so far of the lines with values (levels, rows) of one station's files. */
export interface LineDamage {
  /** A line cannot be read: it is counted, and listed where it is among the first of the file. */
  malformed(context: SkipContext, damaged: DamagedLine): void;
  /** A line does not belong to the format, where a line with values is expected; the caller counts and lists it. */
  unrecognised(context: SkipContext, damaged: DamagedLine): void;
  /** So many more lines can be read. */
  readable(lines: number): void;
  /**
   * To be called when all files of the station are read.
   *
   * @throws InputError `NO_USABLE_LEVEL` where lines cannot be read and no other can
   */
  assertUsable(): void;
}

/**
 * @param counter `<dataset>.line.malformed`
 * @param hint what to do where no line can be read, one sentence
 */
export function createLineDamage(counter: string, hint: string): LineDamage {
  let readable = 0;
  let unreadable = 0;
  let first: (DamagedLine & { file: string }) | null = null;
  const remember = ({ path }: SkipContext, damaged: DamagedLine): void => {
    unreadable++;
    first ??= { ...damaged, file: path };
  };
  return {
    malformed(context, damaged) {
      remember(context, damaged);
      const { tally, path, listed } = context;
      count(tally.noted, counter);
      const number = (listed.get(counter) ?? 0) + 1;
      listed.set(counter, number);
      if (number > MAX_LISTED) return;
      const { line, byteOffset, why } = damaged;
      const rest = number === MAX_LISTED ? ' (further ones are counted only)' : '';
      const detail = `line ${line} cannot be read: ${why}${rest}`;
      tally.skipped.push({ file: path, byteOffset, reason: counter, detail });
    },
    unrecognised: remember,
    readable(lines) {
      readable += lines;
    },
    assertUsable() {
      if (first === null || readable > 0) return;
      const { file, line, byteOffset, why } = first;
      throw new InputError(
        'NO_USABLE_LEVEL',
        `${file}: of ${unreadable} lines with values none can be read; the first one is line ${line}: ${why}`,
        { file, line, byteOffset, hint },
      );
    },
  };
}
