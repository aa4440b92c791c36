/**
 * `npm run bench [-- <options>]`: what a harvest costs, each figure beside its goal and beside a floor measured in the same
 * run, on seeded input that the bench makes itself. What is measured is the build, which `npm run bench` makes first.
 *
 *     --only <section>[,<section>]   some sections
 *     --quick                        small inputs and few repeats, to try the bench: its figures say little
 *     --large                        also the runs that take minutes: 50 million rows of ODB text
 *     --rows <n>                     another number of rows there
 *     --save                         the whole table, --large included, to bench/RESULTS.md as well
 *
 * Input and output lie below the temporary folder: 3 GB, with --large 8 GB.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Frame, markdownTable, type Row, rowOf, tableHead, tableLine } from './frame.js';
import { benchBufr } from './sections/bufr.js';
import { benchGrowth } from './sections/growth.js';
import { benchIgra2, benchPeers } from './sections/igra2.js';
import { benchMemory, benchOdbMemory } from './sections/memory.js';
import { benchOdb } from './sections/odb.js';
import { benchOpening } from './sections/opening.js';
import { benchParse } from './sections/parse.js';
import { benchStartUp } from './sections/start-up.js';
import { benchUadb } from './sections/uadb.js';
import { benchUnchanged } from './sections/unchanged.js';
import { benchVerify } from './sections/verify.js';
import { benchWorkers } from './sections/workers.js';

const SECTIONS: Readonly<Record<string, (frame: Frame) => Promise<void>>> = {
  parse: benchParse,
  igra2: benchIgra2,
  peers: benchPeers,
  odb: benchOdb,
  bufr: benchBufr,
  uadb: benchUadb,
  memory: benchMemory,
  'odb-memory': benchOdbMemory,
  growth: benchGrowth,
  workers: benchWorkers,
  unchanged: benchUnchanged,
  opening: benchOpening,
  verify: benchVerify,
  'start-up': benchStartUp,
};
const LARGE_ODB_ROWS = 50e6;
const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE_EXIT = 2;

interface Request {
  sections: readonly string[];
  quick: boolean;
  largeOdbRows: number;
  save: boolean;
}

class UsageError extends Error {}

/** @throws UsageError for words that are no options, no sections, or do not go together */
function requestOf(words: readonly string[]): Request {
  const { only, quick, large, rows, save } = parse(words);
  const names = Object.keys(SECTIONS);
  const sections = only === undefined ? names : only.split(',');
  const unknown = sections.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`--only: no section ${unknown}; there are ${names.join(', ')}`);
  if (save && (quick || only !== undefined))
    throw new UsageError('--save takes the whole bench: neither --quick nor --only');
  if (rows !== undefined && !/^[1-9]\d{0,9}$/.test(rows)) throw new UsageError('--rows takes a number');
  const withLarge = large || save || rows !== undefined;
  return { sections, quick, save, largeOdbRows: withLarge ? Number(rows ?? LARGE_ODB_ROWS) : 0 };
}

function parse(words: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const options = { only: { type: 'string' }, rows: { type: 'string' } } as const;
  try {
    return parseArgs({
      args: [...words],
      options: { ...options, quick: flag, large: flag, save: flag },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What the figures belong to. */
function circumstances({ quick }: Request): string[] {
  const [cpu] = cpus();
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain') === '' ? '' : ' with changes';
  return [
    `${new Date().toISOString().slice(0, 10)}, commit ${git('rev-parse', '--short', 'HEAD')}${changed}`,
    `${cpus().length} x ${cpu?.model ?? 'unknown processor'}, ${(totalmem() / 1e9).toFixed(0)} GB of memory, load average ${(loadavg()[0] ?? 0).toFixed(1)}`,
    `node ${process.version} on ${process.platform} ${process.arch}`,
    'MB are 1e6 bytes; per core: processor time of all threads, user and system; figures are medians, peaks the largest',
    ...(quick ? ['quick: small inputs and few repeats, the figures say little'] : []),
  ];
}

/** Measures, and prints as it goes. A section that fails costs its own rows. */
async function bench(request: Request, folder: string): Promise<{ rows: Row[]; failed: boolean }> {
  const rows: Row[] = [];
  let failed = false;
  const print = (row: Row): void => {
    rows.push(row);
    process.stdout.write(`${tableLine(row)}\n`);
  };
  for (const name of request.sections) {
    process.stdout.write(`\n${name}\n`);
    const frame: Frame = {
      folder,
      quick: request.quick,
      repeats: request.quick ? 2 : 5,
      fewRepeats: request.quick ? 1 : 3,
      largeOdbRows: request.largeOdbRows,
      row(figure) {
        const { row, value } = rowOf(name, figure);
        print(row);
        return value;
      },
      absent: (what, reason) =>
        print({ section: name, what, figure: 'not measured', spread: reason, goal: '', met: null }),
    };
    try {
      await SECTIONS[name]?.(frame);
    } catch (error) {
      failed = true;
      const reason = error instanceof Error ? error.message : String(error);
      print({ section: name, what: `${name} failed`, figure: '', spread: reason, goal: '', met: false });
    }
  }
  return { rows, failed };
}

async function main(): Promise<void> {
  const request = requestOf(process.argv.slice(2));
  const started = performance.now();
  const head = circumstances(request);
  process.stdout.write(`${head.join('\n')}\n\n${tableHead()}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'harvest-bench-'));
  const tidy = (): void => rmSync(folder, { recursive: true, force: true });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      tidy();
      process.exit(code);
    });
  }
  try {
    const { rows, failed } = await bench(request, folder);
    const withGoal = rows.filter(({ met }) => met !== null);
    const missed = withGoal.filter(({ met }) => met === false).length;
    const minutes = ((performance.now() - started) / 60e3).toFixed(1);
    const summary = `${withGoal.length - missed} of ${withGoal.length} goals met; took ${minutes} minutes`;
    process.stdout.write(`\n${summary}\n`);
    if (request.save) {
      const text = `# Results of npm run bench\n\n${head.join('  \n')}  \n${summary}\n\n${markdownTable(rows)}\n`;
      writeFileSync(RESULTS, text);
    }
    if (failed) process.exitCode = 1;
  } finally {
    tidy();
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = USAGE_EXIT;
}
