/** Every kind of call of a harvest fails once: no crash, no hang, no wrong file, and the next run makes up for it. */
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../cli/built.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import {
  type CountedCall,
  callsNoted,
  DOCUMENTED_EXIT_CODES,
  failing,
  leftovers,
  runCase,
  stationFiles,
} from '../faults/harvest-process.js';
import { MATRIX_FACTOR } from '../support/matrix.js';
import { createRandom } from '../support/random.js';
import { writeZip } from '../support/zip.js';

const CASES = 200 * MATRIX_FACTOR;
/** Reads of the tables are two thirds of all calls and alike: some of them do. */
const SHARE_OF_TABLES = 0.15;
/** Cases in a worker thread, which must not take the others with it. */
const SHARE_OF_WORKERS = 0.2;
/** At a time. */
const LANES = 2;
/** A run takes a second; a busy machine may need many times that. */
const HANG_MS = 60_000;

const FILE_CODES = ['EIO', 'ENOSPC', 'EACCES', 'EMFILE'];
const CODES: Readonly<Record<string, (name: string) => readonly string[]>> = {
  fs: () => FILE_CODES,
  zlib: (name) =>
    /inflate|gunzip|unzip/i.test(name)
      ? ['Z_DATA_ERROR', 'Z_BUF_ERROR', 'Z_MEM_ERROR']
      : ['Z_MEM_ERROR', 'Z_STREAM_ERROR'],
  net: () => ['ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED'],
};

interface FailingCase extends CountedCall {
  code: string;
  /** Words for the number of workers. */
  workers: readonly string[];
}

const space = createWorkspace();
const archive = [
  space.write(
    'in/a.zip',
    writeZip([{ name: 'AAM00000001-data.txt', content: stationBytes('AAM00000001', 3, 1) }]),
  ),
  space.write('in/b.txt.gz', gzipSync(stationBytes('BBM00000002', 3, 2))),
  space.write('in/c.txt', stationBytes('CCM00000003', 3, 3)),
];
const ONE_WORKER = ['--workers', '1'];
/** Two of the three lanes are threads of their own. */
const THREE_WORKERS = ['--workers', '3'];
let expected: Record<string, string>;
let ran = 0;

beforeAll(async () => {
  const workdir = space.path('undisturbed');
  expect(await runCase({ workdir, input: archive })).toMatchObject({ code: 0, stderr: '' });
  expected = stationFiles(workdir);
  expect(Object.keys(expected)).toHaveLength(archive.length);
});

/** The calls of a run that nothing disturbs. */
async function countCalls(workers: readonly string[]): Promise<CountedCall[]> {
  const workdir = space.path(`counted${workers.at(-1)}`);
  const log = `${workdir}.calls`;
  const outcome = await runCase({ workdir, input: archive, more: workers }, { env: failing('count', log) });
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  expect(stationFiles(workdir)).toEqual(expected);
  return callsNoted(log);
}

afterAll(() => console.log(`failing-calls: ${ran} cases`));

/** Cases over all calls, none of them twice as long as others have not had their turn. */
function spread(calls: readonly CountedCall[], count: number, workers: readonly string[]): FailingCase[] {
  const random = createRandom(5);
  const drawn: FailingCase[] = [];
  let left: CountedCall[] = [];
  while (drawn.length < count) {
    if (left.length === 0) left = [...calls];
    const [call] = left.splice(random.integer(0, left.length - 1), 1);
    if (call === undefined) throw new Error('no calls to draw from');
    drawn.push({ ...call, workers, code: random.pick(CODES[call.kind]?.(call.name) ?? FILE_CODES) });
  }
  return drawn;
}

