/**
 * Descents: a report that comes down begins at its own first level, not at the launch of the balloon. The launch is in
 * profile_configuration, and the time of every level is `actual_time` + `elapsed_time`. A dropsonde begins where it is let go.
 */
import { PLATFORM } from '../sources/identity.js';
import type { FileView } from './file-view.js';
import type { ReportRun } from './report-runs.js';
import { describeTime, type Reports } from './reports.js';
import { floatsOf, type RowBlock } from './row-blocks.js';

const DESCENT = 1;
const MEANING_BEGINNING = 1;

export interface Descents {
  see(block: RowBlock, runs: readonly ReportRun[]): void;
  /** Holds the times of the reports against the launch and what was seen. */
  end(): Promise<void>;
}

export function createDescents(view: FileView, reports: Reports): Descents {
  /** By row of header_table, of descents: seconds from the launch to the first level, infinite where no level has a time. */
  const firstLevels = new Map<number, number>();
  for (const [row, direction] of (reports.verticalDirection ?? []).entries())
    if (direction === DESCENT) firstLevels.set(row, Number.POSITIVE_INFINITY);
  return {
    see(block, runs) {
      if (firstLevels.size === 0) return;
      const elapsed = floatsOf(block, 'elapsed_time');
      if (elapsed === undefined) return;
      for (const { from, to, report } of runs) {
        let first = firstLevels.get(report);
        if (first === undefined) continue;
        for (let row = from; row < to; row++)
          if ((elapsed[row] as number) < first) first = elapsed[row] as number;
        firstLevels.set(report, first);
      }
    },
    async end() {
      const launches =
        firstLevels.size === 0 ? undefined : await view.numbers('profile_configuration', 'actual_time');
      if (launches === undefined) return;
      for (const [row, seconds] of firstLevels) {
        const launch = launches[row] ?? Number.NaN;
        const time = reports.time?.[row] ?? Number.NaN;
        if (reports.meaning?.[row] !== MEANING_BEGINNING || Number.isNaN(launch)) continue;
        const isLetGo = reports.platformType?.[row] === PLATFORM.aircraft;
        const expected = Number.isFinite(seconds) && !isLetGo ? launch + seconds : launch;
        // Times are whole seconds, elapsed times may have fractions.
        if (Math.abs(time - expected) < 1) continue;
        view.findings.add(
          'header',
          { table: 'header_table', variable: 'report_timestamp', row },
          () =>
            `${describeTime(time)}, but the descent begins at ${describeTime(Math.round(expected))}: launch and elapsed time of its first level`,
        );
      }
    },
  };
}
