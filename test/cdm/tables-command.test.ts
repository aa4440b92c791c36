import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diffTables, listTables, updateTables } from '../../src/cli/tables.js';
import { writeEdition } from './edition-support.js';
import { makeRepository, type TestRepository } from './git-support.js';

let folder: string;
let repository: TestRepository;
let options: { cacheDir: string; allowFileUrls: boolean };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'));
  repository = makeRepository(join(folder, 'tables_repo'));
  writeEdition(repository.folder, {
    'tables/units.dat': 'units\tname\tabbreviation\n005\tkelvin\tK\n007\tlux\n',
  });
  options = { cacheDir: join(folder, 'cache'), allowFileUrls: true };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('harvest tables list', () => {
  it('shows identity, counts, extensions, warnings and the cache', async () => {
    const commit = repository.commit('first');
    const text = await listTables({ ...options, spec: repository.url, json: false });
    expect(text).toContain(`tables_repo  ${repository.url}  ${commit}`);
    // 3 + 2 + 3 elements of the files and 3 of the extensions; 2 + 1 + 1 codes, 2 + 4 added, 2 + 2 in replaced tables.
    expect(text).toContain('definitions 3 tables with 13 elements');
    expect(text).toContain('code tables 6 with 17 codes');
    expect(text).toContain('extensions (14)\n  header_table: element nominal_timestamp\n');
    expect(text).toContain('  station_type: table replaced');
    expect(text).toContain(
      'warnings (1)\n  tables/units.dat:3: 2 fields under 3 titles: only the code is kept',
    );
    expect(text).toMatch(
      new RegExp(`cached editions \\(1\\)\\n {2}tables_repo@${commit} {2}fetched \\d{4}-`),
    );
  });

  it('gives the same as JSON, with a note when something else is used', async () => {
    const parsed: unknown = JSON.parse(
      await listTables({ ...options, spec: 'glamod', offline: true, json: true }),
    );
    expect(parsed).toMatchObject({
      name: 'bundled',
      commit: '4261905',
      definitions: 88,
      tables: 69,
      notes: [expect.stringContaining('bundled')],
      warnings: [],
      cached: [],
    });
  });
});

describe('harvest tables update', () => {
  it('fetches the first edition, then says that it is up to date, then what changed', async () => {
    const first = repository.commit('first');
    const update = () => updateTables({ ...options, spec: repository.url });
    expect(await update()).toBe(
      `tables_repo ${first}: fetched, the first edition of these tables in the cache`,
    );
    expect(await update()).toBe(`tables_repo ${first}: up to date`);
    writeEdition(repository.folder);
    const second = repository.commit('second');
    expect(await update()).toBe(
      [
        `tables_repo ${second}: fetched`,
        `changes since ${first}: 2`,
        '  units: code-removed 7',
        '      - ',
        '  units: code-added 32',
        '      + name=pascal; abbreviation=Pa',
      ].join('\n'),
    );
  });

  it('checks the contract of the writer', async () => {
    repository.commit('first');
    const contract = (code: number) => ({ elements: [], codes: [{ table: 'units', code }] });
    const update = (code: number) =>
      updateTables({ ...options, spec: repository.url, contract: contract(code) });
    expect(await update(5)).toContain('nothing that is written has changed its meaning');
    await expect(update(6)).rejects.toMatchObject({ code: 'TABLES_DRIFT' });
  });

  it('fails where a harvest would fall back', async () => {
    rmSync(repository.folder, { recursive: true });
    await expect(updateTables({ ...options, spec: repository.url })).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'TABLES_NOT_UPDATED',
    });
  });

  it('has nothing to do for the bundled snapshot', async () => {
    expect(await updateTables({ ...options, spec: 'bundled' })).toContain('nothing to update');
  });
});

describe('harvest tables diff', () => {
  it('lists every difference with before and after', async () => {
    writeEdition(join(folder, 'b'));
    const text = await diffTables({ ...options, a: repository.folder, b: join(folder, 'b'), json: false });
    expect(text.split('\n')).toEqual([
      'tables_repo none -> b none: 2 differences',
      '  units: code-removed 7',
      '      - ',
      '  units: code-added 32',
      '      + name=pascal; abbreviation=Pa',
    ]);
    const json: unknown = JSON.parse(
      await diffTables({ ...options, a: repository.folder, b: join(folder, 'b'), json: true }),
    );
    expect(json).toMatchObject({
      a: { name: 'tables_repo' },
      b: { name: 'b' },
      differences: [
        { table: 'units', change: 'code-removed', name: '7', before: '' },
        { table: 'units', change: 'code-added', name: '32', after: 'name=pascal; abbreviation=Pa' },
      ],
    });
  });
});
