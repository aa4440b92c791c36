/** What the command line says about itself and about words that do not fit. */
import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Outcome, runCli } from './built.js';
import { createWorkspace, stationBytes } from './workspace.js';

const space = createWorkspace();
const station = space.write('station.txt', stationBytes('USM00072558', 2));
mkdirSync(space.path('empty'));

/** One message: a first line `harvest: what [CODE]`, then what to do; nothing on standard output, no stack. */
function expectOneMessage(outcome: Outcome, exitCode: number, code: string, text: string | RegExp): void {
  expect(outcome).toMatchObject({ code: exitCode, stdout: '' });
  expect(outcome.stderr).toMatch(text);
  const messages = outcome.stderr.split('\n').filter((line) => line.startsWith('harvest: '));
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(new RegExp(` \\[${code}\\]$`));
  expect(outcome.stderr).not.toMatch(/^ {4}at /m);
  expect(outcome.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
}

describe('the list of datasets', () => {
  it('says which bring feedback, and of what', async () => {
    const { stdout } = await runCli(['sources']);
    const brought = stdout.split('\n\n').filter((text) => text.includes('; with feedback of ERA5'));
    expect(brought.map((text) => text.split(' ')[0])).toEqual([
      'era5_1',
      'era5_1759',
      'era5_1761',
      'era5_2',
      'era5_3188',
    ]);
    expect((await runCli(['sources', 'era5_1'])).stdout).toMatch(/^feedback {4}era5fb: ERA5, main stream$/m);
    expect((await runCli(['sources', 'igra2'])).stdout).not.toMatch(/^feedback /m);
  });
});

describe.concurrent('wrong words end with exit code 2 and one message', () => {
  const here = ['--tables', 'bundled'];
  it.each<[string, string[], string, string | RegExp]>([
    ['nothing', [], 'NO_SOURCE', /--source is missing.*\n.*harvest sources/],
    ['an unknown source', ['--source', 'nope'], 'UNKNOWN_SOURCE', /"nope"[\s\S]*igra2/],
    ['an unknown option', ['--source', 'igra2', '--frob'], 'USAGE', /frob/],
    ['an unknown command', ['frobnicate'], 'USAGE', /frobnicate/],
    ['an unknown profile', ['--source', 'igra2', '--profile', 'x'], 'USAGE', /profile.*"cdm", "cuon"/],
    ['an option without its value', ['--source', 'igra2', '--output'], 'USAGE', /output/],
    ['--input without a path', ['--source', 'igra2', '--input'], 'USAGE', /input/],
    [
      'an option given twice',
      ['--source', 'igra2', '--output', 'a', '--output', 'b'],
      'USAGE',
      /--output.*more than once/,
    ],
    ['standard input twice', ['--source', 'igra2', '--input', '-', '-'], 'STDIN_TWICE', /only once/],
    [
      'a bad --from',
      ['--source', 'igra2', '--from', '2019-02-30'],
      'NOT_A_DATE',
      /--from 2019-02-30.*\n.*YYYY-MM-DD/,
    ],
    [
      'an empty period',
      ['--source', 'igra2', '--from', '2020', '--to', '2019'],
      'EMPTY_PERIOD',
      /2020.*2019/,
    ],
    [
      'no files under sources/igra2',
      ['--source', 'igra2', '--offline', ...here],
      'NO_INPUT',
      /sources\/igra2[\s\S]*--input/,
    ],
    [
      'an unknown station',
      ['--source', 'igra2', ...here, '--input', station, '--station', '99999'],
      'UNKNOWN_STATION',
      /99999[\s\S]*USM00072558/,
    ],
    [
      'an empty folder',
      ['--source', 'igra2', ...here, '--input', space.path('empty')],
      'NO_INPUT',
      /empty holds no files/,
    ],
    ['inspect without a file', ['inspect'], 'USAGE', /argument/],
    ['sources of nothing known', ['sources', 'nope'], 'UNKNOWN_SOURCE', /nope/],
    ['a wrong action of tables', ['tables', 'burn'], 'USAGE', /burn/],
    ['tables diff with one edition', ['tables', 'diff', 'bundled'], 'USAGE', /two editions/],
  ])('%s', async (_, words, code, text) => {
    // A work folder each: they run side by side.
    const own = words.includes('--tables') ? ['--workdir', space.path(code, String(words.length))] : [];
    expectOneMessage(await runCli([...words, ...own]), 2, code, text);
  });
});

describe.concurrent('what it says about itself', () => {
  it('is --help, --version, sources, tables, and inspect', async () => {
    const [help, version, all, one, json, tables, diff] = await Promise.all([
      runCli(['--help']),
      runCli(['--version']),
      runCli(['sources']),
      runCli(['sources', 'igra2']),
      runCli(['sources', 'igra2', '--json']),
      runCli(['tables', 'list', '--tables', 'bundled', '--workdir', space.folder]),
      runCli(['tables', 'diff', 'bundled', 'bundled', '--workdir', space.folder, '--json']),
    ]);
    for (const outcome of [help, version, all, one, json, tables, diff])
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
    for (const word of ['--source', '--input', '--profile', 'inspect', 'tables'])
      expect(help.stdout).toContain(word);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(all.stdout).toMatch(/\nigra2 +Integrated Global Radiosonde Archive/);
    expect(one.stdout).toMatch(/licence +.*\n[\s\S]*--source igra2/);
    expect(JSON.parse(json.stdout)).toMatchObject({ id: 'igra2', login: false });
    expect(tables.stdout).toMatch(
      /^bundled +https:.*\nsha256 +[0-9a-f]{64}\n[\s\S]*element nominal_timestamp/,
    );
    expect(JSON.parse(diff.stdout)).toMatchObject({ differences: [] });
  });
});
