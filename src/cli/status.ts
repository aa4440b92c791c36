/** `harvest status`: what a work folder holds, how the last runs ended, and what is out of date. */
import { join, resolve } from 'node:path';
import { type DatasetStatus, statusOf } from '../run/status.js';

const MAX_LISTED = 10;

export async function describeStatus(words: {
  workdir: string;
  output?: string | undefined;
  json: boolean;
}): Promise<string> {
  const status = await statusOf(words.workdir, resolve(words.output ?? join(words.workdir, 'output')));
  if (words.json) return JSON.stringify(status, null, 2);
  const running = status.running.map(
    ({ scope, pid, host, started }) =>
      `under way: process ${pid} on ${host} since ${started.slice(0, 16)}Z${scope === 'main' ? '' : ` (${scope})`}`,
  );
  if (status.datasets.length === 0)
    return [...running, `nothing was harvested in ${status.workdir} yet`].join('\n');
  const damaged =
    status.damagedLines === 0
      ? []
      : [`ledger: ${status.damagedLines} lines could not be used; what they said is read again`];
  return [...running, ...status.datasets.flatMap(describeDataset), ...damaged].join('\n');
}

function describeDataset({ dataset, lastRun, stations, failed, stale, missing }: DatasetStatus): string[] {
  const ended =
    lastRun === null
      ? 'no report'
      : `last run ${lastRun.finished.slice(0, 16)}Z, exit code ${lastRun.exit_code}${lastRun.tables.name === '' ? '' : `, tables ${lastRun.tables.name} ${lastRun.tables.commit.slice(0, 12)}`}`;
  return [
    `${dataset}: ${stations} stations; ${ended}`,
    ...listed('failed', failed),
    ...listed('not fetched', missing),
    ...listed(
      'out of date',
      stale.map(({ station, reason }) => `${station} (${reason})`),
    ),
  ];
}

function listed(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more (--json lists all)` : '';
  return [`  ${what}: ${names.slice(0, MAX_LISTED).join(', ')}${more}`];
}
