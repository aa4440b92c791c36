/**
 * Harvests at the times of a cron expression, in one process that need not be watched. A wrong night does not end the
 * schedule, and a machine that slept or set its clock harvests once when it is back.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Cron } from 'croner';
import { EXIT, HarvestError, UsageError } from '../errors.js';

/** The clock of the machine, or of a test. */
export interface ScheduleClock {
  now(): Date;
  /** Ends after `milliseconds`, at most an hour; at once when the signal is aborted, with or without an error. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface ScheduleOptions {
  /** Five fields (minute, hour, day of the month, month, day of the week) or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. */
  expression: string;
  /** Harvests; `at` is the planned time. Returns the exit code. On abort it is waited for. */
  run: (at: Date, signal: AbortSignal) => Promise<number>;
  clock: ScheduleClock;
  /** One line for the log. */
  onMessage: (message: string) => void;
  /** Ends the schedule. */
  signal: AbortSignal;
  /** IANA name; UTC where it is not given. */
  timezone?: string;
}

/** What a schedule did until it was ended. */
export interface ScheduleSummary {
  /** Harvests that were started. */
  runs: number;
  /** Those that threw or ended with an exit code other than 0 and 3; not one that the end of the schedule interrupted. */
  failed: number;
  /** Planned times that passed during a harvest or while the machine was suspended; of one pause, 10,000 are counted at most. */
  skipped: number;
}

/** The clock of the machine. */
export const systemClock: ScheduleClock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => await delay(milliseconds, undefined, { signal }),
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Longer than this no timer is trusted: the clock may be set meanwhile, and suspended time may not count. */
const LONGEST_SLEEP = HOUR;
/** A clock that jumps by decades skips more times than are worth counting. */
const MAX_SKIPPED_AT_ONCE = 10_000;
const FIELDS = 5;

/**
 * Harvests until the signal is aborted. Planned times that pass while a harvest runs are skipped, never made up for.
 *
 * @throws UsageError `INVALID_SCHEDULE` for an expression that is wrong or has no time to come, and for an unknown time zone
 */
export async function runSchedule(options: ScheduleOptions): Promise<ScheduleSummary> {
  const { clock, signal, onMessage } = options;
  const planned = parseSchedule(options.expression, options.timezone ?? 'UTC', clock.now());
  const summary: ScheduleSummary = { runs: 0, failed: 0, skipped: 0 };
  const skip = (times: readonly Date[], why: string): void => {
    summary.skipped += times.length;
    if (times.length > 0) onMessage(`${timesInWords(times)} ${why}: skipped`);
  };
  let from = clock.now();
  while (!signal.aborted) {
    const due = await waitForNext(planned, from, options);
    if (due === null) break;
    // Of the times that a suspended machine slept through, the last one is harvested.
    const passed = [due, ...timesBetween(planned, due, clock.now())];
    const at = passed.pop() ?? due;
    skip(passed, 'passed while the machine was suspended or its clock was set');
    summary.runs++;
    const start = later(at, clock.now());
    if (!(await harvestOnce(at, options))) summary.failed++;
    if (signal.aborted) break;
    skip(
      timesBetween(planned, start, clock.now()),
      `passed while the harvest of ${isoTime(at)} was under way`,
    );
    from = later(start, clock.now());
  }
  return summary;
}

type NextTime = (after: Date) => Date | null;

function parseSchedule(expression: string, timezone: string, now: Date): NextTime {
  const refuse = (why: string, cause?: unknown): UsageError =>
    new UsageError('INVALID_SCHEDULE', `${JSON.stringify(expression)} is not a schedule: ${why}`, {
      hint: 'Write minute, hour, day of the month, month and day of the week, such as "17 3 * * *" for every day at 03:17.',
      cause,
    });
  const fields = expression.trim().split(/\s+/);
  // A date alone is a schedule to the library.
  if (fields.length !== FIELDS && !/^@[a-z]+$/i.test(expression.trim()))
    throw refuse(`it has ${expression.trim() === '' ? 0 : fields.length} fields, not ${FIELDS}`);
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch (error) {
    throw new UsageError('INVALID_SCHEDULE', `${JSON.stringify(timezone)} is not a time zone`, {
      hint: 'Write a name such as UTC or Europe/Vienna.',
      cause: error,
    });
  }
  try {
    const cron = new Cron(expression, { timezone, mode: '5-part' });
    if (cron.nextRun(now) === null) throw refuse('no such time ever comes');
    return (after) => cron.nextRun(after);
  } catch (error) {
    if (error instanceof HarvestError) throw error;
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    throw refuse(reason, error);
  }
}

/** Sleeps until the first planned time after `from` is there; null when the schedule ended meanwhile. */
async function waitForNext(planned: NextTime, from: Date, options: ScheduleOptions): Promise<Date | null> {
  const { clock, signal, onMessage } = options;
  let start = from;
  let due = planned(start);
  if (due !== null) onMessage(`next harvest at ${isoTime(due)}`);
  while (due !== null && !signal.aborted) {
    const now = clock.now();
    const left = due.getTime() - now.getTime();
    if (left <= 0) return due;
    // A clock that was far ahead is right again: what it made of the schedule is not waited for.
    if (start.getTime() - now.getTime() > HOUR) {
      start = now;
      due = planned(now);
      if (due !== null) onMessage(`the clock was set back; next harvest at ${isoTime(due)}`);
      continue;
    }
    await sleep(clock, Math.min(left, LONGEST_SLEEP), signal);
  }
  return null;
}

async function sleep(clock: ScheduleClock, milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** False where the harvest failed, which is told. */
async function harvestOnce(at: Date, { run, signal, onMessage }: ScheduleOptions): Promise<boolean> {
  const failed = (how: string): boolean => {
    if (signal.aborted) return true;
    onMessage(`the harvest of ${isoTime(at)} ${how}; the schedule goes on`);
    return false;
  };
  try {
    const code = await run(at, signal);
    return code === EXIT.ok || code === EXIT.skippedInput || failed(`ended with exit code ${code}`);
  } catch (error) {
    if (!(error instanceof HarvestError)) return failed(`failed: ${String(error)}`);
    const hint = error.hint === undefined ? '' : ` (${error.hint})`;
    return failed(`failed: ${error.message} [${error.code}]${hint}`);
  }
}

/** The planned times after one, up to another. */
function timesBetween(planned: NextTime, after: Date, until: Date): Date[] {
  const times: Date[] = [];
  for (let time = planned(after); time !== null && time <= until; time = planned(time)) {
    times.push(time);
    if (times.length === MAX_SKIPPED_AT_ONCE) break;
  }
  return times;
}

function timesInWords(times: readonly Date[]): string {
  const [first, last] = [times[0], times.at(-1)].map((time) => (time === undefined ? '' : isoTime(time)));
  return times.length === 1
    ? `the planned time ${first}`
    : `${times.length} planned times (${first} to ${last})`;
}

/** A clock that was set back by seconds during a harvest does not bring the same planned time again. */
function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function isoTime(time: Date): string {
  return time.toISOString().replace(/\.000Z$/, 'Z');
}
