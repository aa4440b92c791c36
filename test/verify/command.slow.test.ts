/** `harvest verify`: what it prints, and how it ends. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/built.js';
import { rewriteStation } from '../support/station-rewrite.js';
import { at, harvestSmall, textAt } from './planted.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let path: string;
let wrong: string;
beforeAll(async () => {
  path = (await harvestSmall(folder)).igra2;
  wrong = join(folder, 'wrong', basename(path));
  mkdirSync(join(folder, 'wrong'));
  await rewriteStation(path, wrong, {
    values: {
      'observations_table/observation_value': (values) => {
        values.fill(Number.NaN as never, 10, 13);
        return undefined;
      },
      'header_table/station_name': at(0, 0),
      // A name that would forge a line.
      'observations_table/source_id': textAt(3, '\n1: ok\u001b'),
    },
  });
});

const CONTROL = /(?!\n)\p{Cc}/u;

describe.concurrent('harvest verify', () => {
  it('takes folders, leaving out what is being written, and files twice named once', async () => {
    const output = join(folder, 'output');
    const hidden = join(folder, 'hidden');
    cpSync(output, hidden, { recursive: true });
    writeFileSync(join(hidden, 'igra2', `.${basename(path)}.1.2.tmp`), 'unfinished');
    writeFileSync(join(hidden, 'igra2', '.hidden.nc'), 'unfinished');
    // Settings of harvests concern no other command.
    const env = { HARVEST_WORKERS: '2', HARVEST_SOURCE: 'igra2', HARVEST_QUIET: '1' };
    const { code, stdout } = await runCli(['verify', hidden, join(hidden, 'igra2', basename(path))], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '2 files, 702 rows: nothing wrong\n' });
  });

  it('prints a line per finding with the row and the reason, and ends with exit code 8', async () => {
    const { code, stdout, stderr } = await runCli(['verify', wrong, '--limit', '2', '--workdir', folder]);
    expect(code).toBe(8);
    expect(stdout.replaceAll(`${wrong}: `, '').split('\n')).toEqual([
      'observations_table/source_id row 3: "\\n1: ok\\u001b", but header_table has "igra2-1" for this report; what the report says of itself is not what its rows say [header]',
      'observations_table/source_id row 3: "\\n1: ok\\u001b" is not in source_configuration:source_id; the row refers to a row of another table that is not there [foreign-key]',
      'observations_table/observation_value row 10: the value is missing; a row without a value stands for nothing that was observed [missing]',
      'observations_table/observation_value row 11: NaN, but -3.200000047683716 of the source is 269.95001220703125; the value does not follow from the original beside it [conversion]',
      'observations_table/observation_value row 11: the value is missing; a row without a value stands for nothing that was observed [missing]',
      'and 1 more [missing]',
      '1 file, 286 rows: 6 findings in 1 file',
      '',
    ]);
    expect(stdout).not.toMatch(CONTROL);
    expect(stderr).toBe(
      `note: ${wrong}: the ledger of ${folder} does not know the file: its checksum was not compared\n`,
    );
  });

  it('--json, and --against, which reads the source again', async () => {
    const sources = join(folder, 'sources', 'igra2');
    const words = ['--json', '--limit', '5', '--quiet', '--workdir', folder, '--against', sources];
    const { code, stdout } = await runCli(['verify', wrong, path, ...words]);
    expect(code).toBe(8);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      format: 1,
      failed: [],
      files: [
        { path: wrong, rows: 286, counts: { missing: 3 } },
        { path, counts: {}, findings: [], notes: [] },
      ],
    });
    expect(report.files[0].findings).toContainEqual({
      kind: 'missing',
      table: 'observations_table',
      variable: 'observation_value',
      row: 10,
      message: 'the value is missing',
      why: 'a row without a value stands for nothing that was observed',
    });
    expect(report.files[0].findings).toContainEqual(
      expect.objectContaining({
        kind: 'against',
        table: 'observations_table',
        variable: 'observation_value',
        row: 10,
      }),
    );
  });

  it('has one note for files that lack the same, but for each of them in JSON', async () => {
    const words = ['verify', join(folder, 'output'), '--sources', join(folder, 'ledger')];
    const { stdout, stderr } = await runCli(words);
    expect(stdout).toBe('2 files, 702 rows: nothing wrong\n');
    expect(stderr).toBe(
      `note: 2 files: source files that are not below ${join(folder, 'ledger')} were not compared: "era5.conv._11035.txt", "XXM00011035-data.txt"\n`,
    );
    const { files } = JSON.parse((await runCli([...words, '--json'])).stdout);
    expect(files.map(({ notes }: { notes: string[] }) => notes.length)).toEqual([1, 1]);
  });

  it('goes on behind a file that cannot be read, and says so', async () => {
    const some = join(folder, 'some');
    mkdirSync(some);
    symlinkSync(join(folder, 'nowhere'), join(some, '0.nc'));
    cpSync(path, join(some, basename(path)));
    const { code, stdout, stderr } = await runCli(['verify', some]);
    expect(code).toBe(6);
    expect(stdout).toBe('1 file, 286 rows: nothing wrong; 1 file could not be read\n');
    expect(stderr).toMatch(/0\.nc: no such file or directory \(ENOENT\) \[ENOENT\]/);
  });

  it('refuses words that do not fit', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    expect(await runCli(['verify', empty])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('[NO_STATION_FILES]'),
    });
    expect(await runCli(['verify', path, '--limit', '0'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[NOT_A_NUMBER]'),
    });
    for (const option of ['--workdir', '--sources'])
      expect(await runCli(['verify', path, option, join(folder, 'nowhere')])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(new RegExp(`${option} .*nowhere is no folder.*\\[NO_FOLDER\\]`)),
      });
  });
});
