/** Inputs that cannot be used, or only in part: exit code, message, and what is written all the same. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../support/zip.js';
import { hashTree, listing, type Outcome, runCli, runHarvest } from './built.js';
import { createWorkspace, stationBytes } from './workspace.js';

const space = createWorkspace();
const bytes = stationBytes('USM00072558', 4);
const FILE = 'igra2/0-20000-0-72558_igra2_harvested.nc';
let outputs = 0;
const newOutput = (): string => space.path(`output${outputs++}`);

/** Number of messages on standard error. */
function messages({ stderr }: Outcome): number {
  return stderr.split('\n').filter((line) => line.startsWith('harvest: ')).length;
}

const zip = (name: string, content: Uint8Array): Buffer => writeZip([{ name, content }]);
const flipped = (archive: Buffer): Buffer => {
  const copy = Buffer.from(archive);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] ?? 0) ^ 0x55;
  return copy;
};

const UNUSABLE: readonly (readonly [
  what: string,
  name: string,
  content: Uint8Array,
  code: string,
  text: RegExp,
])[] = [
  ['a zero-byte file', 'zero.txt', Buffer.alloc(0), 'INPUT_EMPTY', /zero\.txt is empty/],
  ['a zip of nothing', 'nothing.zip', zip('a.txt', Buffer.alloc(0)), 'INPUT_EMPTY', /nothing\.zip is empty/],
  ['a web page', 'page.txt', Buffer.from('<!DOCTYPE html><html>404</html>'), 'WRONG_FORMAT', /an HTML page/],
  ['a PDF', 'doc.zip', Buffer.from('%PDF-1.4 ...'), 'WRONG_FORMAT', /a PDF document/],
  ['a netCDF file', 'x.nc', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), 'WRONG_FORMAT', /netCDF-4 or HDF5/],
  [
    'BUFR in a zip',
    'b.zip',
    zip('b.bufr', Buffer.from(`BUFR${'\0'.repeat(60)}`)),
    'WRONG_FORMAT',
    /a BUFR file/,
  ],
  ['binary data', 'noise.bin', Buffer.from([1, 2, 3, 0, 255]), 'WRONG_FORMAT', /binary data/],
  [
    'truncated gzip',
    'cut.txt.gz',
    gzipSync(bytes).subarray(0, 500),
    'GZIP_TRUNCATED',
    /end too early after \d+/,
  ],
  ['damaged gzip', 'bad.txt.gz', flipped(gzipSync(bytes)), 'GZIP_DAMAGED', /gzip data are damaged/],
  ['a truncated zip', 'cut.zip', zip('a.txt', bytes).subarray(0, 900), 'ZIP_TRUNCATED', /ends too early/],
  ['a damaged zip', 'bad.zip', flipped(zip('a.txt', bytes)), 'ZIP_(?:DAMAGED|CRC|SIZE)', /the zip archive/],
];

describe.concurrent('an input that cannot be used at all', () => {
  let outcome: Outcome;
  const output = newOutput();
  beforeAll(async () => {
    for (const [, name, content] of UNUSABLE) space.write(`unusable/${name}`, content);
    outcome = await runHarvest([space.path('unusable')], output, ['--quiet']);
  });

  it.each(UNUSABLE)('%s has one message, with file and reason', (_, name, __, code, text) => {
    const found = outcome.stderr.split('\n').filter((line) => line.includes(`/unusable/${name}`));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(text);
    expect(found[0]).toMatch(new RegExp(`^harvest: .* \\[${code}\\]$`));
  });

  it('among others of its kind: exit code 5, one message each, nothing written', () => {
    expect(outcome).toMatchObject({ code: 5, stdout: '' });
    expect(messages(outcome)).toBe(UNUSABLE.length);
    expect(listing(output)).toEqual([]);
  });

  it.each(['zero.txt', 'page.txt', 'cut.txt.gz'])('alone, %s: exit code 5 and one message', async (name) => {
    const alone = await runHarvest([space.path('unusable', name)], newOutput(), ['--quiet']);
    expect(alone).toMatchObject({ code: 5, stdout: '' });
    expect(alone.stderr).toContain(name);
    expect(messages(alone)).toBe(1);
  });

  it('is missing or unreadable: exit code 6', async () => {
    const outcome = await runHarvest([space.path('missing.txt')], newOutput(), ['--quiet']);
    expect(outcome).toMatchObject({ code: 6, stdout: '' });
    expect(outcome.stderr).toMatch(
      /^harvest: .*missing\.txt: no such file or directory \(ENOENT\) \[ENOENT\]$/m,
    );
    expect(messages(outcome)).toBe(1);
    const loop = space.path('loop');
    symlinkSync(loop, loop);
    const [around, below] = await Promise.all([
      runHarvest([loop], newOutput(), ['--quiet']),
      runHarvest([`${space.write('file', 'x')}/below.txt`], newOutput(), ['--quiet']),
    ]);
    expect(around).toMatchObject({ code: 6 });
    expect(around.stderr).toMatch(/loop: too many symbolic links \(ELOOP\) \[ELOOP\]/);
    expect(below).toMatchObject({ code: 6 });
    expect(below.stderr).toMatch(/not a directory \(ENOTDIR\)/);
  });
});

