/** A harvest of IGRA 2 inside the process, with the bundled tables and without the network. */
import { resolve } from 'node:path';
import { harvest } from '../../../src/run/harvest.js';
import type { HarvestOptions } from '../../../src/run/options.js';
import type { RunReport } from '../../../src/run/reports/report.js';

/** Runs it; anything but `input` and `output` has a default. Messages are lost: the report has them. */
export function harvestQuietly(
  options: Pick<HarvestOptions, 'input' | 'output'> & Partial<HarvestOptions>,
): Promise<RunReport> {
  return harvest({
    source: 'igra2',
    workdir: `${resolve(options.output)}.work`,
    station: [],
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
    tables: 'bundled',
    offline: true,
    profile: 'cdm',
    recordTime: 'launch',
    splitByYear: false,
    dryRun: false,
    workers: 1,
    shard: null,
    force: false,
    mirrors: [],
    keepReports: 100,
    onEvent: () => {},
    ...options,
    ...{ output: resolve(options.output) },
  });
}
