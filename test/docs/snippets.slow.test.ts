/**
 * Every block of Python, R, SQL and shell in README.md and docs, run as it stands in a folder with the demo, and what it prints
 * compared with the block of text below it. The blocks of one language share a process, which loads its libraries once.
 * `UPDATE_DOCS=1 npx vitest run --config vitest.matrix.config.ts test/docs/snippets` writes what they print into the blocks of text, to be looked at.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCli, ROOT } from '../cli/built.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { LANGUAGES, type Language, pages, type Snippet, setOutput, snippetsOf } from './snippets.js';

const PYTHON = '/usr/bin/python3';

/** The station file that the pages open, and others on which their Python has to run as well, in turn. */
const SHOWN = 'demo/output/igra2/0-20000-0-99001_igra2_harvested.nc';
const OTHERS = [
  ['a ship', 'demo/output/igra2/DEMO1_igra2_harvested.nc'],
  ['a file with feedback', 'demo/output/era5_1/0-20000-0-99001_era5_1_harvested.nc'],
] as const;
/** The file that README.md opens: the first example harvests it from the archive. */
const OF_README = 'output/igra2/0-20000-0-11035_igra2_harvested.nc';

/** By language, commands that have to succeed for its blocks to run. */
const NEEDED: Readonly<Record<Language, readonly (readonly string[])[]>> = {
  python: [[PYTHON, '-c', 'import xarray, pandas, netCDF4, h5netcdf, h5py']],
  r: [['Rscript', '-e', 'library(ncdf4)']],
  sql: [],
  sh: [['bash', '-c', 'command -v ncdump ncks jq']],
};

function missing(language: Language): string | undefined {
  const lacking = NEEDED[language].find(([command = '', ...words]) => spawnSync(command, words).status !== 0);
  return lacking?.join(' ');
}

/** A snippet, perhaps on another file than the page has. */
interface Run extends Snippet {
  title: string;
  /** Where the code stands; what it printed and its error are beside it. */
  path: string;
}

const folder = mkdtempSync(join(tmpdir(), 'harvest-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runsOf(language: Language): Run[] {
  const found = pages().flatMap((page) =>
    snippetsOf(page).filter((snippet) => snippet.language === language),
  );
  const runs = found.flatMap((snippet, i): Omit<Run, 'path'>[] => {
    const title = `${snippet.page}:${snippet.line}`;
    const own = { ...snippet, title };
    // A block that names a time is about the launches of its file.
    if (language !== 'python' || !snippet.code.includes(SHOWN) || /\d{4}-\d\d-\d\d[ T]/.test(snippet.code))
      return [own];
    const [kind, file] = OTHERS[i % OTHERS.length] ?? ['', ''];
    const code = snippet.code.replaceAll(SHOWN, file);
    return [own, { ...snippet, title: `${title} on ${kind}`, code, output: null }];
  });
  return runs.map((run, i) => ({ ...run, path: join(folder, 'snippets', `${i}.${LANGUAGES[language]}`) }));
}

const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[];
const byLanguage = <T>(of: (language: Language) => T): Record<Language, T> =>
  Object.fromEntries(LANGUAGE_NAMES.map((language) => [language, of(language)])) as Record<Language, T>;
const runs = byLanguage(runsOf);

/** Runs all blocks of a language; resolves when what came out stands beside them. */
const RUNNERS: Readonly<Record<Language, (list: readonly Run[]) => Promise<unknown>>> = {
  python: (list) => start(PYTHON, [script('run_snippets.py'), ...list.map(({ path }) => path)]),
  r: (list) => start('Rscript', ['--vanilla', script('run_snippets.R'), ...list.map(({ path }) => path)]),
  async sh(list) {
    for (const { path } of list) {
      const { code, stdout, stderr } = await start('bash', ['-eu', '-o', 'pipefail', path]);
      writeFileSync(`${path}.out`, stdout);
      if (code !== 0) writeFileSync(`${path}.err`, `exit code ${code}\n${stderr}`);
    }
  },
  async sql(list) {
    const instance = await DuckDBInstance.create(':memory:');
    for (const { path, code } of list) {
      const connection = await instance.connect();
      try {
        await connection.run(`SET file_search_path = '${folder}'; SET TimeZone = 'UTC'`);
        // As text, so that numbers look as in DuckDB's own shell.
        const query = `SELECT COLUMNS(*)::VARCHAR FROM (${code.trim().replace(/;$/, '')})`;
        const result = await connection.runAndReadAll(query);
        const rows = [result.columnNames(), ...result.getRows()].map((row) => row.map(String));
        writeFileSync(`${path}.out`, aligned(rows));
      } catch (error) {
        writeFileSync(`${path}.err`, String(error));
      } finally {
        connection.closeSync();
      }
    }
    instance.closeSync();
  },
};

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')).join('\n');
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function start(
  program: string,
  words: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    NO_COLOR: '1',
    TZ: 'UTC',
  };
  const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** `npx harvest` and `harvest` in the snippets are the program as it is built from the sources beside this test. */
function linkProgram(): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const call = `exec '${process.execPath}' '${builtCli()}'`;
  writeFileSync(join(bin, 'harvest'), `#!/bin/sh\n${call} "$@"\n`);
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\n${call} "$@"\n`);
  for (const name of ['harvest', 'npx']) chmodSync(join(bin, name), 0o755);
}

/** What a reader compares: words and lines, not the blanks between columns. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '');
}

/** Why the blocks of a language cannot be run here; undefined where they can. */
const lacking = byLanguage(missing);

beforeAll(async () => {
  mkdirSync(join(folder, 'snippets'));
  symlinkSync(await demoOutputs(), join(folder, 'demo'));
  mkdirSync(join(folder, 'output', 'igra2'), { recursive: true });
  symlinkSync(join(folder, SHOWN), join(folder, OF_README));
  mkdirSync(join(folder, 'docs'));
  symlinkSync(join(ROOT, 'docs', 'python'), join(folder, 'docs', 'python'));
  linkProgram();
  for (const { path, code } of Object.values(runs).flat()) writeFileSync(path, code);
  const run = (language: Language): Promise<unknown> | undefined =>
    lacking[language] === undefined && runs[language].length > 0
      ? RUNNERS[language](runs[language])
      : undefined;
  // The tables that SQL reads are made by the blocks of shell before it.
  await Promise.all([run('python'), run('r'), Promise.resolve(run('sh')).then(() => run('sql'))]);
});

const groups = LANGUAGE_NAMES.map((language) => {
  const reason = lacking[language];
  return {
    language,
    reason,
    title: reason === undefined ? language : `${language} (skipped: '${reason}' fails)`,
  };
});

describe.each(groups.filter(({ language }) => runs[language].length > 0))(
  'blocks of $title',
  ({ language, reason }) => {
    if (reason !== undefined && process.env.CI === 'true')
      it('can be run', () => expect.fail(`CI=true requires: ${reason}`));

    it.skipIf(reason !== undefined).each(runs[language])('$title', ({ page, code, path, output }) => {
      expect(existsSync(`${path}.err`) ? readFileSync(`${path}.err`, 'utf8') : '').toBe('');
      if (output === null) return;
      const printed = readFileSync(`${path}.out`, 'utf8');
      if (process.env.UPDATE_DOCS !== undefined) setOutput(page, code, printed);
      else expect(lines(printed)).toEqual(lines(output));
    });
  },
);

it('there are blocks of each language', () => {
  for (const language of LANGUAGE_NAMES) {
    const found = pages().flatMap((page) =>
      snippetsOf(page).filter((snippet) => snippet.language === language),
    );
    expect(found.length, language).toBeGreaterThan(3);
  }
});