/** The cases: calls of the main thread, calls for the tables, calls of worker threads. */
async function drawCases(): Promise<FailingCase[]> {
  const alone = await countCalls(ONE_WORKER);
  const inWorkers = (await countCalls(THREE_WORKERS)).filter(({ thread }) => thread !== '0');
  expect(alone.length).toBeGreaterThan(300);
  expect(inWorkers.length).toBeGreaterThan(50);
  const isTable = ({ path }: CountedCall): boolean => path.includes('/cdm-tables/');
  const ofTables = Math.round(CASES * SHARE_OF_TABLES);
  const ofWorkers = Math.round(CASES * SHARE_OF_WORKERS);
  const others = alone.filter((call) => !isTable(call));
  return [
    ...spread(others, CASES - ofTables - ofWorkers, ONE_WORKER),
    ...spread(alone.filter(isTable), ofTables, ONE_WORKER),
    ...spread(
      inWorkers.filter((call) => !isTable(call)),
      ofWorkers,
      THREE_WORKERS,
    ),
  ];
}

/** What is wrong with how a run took a failure. */
function faultsOf(
  { code, signal, stderr }: Outcome,
  { code: failure }: FailingCase,
  workdir: string,
): string[] {
  const faults: string[] = [];
  const files = stationFiles(workdir);
  if (signal !== null) return [`did not end within ${HANG_MS} ms`];
  if (!DOCUMENTED_EXIT_CODES.includes(code)) faults.push(`exit code ${code}: ${stderr.slice(0, 600)}`);
  if (/unexpected error|^ {4}at /m.test(stderr)) faults.push(`no message for users: ${stderr.slice(0, 600)}`);
  if (code !== 0 && !/^harvest: .*\[[A-Z][A-Z0-9_]*\]$/m.test(stderr))
    faults.push(`exit code ${code} without a message: ${stderr.slice(0, 600)}`);
  if (code !== 0 && /^E/.test(failure) && !stderr.includes(failure))
    faults.push(`the message does not name the reason: ${stderr.slice(0, 600)}`);
  if (code === 0 && Object.keys(files).length < archive.length) faults.push('exit code 0 without all files');
  for (const [name, hash] of Object.entries(files))
    if (hash !== expected[name]) faults.push(`${name} is not what an undisturbed run makes`);
  return faults;
}

/** What is wrong with the undisturbed run after it. */
function faultsAfter({ code, stderr }: Outcome, workdir: string): string[] {
  const faults: string[] = [];
  if (code !== 0 || stderr !== '') faults.push(`next run: exit code ${code}: ${stderr.slice(0, 600)}`);
  const files = stationFiles(workdir);
  for (const name of new Set([...Object.keys(files), ...Object.keys(expected)]))
    if (files[name] !== expected[name]) faults.push(`next run: ${name} is missing, wrong or too many`);
  for (const name of leftovers(workdir)) faults.push(`next run: ${name} is left over`);
  return faults;
}

describe('one call that fails', () => {
  it(`${CASES} of them: a message, no wrong file, and the next run completes`, async () => {
    const cases = await drawCases();
    const faults: string[] = [];
    const outcomes = new Map<string, number>();
    let came = 0;
    const lane = async (): Promise<void> => {
      for (let next = cases.shift(); next !== undefined; next = cases.shift()) {
        const i = ran++;
        const workdir = space.path(`case${i}`);
        const log = space.path(`log${i}`);
        const { thread, kind, number, code, workers } = next;
        const harvest = { workdir, input: archive, more: workers };
        const env = failing(`${thread}:${kind}:${number}:${code}`, log);
        const outcome = await runCase(harvest, { env, limitMs: HANG_MS });
        const [failed] = callsNoted(log);
        if (failed !== undefined) came++;
        outcomes.set(`${outcome.code}`, (outcomes.get(`${outcome.code}`) ?? 0) + 1);
        const found = [
          ...faultsOf(outcome, next, workdir),
          ...faultsAfter(await runCase(harvest, { limitMs: HANG_MS }), workdir),
        ];
        const what = `${kind} call ${number} of thread ${thread}, ${failed?.name} ${failed?.path}, ${code}`;
        if (found.length > 0) {
          faults.push(what);
          console.log(`${what}:\n  ${found.join('\n  ')}`);
        }
        rmSync(workdir, { recursive: true, force: true });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    console.log('failing-calls: exit codes', Object.fromEntries(outcomes));
    expect(faults).toEqual([]);
    expect(ran).toBe(CASES);
    // Threads may share the work in another way than when the calls were counted; most failures must have come.
    expect(came).toBeGreaterThan(CASES * 0.85);
  });
});