describe.concurrent('inputs that can be used in part: exit code 3', () => {
  it('a last sounding that is cut off: the others are there, the byte is named', async () => {
    const output = newOutput();
    const whole = stationBytes('USM00072558', 3);
    const begin = whole.lastIndexOf('#');
    const input = space.write('cut/station.txt', whole.subarray(0, begin + 200));
    const outcome = await runHarvest([input], output, ['--json']);
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toContain(`station.txt, byte ${begin}:`);
    expect(outcome.stderr).toMatch(/\[igra2\.report\.[a-z-]*truncated[a-z-]*\]|\[igra2\.[a-z.-]+\]/);
    expect(messages(outcome)).toBe(0);
    const report = JSON.parse(outcome.stdout);
    expect(report.stations[0]).toMatchObject({ state: 'done', counts: { reports: 2 } });
    expect(report.stations[0].skipped).toMatchObject([{ file: input, byteOffset: begin }]);
    expect(report.totals.skipped).toBe(1);
    expect(listing(output)).toEqual([FILE]);
  });

  it('good and bad ones together: the good ones are harvested, each bad one has its message', async () => {
    const output = newOutput();
    const folder = space.path('mixed');
    space.write('mixed/a.txt', bytes);
    space.write('mixed/b.txt', 'not a sounding');
    space.write('mixed/c.txt', '');
    space.write('mixed/d.txt.gz', gzipSync(stationBytes('USM00072559', 3)).subarray(0, 2000));
    space.write('mixed/e.zip', zip('USM00072560-data.txt', stationBytes('USM00072560', 3)));
    const outcome = await runHarvest([folder], output, ['--json']);
    expect(outcome.code).toBe(3);
    for (const name of ['b.txt', 'c.txt', 'd.txt.gz']) expect(outcome.stderr).toContain(name);
    expect(messages(outcome)).toBe(3);
    expect(listing(output)).toEqual([FILE, 'igra2/0-20000-0-72560_igra2_harvested.nc']);
    const report = JSON.parse(outcome.stdout);
    expect(
      report.refused.length + report.stations.filter((s: { state: string }) => s.state === 'failed').length,
    ).toBe(3);
  });
});

