/** `--json`: one document on standard output, however a harvest ends, and the message on standard error all the same. */
import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../src/run/lock/lock.js';
import { sources } from '../../src/sources/registry.js';
import { newWorkdir, serve } from '../run/archived.js';
import { archiveStations, stationId, zipName, zipPath } from '../support/igra2-archive.js';
import { type Outcome, ROOT, type RunOptions, runCli } from './built.js';
import { createWorkspace, stationBytes } from './workspace.js';

const space = createWorkspace();
const station = space.write('station.txt', stationBytes('USM00072558', 2));
const DATASETS = [...sources.keys()];

/** A harvest with --json in a work folder; what it prints is one document, whose end is the end of a line. */
async function run(words: readonly string[], options: RunOptions = {}): Promise<Outcome & { json: unknown }> {
  const tables = words.includes('--tables') ? [] : ['--tables', 'bundled'];
  const workdir = words.includes('--workdir') ? [] : ['--workdir', newWorkdir()];
  const outcome = await runCli([...words, '--json', ...tables, ...workdir], options);
  expect(outcome.stdout).toMatch(/^[[{][\s\S]*[\]}]\n$/);
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

const oneError = (code: string, exit_code: number) => ({
  format: 1,
  exit_code,
  interrupted: false,
  error: expect.objectContaining({ code, message: expect.any(String), exit_code }),
});

describe.concurrent('a harvest that cannot begin prints its error as JSON, and tells it', () => {
  it.each<[string, string, number, () => string[]]>([
    ['without a source', 'NO_SOURCE', 2, () => []],
    ['without input', 'NO_INPUT', 2, () => ['--source', 'igra2', '--offline']],
    [
      'of an unknown station',
      'UNKNOWN_STATION',
      2,
      () => ['--source', 'igra2', '--input', station, '--station', '99999'],
    ],
    [
      'with a mirror that holds a key',
      'BAD_MIRROR',
      2,
      () => ['--source', 'igra2', '--offline', '--mirror', 'igra2=https://a.example.org/?key=pw-5a6e0f'],
    ],
    [
      'with tables that lost a code',
      'TABLES_DRIFT',
      8,
      () => ['--source', 'igra2', '--input', station, '--tables', driftedTables()],
    ],
  ])('%s', async (_, code, exitCode, words) => {
    const { json, stderr, ...outcome } = await run(words());
    expect(outcome.code).toBe(exitCode);
    expect(json).toEqual(oneError(code, exitCode));
    expect(stderr).toMatch(new RegExp(`^harvest: [\\s\\S]*\\[${code}\\]$`, 'm'));
    expect(stderr).not.toMatch(/pw-5a6e0f|^ {4}at /m);
  });

  it('where another run holds the lock', async () => {
    const workdir = newWorkdir();
    const lock = await acquireLock(join(workdir, 'ledger'), { scope: 'main', what: 'the work folder' });
    try {
      const words = ['--workdir', workdir, '--input', station];
      const [one, all] = await Promise.all([
        run(['--source', 'igra2', ...words]),
        run(['--source', 'all', '--offline', '--workdir', workdir]),
      ]);
      for (const { code, json, stderr } of [one, all]) {
        expect(code).toBe(7);
        expect(json).toEqual(oneError('LOCK_HELD', 7));
        expect(stderr).toContain(`process ${process.pid}`);
      }
    } finally {
      await lock.release();
    }
  });

  it('because it is interrupted while it fetches', async () => {
    const server = await serve(archiveStations(2));
    server.setFault(zipPath(stationId(2)), { kind: 'stall', at: 0.5 });
    const workdir = newWorkdir();
    const first = join(workdir, 'sources/igra2', zipName(stationId(1)));
    const { code, json, stderr } = await run(
      ['--source', 'igra2', '--workdir', workdir, '--mirror', `igra2=${server.url}`],
      {
        started: (child) => {
          const timer = setInterval(() => {
            if (!existsSync(first)) return;
            // Once: the second one would end it at once.
            clearInterval(timer);
            child.kill('SIGINT');
          }, 50);
          child.on('close', () => clearInterval(timer));
        },
      },
    );
    expect(code).toBe(130);
    expect(json).toEqual({ format: 1, exit_code: 130, interrupted: true });
    expect(stderr).toMatch(/^interrupted .*run the same command again/m);
  });
});

describe.concurrent('a harvest of all datasets prints what became of each as one list', () => {
  it('where there is nothing of any', async () => {
    const { code, json } = await run(['--source', 'all', '--offline']);
    expect(code).toBe(2);
    expect(json).toEqual(
      DATASETS.map((dataset) => ({
        format: 1,
        dataset,
        exit_code: 0,
        result: 'nothing',
        error: expect.objectContaining({ code: 'NO_INPUT' }),
      })),
    );
  });

  it('where one cannot begin and one is harvested', async () => {
    const server = await serve(archiveStations(1));
    const token = space.write('token', 'tok-3f9a77c1e5');
    chmodSync(token, 0o644);
    // Of the second nobody is asked: its token is refused first.
    const { code, json, stderr } = await run(
      ['--source', 'all', '--mirror', `igra2=${server.url}`, 'ncar=http://127.0.0.1:9/'],
      { env: { HARVEST_NCAR_TOKEN_FILE: token } },
    );
    expect(code).toBe(2);
    const list = json as { dataset: string }[];
    expect(list.map(({ dataset }) => dataset)).toEqual(DATASETS);
    expect(list.find(({ dataset }) => dataset === 'igra2')).toMatchObject({
      exit_code: 0,
      interrupted: false,
      stations: [{ station: stationId(1), state: 'done', reports: 4 }],
    });
    expect(list.find(({ dataset }) => dataset === 'ncar')).toEqual({
      format: 1,
      dataset: 'ncar',
      exit_code: 2,
      result: 'failed',
      error: expect.objectContaining({ code: 'OPEN_CREDENTIAL', exit_code: 2 }),
    });
    const nothing = list.filter((one) => 'result' in one && one.result === 'nothing');
    expect(nothing).toHaveLength(DATASETS.length - 2);
    expect(stderr).toMatch(/^harvest: ncar: .*\[OPEN_CREDENTIAL\]\n.*\n$/);
    expect(`${JSON.stringify(json)}${stderr}`).not.toContain('tok-3f9a77c1e5');
  });
});

/** Tables without a code that is written. */
function driftedTables(): string {
  const folder = newWorkdir();
  cpSync(join(ROOT, 'cdm-tables/bundled'), folder, { recursive: true });
  const path = join(folder, 'tables/observed_variable.csv');
  const tables = readFileSync(path, 'utf8');
  writeFileSync(path, tables.replace(/^126,.*\n/m, ''));
  return folder;
}
