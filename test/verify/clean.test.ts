/** Nothing is wrong with what a harvest writes, whatever the options; the whole demo and the samples are in `clean.slow.test.ts`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HarvestOptions } from '../../src/run/options.js';
import { loadTables } from '../../src/sources/bufr/tables.js';
import { stationFilesOf } from '../../src/verify/files.js';
import { encodeBufrSoundings } from '../support/bufr-soundings.js';
import { harvestQuietly } from '../support/demo/harvest.js';
import { encodeIgra2 } from '../support/igra2-encoder.js';
import { encodeOdbText } from '../support/odb-encoder.js';
import { makeOdbRows } from '../support/odb-rows.js';
import { makeStation } from '../support/soundings.js';
import { encodeUadb } from '../support/uadb-encoder.js';
import { smallEdition, verifierOf } from './planted.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-clean-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tables: string;
beforeAll(async () => {
  tables = smallEdition(folder);
  // Over the end of a year, with pilot balloons and levels without pressure.
  const soundings = makeStation(3, {
    id: 'XXM00011035',
    soundings: 5,
    from: { year: 1999, month: 12, day: 30 },
    kinds: ['classic', 'pilot', 'classic', 'pilot-by-height', 'classic'],
  });
  const withPressure = soundings.filter((_, i) => i !== 3);
  write('igra2', 'XXM00011035-data.txt', encodeIgra2(soundings));
  for (const kind of ['trhc', 'windc'] as const)
    write('ncar', `uadb_${kind}_11035.txt`, encodeUadb(soundings, { kind }));
  for (const dataset of ['era5_1', 'era5_3188'] as const)
    write(dataset, 'station.txt', encodeOdbText(makeOdbRows(soundings, { dataset, statid: '11035' })));
  write('bufr', 'land.bfr', encodeBufrSoundings(await loadTables(), withPressure, { wmoNumber: 11035 }));
  write('bufr', 'ships.bfr', encodeBufrSoundings(await loadTables(), withPressure, { callSign: 'DEMO1' }));
});

function write(source: string, name: string, content: Uint8Array): void {
  mkdirSync(join(folder, 'sources', source), { recursive: true });
  writeFileSync(join(folder, 'sources', source, name), content);
}

const RUNS: readonly (readonly [source: string, files: number, options: Partial<HarvestOptions>])[] = [
  ['igra2', 1, {}],
  ['igra2', 1, { profile: 'cuon' }],
  ['igra2', 2, { splitByYear: true }],
  ['igra2', 1, { recordTime: 'nominal' }],
  // 31 December 1999.
  ['igra2', 1, { from: 3_155_587_200, to: 3_155_673_600 }],
  ['ncar', 1, {}],
  ['era5_1', 1, {}],
  ['era5_1', 1, { profile: 'cuon' }],
  ['era5_3188', 1, {}],
  ['bufr', 2, {}],
];

describe('nothing is wrong with files of', () => {
  it.each(RUNS)('%s, of which there are %i, with %o', async (source, files, options) => {
    const output = mkdtempSync(join(folder, 'output-'));
    const input = [join(folder, 'sources', source)];
    await harvestQuietly({ source, input, output, workdir: folder, tables, ...options });
    const verify = verifierOf({ workdir: folder });
    const paths = await stationFilesOf([output]);
    expect(paths).toHaveLength(files);
    for (const path of paths) {
      const { findings, notes, rows } = await verify(path);
      expect(findings, path).toEqual([]);
      expect(notes, path).toEqual([]);
      expect(rows, path).toBeGreaterThan(20);
    }
  });
});
