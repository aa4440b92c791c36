/**
 * `npm run demo`: makes small archives of all seven sources from made-up stations, harvests them with the command line as it
 * is installed, checks the station files against what went in, and says how to open one. No network; the same bytes each time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDemoArchives } from './archive.js';
import { checkDataset, checkDemoOutput } from './check.js';
import { openingLines } from './opening.js';

/** 2020-01-01 00:00 UTC: what the files say of their creation does not depend on the day of the demo. */
const CREATED = '1577836800';
/** The station and the record that are shown: a modern sounding. */
const SHOWN = '0-20000-0-99001_igra2_harvested.nc';
const SHOWN_RECORD = 3;

const project = fileURLToPath(new URL('../../../', import.meta.url));
process.chdir(project);

const cli = 'dist/cli/index.js';
const archive = 'demo/archive';
const output = 'demo/output';

/** Harvests one dataset; what is wrong with its outputs, one line each. */
function harvestAndCheck(dataset: string, check: (folder: string) => string[]): string[] {
  const words = ['--source', dataset, '--input', `${archive}/${dataset}`, '--tables', 'bundled'];
  console.log(`harvest ${[...words, '--output', output].join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [cli, ...words, '--output', output], {
    stdio: 'inherit',
    env: { ...process.env, SOURCE_DATE_EPOCH: CREATED },
  });
  console.log('');
  return status === 0 ? check(`${output}/${dataset}`) : [`${dataset}: exit code ${status}`];
}

/** Makes, harvests, checks; the exit code. */
async function main(): Promise<number> {
  if (!existsSync(cli)) {
    console.error(`${cli} is not there: run 'npm run build' first`);
    return 2;
  }
  const { stations, others } = await writeDemoArchives(archive);
  rmSync(output, { recursive: true, force: true });
  console.log(`${archive}: made-up archives of ${others.length + 1} sources\n`);
  const faults = harvestAndCheck('igra2', (folder) => checkDemoOutput(folder, stations));
  for (const dataset of others)
    faults.push(...harvestAndCheck(dataset.id, (folder) => checkDataset(folder, dataset)));
  if (faults.length > 0) {
    console.error(['the output is not what went in:', ...faults].join('\n  '));
    return 1;
  }
  const shown = relative(project, `${project}/${output}/igra2/${SHOWN}`);
  console.log(
    [
      'Every file was read back: all reports, rows, counts and feedback are there.',
      '\nOne launch as a data frame, in Python:\n',
      ...openingLines(shown, SHOWN_RECORD).map((line) => `  ${line}`),
      '\nWhat a file holds, at a glance:\n',
      `  ncdump -h ${shown}`,
      '\nMore in docs/reading.md.',
    ].join('\n'),
  );
  return 0;
}

process.exitCode = await main();
