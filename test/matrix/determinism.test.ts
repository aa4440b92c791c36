/** The same inputs give the same bytes, whatever the order, the time zone, the locale, the folder and the number of workers. */
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTables } from '../../src/sources/bufr/tables.js';
import type { RunOptions } from '../cli/built.js';
import { createWorkspace, stationBytes } from '../cli/workspace.js';
import { runCase, stationFiles } from '../faults/harvest-process.js';
import { encodeBufrSoundings } from '../support/bufr-soundings.js';
import { encodeOdbText } from '../support/odb-encoder.js';
import { makeOdbRows } from '../support/odb-rows.js';
import { makeStation } from '../support/soundings.js';

const space = createWorkspace();
// The time of creation is to come from the inputs, as it does for users.
const ENVIRONMENT = { SOURCE_DATE_EPOCH: '' };

let inputs: Readonly<Record<string, readonly string[]>>;
let expected: Record<string, string>;
let ran = 0;

beforeAll(async () => {
  const soundings = makeStation(3, { id: 'XXM00011035', soundings: 8 });
  const others = makeStation(4, { id: 'XXM00010393', soundings: 6 });
  const tables = await loadTables();
  inputs = {
    igra2: [
      space.write('in/a.txt', stationBytes('AAM00000001', 8, 1)),
      space.write('in/b.txt', stationBytes('BBM00000002', 8, 2)),
      // The years of the first station go on in a second file.
      space.write('in/c.txt', stationBytes('AAM00000001', 5, 3)),
    ],
    era5_1: [
      space.write('in/era5.conv._11035', encodeOdbText(makeOdbRows(soundings))),
      space.write('in/era5.conv._10393', encodeOdbText(makeOdbRows(others))),
    ],
    bufr: [
      space.write('in/era5.11035.bfr', encodeBufrSoundings(tables, soundings, { wmoNumber: 11_035 })),
      space.write('in/era5.10393.bfr', encodeBufrSoundings(tables, others, { wmoNumber: 10_393 })),
    ],
  };
  expected = await harvestAll({});
  expect(Object.keys(expected)).toHaveLength(6);
});

interface Variant {
  more?: readonly string[];
  options?: RunOptions;
  inputs?: (paths: readonly string[]) => readonly string[];
  workdir?: (path: string) => string;
}

/** The hashes of the station files of all sources in a work folder of its own. */
async function harvestAll(variant: Variant): Promise<Record<string, string>> {
  const folder = space.path(`work${ran}`);
  for (const [source, paths] of Object.entries(inputs)) {
    const outcome = await runCase(
      {
        source,
        workdir: variant.workdir?.(folder) ?? folder,
        input: variant.inputs?.(paths) ?? paths,
        more: variant.more ?? [],
      },
      { ...variant.options, env: { ...ENVIRONMENT, ...variant.options?.env } },
    );
    expect(outcome, source).toMatchObject({ code: 0, stdout: '', stderr: '' });
  }
  return stationFiles(join(folder, 'output'));
}

afterAll(() => {
  console.log(`determinism: ${ran} cases`);
  expect(ran).toBe(VARIANTS.length);
});

const elsewhere = space.path('else', 'where');
mkdirSync(elsewhere, { recursive: true });
const fromElsewhere = (path: string): string => relative(elsewhere, path);
const turkish = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' };

const VARIANTS: readonly (readonly [name: string, variant: Variant])[] = [
  ['a second time', {}],
  ['with the inputs in another order', { inputs: (paths) => [...paths].reverse() }],
  [
    'in a time zone of quarter hours and a Turkish locale',
    { options: { env: { TZ: 'Asia/Kathmandu', ...turkish } } },
  ],
  ['in a time zone with summer time', { options: { env: { TZ: 'America/St_Johns', LC_ALL: 'C' } } }],
  [
    'from another folder, with relative paths',
    {
      options: { cwd: elsewhere },
      inputs: (paths) => paths.map(fromElsewhere),
      workdir: fromElsewhere,
    },
  ],
  ['with one worker', { more: ['--workers', '1'] }],
  ['with two workers', { more: ['--workers', '2'] }],
];

describe('the same harvest', () => {
  it.each(VARIANTS)('%s gives the same bytes', async (_, variant) => {
    ran++;
    expect(await harvestAll(variant)).toEqual(expected);
  });
});
