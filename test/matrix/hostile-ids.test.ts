/** Station ids that would be a path, a device, an option or a message if someone took them for one. */
import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { createWorkspace } from '../cli/workspace.js';
import { runCase, stationFiles } from '../faults/harvest-process.js';
import { readStationFile } from '../run/station-file.js';
import { encodeBufrSoundings } from '../support/bufr-soundings.js';
import { type SmallRow, smallText } from '../support/odb-tables.js';
import { makeStation } from '../support/soundings.js';

/** A station that is fine, beside each hostile one. */
const NEIGHBOUR = 'GOOD1';
const TOO_LONG = 'x'.repeat(300);

/**
 * What stands in the text, and the ids that must be in the files beside the neighbour's: none where the rows are damaged (an
 * id holds no control character) or where two ids cannot both be file names.
 */
const IN_ODB: readonly (readonly [name: string, statid: readonly string[], ids: readonly string[]])[] = [
  ['two dots', ['..'], ['..']],
  ['a dot', ['.'], ['.']],
  ['a folder', ['a/b'], ['a/b']],
  ['a path upwards', ['../../etc/x'], ['../../etc/x']],
  ['an absolute path', ['/tmp/canary'], ['/tmp/canary']],
  ['a NUL', ['a\0b'], []],
  ['a line end', ['a\nb'], []],
  ['an escape sequence', ['a\u001b[2Jb'], []],
  ['a C1 control character', ['a\u009b2Jb'], []],
  ['an emoji', ['🎈7'], ['🎈7']],
  ['a device', ['CON'], ['CON']],
  ['a device with an extension', ['nul.txt'], ['nul.txt']],
  ['300 characters', [TOO_LONG], [TOO_LONG]],
  ['a leading -', ['-rf'], ['-rf']],
  ['blanks', ['        '], []],
  ['nothing', [''], []],
  ['a trailing blank', ['AB C '], ['AB C']],
  ['a trailing dot', ['AB.'], ['AB.']],
  ['a case clash', ['abc', 'ABC'], []],
  ['percent signs', ['%2e%2e%2f'], ['%2e%2e%2f']],
  ['a percent sign and what it encodes', ['%2F', '/'], ['%2F', '/']],
  ['a backslash', ['..\\..\\x'], ['..\\..\\x']],
  ['marks that reverse text', ['a\u202ecn.exe'], ['a\u202ecn.exe']],
  ['the name of a file', ['x.nc'], ['x.nc']],
  ['a word of JavaScript', ['__proto__'], ['__proto__']],
  ['a home folder and a variable', ['~root', '$HOME'], ['$HOME', '~root']],
  ['letters with two spellings', ['e\u0301', '\u00e9'], ['e\u0301', '\u00e9']],
  ['a drive', ['C:x'], ['C:x']],
];

/** Call signs of ships, at most 9 characters: the ids of the file, which are in capital letters. */
const IN_BUFR: readonly (readonly [callSign: string, ids: readonly string[]])[] = [
  ['..', ['ship:..']],
  ['../../x', ['../../X']],
  ['/etc/x', ['/ETC/X']],
  ['-rf', ['-RF']],
  ['CON', ['CON']],
  ['a\u001b[2Jb', ['A[2JB']],
  ['a\nb', ['AB']],
  ['%2e', ['%2E']],
  ['x.nc', ['X.NC']],
];

const space = createWorkspace();
const tables = await loadTables();
let ran = 0;

afterAll(() => {
  console.log(`hostile-ids: ${ran} cases`);
  expect(ran).toBe(IN_ODB.length + IN_BUFR.length);
});

function odbText(statids: readonly string[]): Buffer {
  const row = (id: string): SmallRow => ({ 'statid@hdr': id });
  return smallText([NEIGHBOUR, ...statids].map(row));
}

function bufr(callSign: string): Buffer {
  const messages = [NEIGHBOUR, callSign].map((name, i) => {
    const soundings = makeStation(3 + i, { id: 'XXM00011035', soundings: 2, kinds: ['classic'] });
    return encodeBufrSoundings(tables, soundings, { callSign: name });
  });
  return Buffer.concat(messages);
}

/** Everything below a folder, by path inside it, without following links. */
function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

/** Harvests one file whose folder tells what was written where; returns the ids of the station files. */
async function idsOf(source: string, content: Buffer): Promise<string[]> {
  const i = ran++;
  const root = space.path(`case${i}`);
  const input = space.write(`case${i}/in/file`, content);
  for (const name of ['tmp/.keep', 'work/.keep', 'home/.keep']) space.write(`case${i}/${name}`, '');
  const around = everything(dirname(root)).filter((name) => !name.startsWith(basename(root)));
  const before = new Set(everything(root));
  const outcome = await runCase(
    { workdir: join(root, 'work'), input: [input], source, quiet: false },
    {
      cwd: join(root, 'home'),
      env: { TMPDIR: join(root, 'tmp'), HOME: join(root, 'home') },
      limitMs: 20_000,
    },
  );

  expect([0, 3], outcome.stderr).toContain(outcome.code);
  for (const text of [outcome.stdout, outcome.stderr]) {
    expect(text).not.toMatch(/(?!\n)\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    expect(text).not.toMatch(/unexpected error|^ {4}at /m);
  }
  expect(everything(dirname(root)).filter((name) => !name.startsWith(basename(root)))).toEqual(around);
  const made = everything(root).filter((name) => !before.has(name));
  // Beside the output there may be what a work folder has: the ledger, with its lock.
  const elsewhere = made.filter((name) => !/^work\/(output|ledger)(\/|$)/.test(name));
  expect(elsewhere).toEqual([]);
  for (const name of made) expect(lstatSync(join(root, name)).isSymbolicLink(), name).toBe(false);

  const output = join(root, 'work', 'output');
  const files = Object.keys(stationFiles(output));
  const lowerCase = new Set(files.map((name) => name.toLowerCase()));
  expect(lowerCase.size).toBe(files.length);
  for (const name of files) {
    expect(name).toMatch(new RegExp(`^${source}/[A-Za-z0-9_%][A-Za-z0-9._%-]*_${source}_harvested\\.nc$`));
    expect(name).not.toMatch(/\/(con|prn|aux|nul|com\d|lpt\d)\./i);
    expect(basename(name).length).toBeLessThanOrEqual(255);
  }
  return files.map(
    (name) => readStationFile(join(output, name)).texts('header_table/primary_station_id')[0] ?? '',
  );
}

describe('a hostile station id', () => {
  it.each(IN_ODB)('in ODB: %s', async (_, statids, ids) => {
    const found = await idsOf('era5_1', odbText(statids));
    expect(found.sort()).toEqual([NEIGHBOUR, ...ids].sort());
  });

  it.each(IN_BUFR)('in BUFR: %j', async (callSign, ids) => {
    const found = await idsOf('bufr', bufr(callSign));
    expect(found.sort()).toEqual([NEIGHBOUR, ...ids].sort());
  });
});
