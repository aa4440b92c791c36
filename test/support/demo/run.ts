/**
 * `npm run demo`: makes small archives of all seven sources from made-up stations, serves them on the loopback interface, harvests
 * them from there with the command line as it is installed, checks the station files against what went in, and says how to open
 * one. No other network; the same bytes each time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ArchiveServer, startArchiveServer } from '../archive-server.js';
import { demoArchiveTree } from './archive.js';
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
const workdir = 'demo';
const output = 'demo/output';

/** Fetches and harvests every dataset; the exit code. */
async function harvestAll(server: ArchiveServer, datasets: readonly string[]): Promise<unknown> {
  const mirrors = datasets.flatMap((dataset) => ['--mirror', `${dataset}=${server.url}${dataset}/`]);
  const words = ['--source', 'all', '--workdir', workdir, '--tables', 'bundled'];
  console.log(`harvest ${[...words, ...mirrors].join(' ')}`);
  const child = spawn(process.execPath, [cli, ...words, ...mirrors], {
    stdio: 'inherit',
    env: { ...process.env, SOURCE_DATE_EPOCH: CREATED },
  });
  const [code] = await once(child, 'close');
  return code;
}

/** Makes, harvests, checks; the exit code. */
async function main(): Promise<number> {
  if (!existsSync(cli)) {
    console.error(`${cli} is not there: run 'npm run build' first`);
    return 2;
  }
  const { stations, others, files } = await demoArchiveTree();
  for (const part of ['sources', 'output', 'ledger'])
    rmSync(`${workdir}/${part}`, { recursive: true, force: true });
  const server = await startArchiveServer({ files });
  console.log(`made-up archives of ${others.length + 1} sources at ${server.url}\n`);
  const code = await harvestAll(server, ['igra2', ...others.map(({ id }) => id)]);
  await server.close();
  console.log('');
  if (code !== 0) {
    console.error(`harvest: exit code ${code}`);
    return 1;
  }
  const faults = checkDemoOutput(`${output}/igra2`, stations);
  for (const dataset of others) faults.push(...checkDataset(`${output}/${dataset.id}`, dataset));
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
      `  npx harvest show ${shown} --time last`,
      `  ncdump -h ${shown}`,
      '\nA launch as a diagram, a check of all files, a page about them:\n',
      `  npx harvest plot ${shown} --output skewt.svg`,
      `  npx harvest verify ${output}`,
      `  npx harvest report ${output} --html`,
      '\nMore in docs/README.md.',
    ].join('\n'),
  );
  return 0;
}

process.exitCode = await main();
