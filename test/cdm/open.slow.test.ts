import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  codeRow,
  hasCode,
  listCachedEditions,
  type OpenTablesOptions,
  openTables,
} from '../../src/cdm/index.js';
import { exitCodeOf } from '../../src/errors.js';
import { writeEdition } from './edition-support.js';
import { makeGitRecorder, makeRepository, type TestRepository } from './git-support.js';

let folder: string;
let cacheDir: string;
let repository: TestRepository;
let warnings: string[];
let options: OpenTablesOptions;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tables-'));
  cacheDir = join(folder, 'cache');
  repository = makeRepository(join(folder, 'tables_repo'));
  writeEdition(repository.folder);
  warnings = [];
  options = { cacheDir, allowFileUrls: true, onWarning: (message) => warnings.push(message) };
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const UNITS_2 = 'units\tname\tabbreviation\n005\tkelvin\tK\n032\tpascal\tPa\n110\tdegree\tdeg\n';

describe('tables from a git repository', () => {
  it('are fetched once, kept under their commit, extended and checked', async () => {
    const commit = repository.commit('first');
    const contract = { elements: [], codes: [{ table: 'source_format', code: 100 }] };
    const edition = await openTables(repository.url, { ...options, contract });
    expect(edition).toMatchObject({ name: 'tables_repo', repository: repository.url, commit });
    expect(codeRow(edition, 'units', 5).values[1]).toBe('kelvin');
    const cached = await listCachedEditions(cacheDir);
    expect(cached).toMatchObject([{ name: 'tables_repo', repository: repository.url, commit }]);
    expect(Date.parse(cached[0]?.fetchedAt ?? '')).toBeGreaterThan(0);
    expect(cached[0]?.folder.endsWith(commit)).toBe(true);
    expect(readdirSync(cacheDir).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('are the bytes of the commit, whatever git attributes and line-end settings say', async () => {
    writeEdition(repository.folder, { '.gitattributes': '*.dat text eol=crlf export-ignore\n' });
    repository.commit('first');
    const fetched = await openTables(repository.url, options);
    repository.git('rm', '--quiet', '.gitattributes');
    const local = await openTables(repository.folder, options);
    expect(fetched.sha256).toBe(local.sha256);
  });

  it('are not fetched again while the remote is unchanged: one light request', async () => {
    repository.commit('first');
    const recorder = makeGitRecorder(folder);
    vi.stubEnv('PATH', recorder.path);
    await openTables(repository.url, options);
    const first = recorder.calls();
    expect(first.filter((call) => call.includes(' fetch '))).toHaveLength(1);
    await openTables(repository.url, options);
    const second = recorder.calls().slice(first.length);
    expect(second).toHaveLength(1);
    expect(second[0]).toContain(' ls-remote ');
  });

  it('run git with no protocol but the one, no hooks, no credentials and no prompt', async () => {
    repository.commit('first');
    const recorder = makeGitRecorder(folder);
    vi.stubEnv('PATH', recorder.path);
    await openTables(repository.url, options);
    for (const call of recorder.calls()) {
      expect(call).toContain('-c protocol.allow=never -c protocol.file.allow=always');
      expect(call).toContain('-c core.hooksPath=/dev/null -c credential.helper=');
    }
    const fetch = recorder.calls().find((call) => call.includes(' fetch '));
    expect(fetch).toMatch(/--depth=1 --no-tags --no-recurse-submodules -- file:\S+ [0-9a-f]{40}$/);
  });

  it('follow a new commit and keep the old one', async () => {
    repository.commit('first');
    const first = await openTables(repository.url, options);
    writeEdition(repository.folder, { 'tables/units.dat': UNITS_2 });
    const commit = repository.commit('second');
    const second = await openTables(repository.url, options);
    expect(second.commit).toBe(commit);
    expect([hasCode(first, 'units', 110), hasCode(second, 'units', 110)]).toEqual([false, true]);
    expect((await listCachedEditions(cacheDir)).map((edition) => edition.commit)).toEqual([
      commit,
      first.commit,
    ]);
  });

  it('follow a history that was rewritten, and still give the old commit by its hash', async () => {
    const old = repository.commit('first');
    await openTables(repository.url, options);
    writeEdition(repository.folder, { 'tables/units.dat': UNITS_2 });
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--amend', '--message', 'rewritten');
    const rewritten = repository.git('rev-parse', 'HEAD');
    expect((await openTables(repository.url, options)).commit).toBe(rewritten);
    expect((await openTables(`${repository.url}@${old}`, options)).commit).toBe(old);
    expect(warnings).toEqual([]);
  });

  it('give an older commit by its hash without becoming what the name alone means', async () => {
    const old = repository.commit('first');
    writeEdition(repository.folder, { 'tables/units.dat': UNITS_2 });
    const head = repository.commit('second');
    await openTables(repository.url, options);
    const edition = await openTables(`${repository.url}@${old.toUpperCase()}`, options);
    expect(edition.commit).toBe(old);
    expect(hasCode(edition, 'units', 110)).toBe(false);
    const offline = await openTables(repository.url, { ...options, offline: true });
    expect(offline.commit).toBe(head);
  });

  it('are opened by two at the same time', async () => {
    const commit = repository.commit('first');
    const editions = await Promise.all([1, 2, 3].map(() => openTables(repository.url, options)));
    expect(editions.map((edition) => edition.commit)).toEqual([commit, commit, commit]);
    expect(await listCachedEditions(cacheDir)).toHaveLength(1);
    expect(readdirSync(cacheDir)).toHaveLength(1);
  });
});

describe('without the remote', () => {
  it('the newest cached edition serves, with one warning', async () => {
    repository.commit('first');
    await openTables(repository.url, options);
    writeEdition(repository.folder, { 'tables/units.dat': UNITS_2 });
    const commit = repository.commit('second');
    await openTables(repository.url, options);
    rmSync(repository.folder, { recursive: true });
    const edition = await openTables(repository.url, options);
    expect(edition.commit).toBe(commit);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(commit);
  });

  it('the bundled snapshot serves where nothing is cached, with one warning', async () => {
    rmSync(repository.folder, { recursive: true });
    const edition = await openTables(repository.url, options);
    expect(edition.name).toBe('bundled');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('bundled');
  });

  it('offline starts no process and says so once', async () => {
    repository.commit('first');
    const { commit } = await openTables(repository.url, options);
    const recorder = makeGitRecorder(folder);
    vi.stubEnv('PATH', recorder.path);
    const edition = await openTables(repository.url, { ...options, offline: true });
    expect(edition.commit).toBe(commit);
    expect((await openTables('glamod', { ...options, offline: true })).name).toBe('bundled');
    expect(warnings).toHaveLength(2);
    expect(recorder.calls()).toEqual([]);
  });

  it('a cached commit is had by its hash, another one is a network error', async () => {
    const commit = repository.commit('first');
    await openTables(repository.url, options);
    rmSync(repository.folder, { recursive: true });
    expect((await openTables(`${repository.url}@${commit}`, { ...options, offline: true })).commit).toBe(
      commit,
    );
    const missing = `${repository.url}@${'0123456789'.repeat(4)}`;
    for (const offline of [true, false]) {
      const error: unknown = await openTables(missing, { ...options, offline }).catch(
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ name: 'NetworkError', hint: expect.any(String) });
      expect(exitCodeOf(error)).toBe(4);
    }
    expect(warnings).toEqual([]);
  });

  it('that is an https server which does not answer, the transport is tried and the reason is told', async () => {
    const edition = await openTables('https://127.0.0.1:1/tables', options);
    expect(edition.name).toBe('bundled');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/unable to access|connect/i);
    expect(warnings[0]).not.toContain('not allowed');
  });

  it('and without git the fallback is the same, never a crash', async () => {
    repository.commit('first');
    vi.stubEnv('PATH', join(folder, 'empty'));
    expect((await openTables(repository.url, options)).name).toBe('bundled');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('git');
    await expect(openTables(`${repository.url}@${'a'.repeat(40)}`, options)).rejects.toMatchObject({
      code: 'GIT_MISSING',
    });
  });
});

describe('the cache', () => {
  it('heals an edition whose files are not those that were fetched', async () => {
    const commit = repository.commit('first');
    await openTables(repository.url, options);
    const [cached] = await listCachedEditions(cacheDir);
    writeFileSync(join(cached?.folder ?? '', 'tables', 'units.dat'), 'units\tname\n005\tfurlong\n');
    expect(codeRow(await openTables(repository.url, options), 'units', 5).values[1]).toBe('kelvin');
    unlinkSync(join(cached?.folder ?? '', 'edition.json'));
    expect((await openTables(repository.url, options)).commit).toBe(commit);
    expect(await listCachedEditions(cacheDir)).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('does not serve a damaged edition when the remote is gone', async () => {
    repository.commit('first');
    await openTables(repository.url, options);
    const [cached] = await listCachedEditions(cacheDir);
    writeFileSync(join(cached?.folder ?? '', 'tables', 'units.dat'), 'units\tname\n005\tfurlong\n');
    expect((await openTables(repository.url, { ...options, offline: true })).name).toBe('bundled');
    expect(warnings).toHaveLength(1);
  });

  it('loses what a killed process left, and nothing younger', async () => {
    repository.commit('first');
    for (const [name, age] of [
      ['.fetch-1-old', 7200],
      ['.fetch-2-new', 10],
    ] as const) {
      mkdirSync(join(cacheDir, name), { recursive: true });
      const time = Date.now() / 1000 - age;
      utimesSync(join(cacheDir, name), time, time);
    }
    await openTables(repository.url, options);
    expect(existsSync(join(cacheDir, '.fetch-1-old'))).toBe(false);
    expect(existsSync(join(cacheDir, '.fetch-2-new'))).toBe(true);
  });

  it('is empty when it does not exist', async () => {
    expect(await listCachedEditions(join(folder, 'none'))).toEqual([]);
  });
});

describe('a repository that cannot be used', () => {
  it('with a malformed definition is refused with file and line and does not enter the cache', async () => {
    writeEdition(repository.folder, {
      'table_definitions/units.csv':
        'element_name\tkind\texternal_table\tdescription\nunits\tcomplex128\t\t\n',
    });
    repository.commit('broken');
    const error: unknown = await openTables(repository.url, options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'UNKNOWN_KIND',
      position: { file: 'table_definitions/units.csv', line: 2, field: 'units' },
    });
    expect(exitCodeOf(error)).toBe(8);
    expect(await listCachedEditions(cacheDir)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('that drifted names the last good commit', async () => {
    const good = repository.commit('first');
    const contract = { elements: [], codes: [{ table: 'units', code: 32 }] };
    await openTables(repository.url, { ...options, contract });
    writeEdition(repository.folder, { 'tables/units.dat': 'units\tname\n005\tkelvin\n' });
    repository.commit('drifted');
    await expect(openTables(repository.url, { ...options, contract })).rejects.toMatchObject({
      code: 'TABLES_DRIFT',
      hint: expect.stringContaining(`--tables ${repository.url}@${good}`),
    });
    expect((await openTables(`${repository.url}@${good}`, { ...options, contract })).commit).toBe(good);
  });

  it('with a link for a table is refused, and the target is not read', async () => {
    writeFileSync(join(folder, 'secret.dat'), 'secret\tname\n1\tx\n');
    symlinkSync(join(folder, 'secret.dat'), join(repository.folder, 'tables', 'secret.dat'));
    repository.commit('link');
    await expect(openTables(repository.url, options)).rejects.toMatchObject({
      code: 'UNSAFE_TREE',
      message: expect.stringContaining('tables/secret.dat'),
    });
  });

  it('with a link for the tables folder is no edition', async () => {
    repository.git('add', '--all');
    rmSync(join(repository.folder, 'tables'), { recursive: true });
    rmSync(join(repository.folder, 'table_definitions'), { recursive: true });
    symlinkSync('/etc', join(repository.folder, 'tables'));
    repository.commit('link');
    await expect(openTables(repository.url, options)).rejects.toMatchObject({ code: 'NOT_AN_EDITION' });
  });

  it('with a huge table is refused before its bytes are read', async () => {
    writeEdition(repository.folder, { 'tables/huge.dat': `huge\tname\n${'1\tx\n'.repeat(1_200_000)}` });
    repository.commit('huge');
    const recorder = makeGitRecorder(folder);
    vi.stubEnv('PATH', recorder.path);
    await expect(openTables(repository.url, options)).rejects.toMatchObject({
      code: 'TABLE_TOO_LARGE',
      message: expect.stringContaining('tables/huge.dat'),
    });
    expect(recorder.calls().some((call) => call.includes('cat-file'))).toBe(false);
  });

  it('with table names that differ in case only is refused', async () => {
    const blob = repository.git('hash-object', '-w', 'tables/units.dat');
    repository.git('add', '--all');
    repository.git('update-index', '--add', '--cacheinfo', `100644,${blob},tables/Units.dat`);
    repository.git('commit', '--quiet', '--message', 'case');
    await expect(openTables(repository.url, options)).rejects.toMatchObject({ code: 'UNSAFE_TREE' });
  });

  it('with other things beside its tables is read all the same', async () => {
    writeEdition(repository.folder, {
      'tables/README.md': '# x',
      'tables/old/units.dat': 'x',
      'hooks/post-checkout': 'x',
    });
    symlinkSync('/etc/passwd', join(repository.folder, 'tables', 'notes.txt'));
    repository.commit('more');
    const edition = await openTables(repository.url, options);
    expect([...edition.tables.keys()]).toEqual([
      'quality_flag',
      'source_format',
      'units',
      'station_type',
      'z_coordinate_method',
      'z_coordinate_type',
    ]);
  });
});
