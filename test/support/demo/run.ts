/**
 * `npm run demo`: makes a small IGRA 2 archive of eight made-up stations, harvests it with the command line as it is
 * installed, checks the station files against what went in, and says how to open one. No network; the same bytes each time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDemoArchive } from './archive.js';
import { checkDemoOutput } from './check.js';
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

/** Makes, harvests, checks; the exit code. */
function main(): number {
  if (!existsSync(cli)) {
    console.error(`${cli} is not there: run 'npm run build' first`);
    return 2;
  }
  const stations = writeDemoArchive(archive);
  rmSync(output, { recursive: true, force: true });
  const words = ['--source', 'igra2', '--input', archive, '--tables', 'bundled', '--output', output];
  console.log(`${archive}: ${stations.length} made-up stations\n\nharvest ${words.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [cli, ...words], {
    stdio: 'inherit',
    env: { ...process.env, SOURCE_DATE_EPOCH: CREATED },
  });
  if (status !== 0) {
    console.error(`the harvest ended with exit code ${status}`);
    return 1;
  }
  const faults = checkDemoOutput(`${output}/igra2`, stations);
  if (faults.length > 0) {
    console.error(['the output is not what went in:', ...faults].join('\n  '));
    return 1;
  }
  const shown = relative(project, `${project}/${output}/igra2/${SHOWN}`);
  console.log(
    [
      '\nEvery file was read back: all reports, rows and counts are there.',
      '\nOne launch as a data frame, in Python:\n',
      ...openingLines(shown, SHOWN_RECORD).map((line) => `  ${line}`),
      '\nWhat a file holds, at a glance:\n',
      `  ncdump -h ${shown}`,
      '\nMore in docs/reading.md.',
    ].join('\n'),
  );
  return 0;
}

process.exitCode = main();