describe.concurrent('inputs of any kind and name', () => {
  it('give the same file, whatever the container, the name, and the way in', async () => {
    const plain = newOutput();
    expect((await runHarvest([space.write('same/standard-input', bytes)], plain)).code).toBe(0);
    const names = [
      '🎈.txt',
      '-rf.txt',
      'two\nlines\u001b[31m.txt',
      'a b  c.txt',
      `${'n'.repeat(196)}.txt`,
      "';$(x).txt",
    ];
    for (const [i, name] of names.entries()) space.write(`odd/${i}/${name}`, bytes);
    // One station in six equal files: six reports share each time, all of them are kept.
    const odd = newOutput();
    const outcome = await runHarvest([space.path('odd')], odd, ['--json']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(outcome.stdout).totals.reports).toBe(6 * 4);
    const piped = newOutput();
    const zipped = newOutput();
    const [fromPipe, fromZip] = await Promise.all([
      runHarvest(['-'], piped, ['--quiet'], { input: bytes }),
      runHarvest(['-'], zipped, ['--quiet'], { input: zip('standard-input', bytes) }),
    ]);
    expect(fromPipe).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(fromZip).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(listing(plain)).toEqual([FILE]);
    expect(hashTree(piped)).toEqual(hashTree(plain));
    expect(listing(zipped)).toEqual([FILE]);
  });

  it('a hostile name that is at fault does not reach the terminal as it is', async () => {
    const path = space.write('hostile/two\nharvest: fine\u001b[2J.txt', 'nonsense');
    const outcome = await runHarvest([path], newOutput(), ['--quiet']);
    expect(outcome.code).toBe(5);
    expect(messages(outcome)).toBe(1);
    expect(outcome.stderr).not.toContain('\u001b');
    expect(outcome.stderr).toContain('two\\x0aharvest: fine\\x1b[2J.txt');
  });

  it('standard input without a byte, and standard input of the wrong kind, are input errors', async () => {
    const [none, wrong] = await Promise.all([
      runHarvest(['-'], newOutput(), ['--quiet']),
      runHarvest(['-'], newOutput(), ['--quiet'], { input: Buffer.from('hello') }),
    ]);
    expect(none.code).toBe(5);
    expect(none.stderr).toMatch(/standard-input is empty/);
    expect(wrong.code).toBe(5);
    expect(wrong.stderr).toMatch(/standard-input.*"hello"/);
  });
});

describe.concurrent('the harvest', () => {
  it('gives the same bytes again, in another time zone, and one file per year where asked', async () => {
    const input = space.write('again/x.txt', stationBytes('USM00072558', 8));
    const [first, second, quiet, dry] = [newOutput(), newOutput(), newOutput(), newOutput()];
    const [a, b, c, d] = await Promise.all([
      runHarvest([input], first),
      runHarvest([input], second, [], { env: { TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' } }),
      runHarvest([input], quiet, [
        '--quiet',
        '--split',
        'year',
        '--from',
        '1998-02-28',
        '--to',
        '1998-03-01',
      ]),
      runHarvest([input], dry, ['--dry-run', '--json']),
    ]);
    for (const outcome of [a, b, c, d]) expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(hashTree(second)).toEqual(hashTree(first));
    expect(a.stdout).toMatch(/^station +primary id +reports +rows/);
    expect(a.stdout).toMatch(/1 of 1 stations; 8 reports/);
    expect(c.stdout).toBe('');
    expect(listing(quiet)).toEqual(['igra2/0-20000-0-72558_igra2_harvested_1998.nc']);
    expect(existsSync(dry)).toBe(false);
    const report = JSON.parse(d.stdout);
    const { fields, rows, dropped } = report.totals;
    const reasons = Object.values<number>(dropped).reduce((sum, n) => sum + n, 0);
    expect(fields).toBe(rows + reasons);
    expect(report).toMatchObject({
      dataset: 'igra2',
      profile: 'cdm',
      dry_run: true,
      refused: [],
      warnings: [],
    });
    expect(report.stations).toHaveLength(1);
    expect(report.stations[0]).toMatchObject({
      station: 'USM00072558',
      primary_station_id: '0-20000-0-72558',
      state: 'done',
      files: [],
      counts: { reports: 8 },
    });
  });

  it('takes what lies under sources/igra2 of the work folder, hidden and unfinished files aside', async () => {
    mkdirSync(space.path('work'));
    space.write('work/sources/igra2/deep/x.txt', bytes);
    space.write('work/sources/igra2/y.zip.part', 'unfinished');
    space.write('work/sources/igra2/.hidden', 'hidden');
    const outcome = await runCli(
      ['--source', 'igra2', '--tables', 'bundled', '--workdir', '.', '--quiet', '--offline'],
      {
        cwd: space.path('work'),
      },
    );
    expect(outcome).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(listing(space.path('work', 'output'))).toEqual([FILE]);
  });
});
