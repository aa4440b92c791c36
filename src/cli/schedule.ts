/** `harvest schedule "CRON"`: harvests at the times of a cron expression until it is ended. */
import { EXIT, exitCodeOf } from '../errors.js';
import { runSchedule, systemClock } from '../run/schedule.js';
import { harvestOnce } from './harvest.js';
import { requestOf } from './harvest-request.js';
import type { HarvestWords } from './harvest-words.js';
import { interruptible } from './interrupt.js';
import { describeError, printable, writeMessages } from './messages.js';

export interface ScheduleWords extends HarvestWords {
  cron: string;
  timezone?: string | undefined;
}

/** @returns the exit code: 0 when it was ended while it waited, 130 when a harvest was interrupted */
export async function scheduleCommand(words: ScheduleWords): Promise<number> {
  // Words that do not fit are told now, and not every night.
  await requestOf(words);
  return await interruptible(async (signal) => {
    let interrupted = false;
    await runSchedule({
      expression: words.cron,
      run: async (_, runSignal) => {
        // An error of one night is told like that of a run by hand, and the schedule goes on.
        const code = await harvestOnce(words, runSignal).catch((error: unknown) => {
          writeMessages(describeError(error));
          return exitCodeOf(error);
        });
        interrupted = code === EXIT.interrupted;
        return code;
      },
      clock: systemClock,
      onMessage: (message) => {
        if (!words.quiet) writeMessages(`${new Date().toISOString()} ${printable(message)}\n`);
      },
      signal,
      ...(words.timezone !== undefined && { timezone: words.timezone }),
    });
    return interrupted ? EXIT.interrupted : EXIT.ok;
  });
}
