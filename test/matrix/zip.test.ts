/** The archives of the zip row, and bombs, through the command line: read, or refused by name in bounded memory. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listing, type Outcome } from '../cli/built.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { runCase, stationFiles } from '../faults/harvest-process.js';
import { readStationFile } from '../run/station-file.js';
import { writeZip } from '../support/zip.js';
import { type ZipCase, zipCases } from '../support/zip-cases.js';

const MEMBER = 'USM00072558-data.txt';
const FILE = 'igra2/0-20000-0-72558_igra2_harvested.nc';
const CORRUPT = 5;
const MIB = 2 ** 20;
const BOMB_BYTES = 300 * MIB;
/** What a refusal may take more than the reading of a small archive: far less than the content of a bomb. */
const SPARE_BYTES = 120 * MIB;

const space = createWorkspace();
const content = stationBytes('USM00072558', 3);
let values: number[];
let usualPeak: number;
let ran = 0;

/** A station at first, then empty lines without end: such a bomb shows only when it is read. */
function bombs(): ZipCase[] {
  const growing = Buffer.concat([content, Buffer.alloc(BOMB_BYTES, '\n')]);
  const member = { name: MEMBER, content: growing };
  return [
    { name: 'bomb that declares its size', bytes: writeZip([member]), expected: { code: 'ZIP_BOMB' } },
    {
      name: 'bomb that declares a small size',
      bytes: writeZip([{ ...member, size: content.length }]),
      expected: { code: 'ZIP_SIZE' },
    },
    { name: 'bomb in gzip', bytes: gzipSync(growing), expected: { code: 'GZIP_BOMB' } },
  ];
}

const CASES: readonly ZipCase[] = [...zipCases(MEMBER, content), ...bombs()];

beforeAll(async () => {
  const input = space.write('plain/a.zip', content);
  const { outcome, peakBytes } = await harvestWatched(space.path('plain', 'work'), input);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  values = valuesIn(space.path('plain', 'work', 'output', FILE));
  expect(values.length).toBeGreaterThan(50);
  usualPeak = peakBytes;
});

afterAll(() => {
  console.log(`zip: ${ran} cases`);
  expect(ran).toBe(CASES.length);
  expect(ran).toBeGreaterThanOrEqual(17);
});

/** A harvest, and the most memory that the process had at any time; 0 where the system does not tell. */
async function harvestWatched(
  workdir: string,
  input: string,
): Promise<{ outcome: Outcome; peakBytes: number }> {
  let peakBytes = 0;
  const watch = ({ pid }: ChildProcess): void => {
    const timer = setInterval(() => {
      const status = `/proc/${pid}/status`;
      try {
        // The mark only rises: the last look says it all but for the end of the process.
        const [, kibibytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8')) ?? [];
        if (kibibytes !== undefined) peakBytes = Math.max(peakBytes, Number(kibibytes) * 1024);
      } catch {
        // Gone, or a system without /proc.
        clearInterval(timer);
      }
    }, 10);
  };
  const outcome = await runCase({ workdir, input: [input] }, { started: watch, limitMs: 30_000 });
  return { outcome, peakBytes };
}

function valuesIn(path: string): number[] {
  return readStationFile(path).numbers('observations_table/observation_value');
}

describe('an archive', () => {
  it.each(CASES.map((zipCase) => [zipCase.name, zipCase] as const))(
    '(%s)',
    async (_, { bytes, expected }) => {
      const root = space.path(`case${ran++}`);
      const input = space.write(join(`case${ran - 1}`, 'in', 'a.zip'), bytes);
      const workdir = join(root, 'work');
      const { outcome, peakBytes } = await harvestWatched(workdir, input);
      const output = join(workdir, 'output');
      if ('member' in expected) {
        expect(outcome).toMatchObject({ code: 0, stdout: '', stderr: '' });
        expect(Object.keys(stationFiles(output))).toEqual([FILE]);
        expect(valuesIn(join(output, FILE))).toEqual(values);
      } else {
        expect(outcome).toMatchObject({ code: CORRUPT, stdout: '', signal: null });
        expect(outcome.stderr).toMatch(new RegExp(`^harvest: .*a\\.zip.* \\[${expected.code}\\]$`, 'm'));
        expect(outcome.stderr).not.toMatch(/unexpected error|^ {4}at /m);
        expect(stationFiles(output)).toEqual({});
      }
      // Nothing beside the input but in the work folder, and nothing where the members' names point.
      const outside = listing(root).filter((name) => !name.startsWith('work/'));
      expect(outside).toEqual(['in/a.zip']);
      for (const name of ['escape.txt', '../escape.txt']) expect(existsSync(join(root, name))).toBe(false);
      if (process.platform === 'linux') expect(peakBytes).toBeLessThan(usualPeak + SPARE_BYTES);
    },
  );
});
