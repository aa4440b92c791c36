/** Planted faults, flipped bits, and files that are no station files. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NumericArray } from '../../src/netcdf4/index.js';
import { copyOf, packed } from './copies.js';
import { FAULTS, type Fault } from './faults/index.js';
import { flipped, type Sections, sectionsOf, unseenFlips } from './flips.js';
import { at, harvestSmall, verifierOf } from './planted.js';

/** In memory where there is such a folder: every copy is synchronised with the disk. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'verify-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: { igra2: string; era5: string };
let original: string;
let sections: Sections;
beforeAll(async () => {
  files = await harvestSmall(folder);
  original = files.era5;
  sections = await sectionsOf(original);
});

const verify = verifierOf({ limit: 1000 });
/** The slow suite plants all of them, each by itself. */
const SAMPLE = sampleOf(FAULTS);
const PACKS = packed(SAMPLE).map(({ faults, change }, n) => ({
  what: faults.map(({ what }) => what).join('; '),
  n,
  faults,
  change,
}));

/** The first fault of each kind in each table. */
function sampleOf(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ found: { kind, table } }) => {
    const key = `${kind} ${table}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

describe('verify finds planted faults', () => {
  it('and none where nothing is changed', async () => {
    for (const [n, path] of [files.igra2, files.era5].entries()) {
      const { findings, rows } = await verify(await copyOf(folder, path, 1000 + n, {}));
      expect(findings).toEqual([]);
      expect(rows).toBeGreaterThan(250);
    }
  });

  it('of which there are at least forty, none of them twice', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(FAULTS.map(({ what }) => what)).size).toBe(FAULTS.length);
  });

  it('and takes no id from a time that is none', async () => {
    const change = { values: { 'header_table/report_timestamp': at(0, -(2n ** 62n)) } };
    const { findings } = await verify(await copyOf(folder, files.igra2, 2000, change));
    expect(findings.filter(({ variable }) => variable === 'report_id')).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        kind: 'range',
        row: 0,
        message: '-4611686018427388000 s since 1900 is no time of a sounding',
      }),
    );
  });

  it('and none in what archives hold and no atmosphere has: that is a note', async () => {
    const change = {
      values: {
        'observations_table/observation_value': at(3, 4000),
        'observations_table/observed_variable': at(3, 107),
        'observations_table/elapsed_time': at(4, 1e6),
      },
    };
    const { findings, notes } = await verify(await copyOf(folder, files.igra2, 2001, change));
    expect(findings.filter(({ kind }) => kind === 'range')).toEqual([]);
    expect(notes).toContain(
      'values that no atmosphere has pass their quality flags: 1 of variable 107 beyond 0 to 300, first 4000 in row 3 of observations_table',
    );
    expect(notes).toContain(
      'values that no atmosphere has pass their quality flags: 1 of time since launch beyond -7200 to 86400, first 1000000 in row 4 of observations_table',
    );
  });

  it('and one where most of the many values of a variable are such: they are in another unit', async () => {
    const change = {
      values: {
        'observations_table/observation_value': (values: NumericArray) => {
          values.fill(350 as never);
          return undefined;
        },
        'observations_table/observed_variable': (values: NumericArray) => {
          values.fill(107 as never);
          return undefined;
        },
      },
    };
    const { findings } = await verify(await copyOf(folder, files.igra2, 2010, change));
    const messages = findings.filter(({ kind }) => kind === 'range').map(({ message }) => message);
    expect(messages).toContainEqual(
      expect.stringMatching(/^(\d+) of \1 values of variable 107 are beyond 0 to 300, this one is 350/),
    );
  });

  it('and none in a descent that begins at its first level, and a dropsonde that begins when it is let go', async () => {
    const launch = 3_097_526_400n - 5400n;
    const change = {
      values: {
        'header_table/vertical_direction': at(0, 1),
        'header_table/report_meaning_of_timestamp': at(0, 1),
        'observations_table/date_time_meaning': (values: NumericArray) => {
          values.fill(1 as never, 0, 145);
          return undefined;
        },
        'profile_configuration/actual_time': at(0, launch),
        'observations_table/elapsed_time': (values: NumericArray) => {
          for (let row = 0; row < 145; row++) values[row] = Math.max(9000 - row * 40, 5400);
          return undefined;
        },
      },
    };
    const { findings } = await verify(await copyOf(folder, files.igra2, 2002, change));
    expect(findings).toEqual([]);
    const dropsonde = {
      values: {
        ...change.values,
        'header_table/platform_type': at(0, 41),
        'profile_configuration/actual_time': at(0, launch + 5400n),
      },
    };
    expect((await verify(await copyOf(folder, files.igra2, 2004, dropsonde))).findings).toEqual([]);
  });

  it('and none where what could be read of the source are missing values', async () => {
    const counts = JSON.stringify({
      reports: 3,
      levels: 1,
      fields: 1,
      rows: 0,
      dropped: { 'igra2.air_temperature.missing': 1 },
      noted: { 'igra2.line.malformed': 1 },
    });
    const copy = await copyOf(folder, files.igra2, 2005, { attributes: { '': { harvest_counts: counts } } });
    const { findings } = await verify(copy);
    expect(findings.filter(({ kind }) => kind === 'source-damage')).toEqual([]);
  });

  it('and none where some lines of the source could not be read: that is a note', async () => {
    const counts = JSON.stringify({
      reports: 3,
      levels: 999,
      fields: 286,
      rows: 286,
      dropped: {},
      noted: { 'igra2.line.malformed': 12 },
    });
    const copy = await copyOf(folder, files.igra2, 2003, { attributes: { '': { harvest_counts: counts } } });
    const { findings, notes } = await verify(copy);
    expect(findings.filter(({ kind }) => kind === 'source-damage')).toEqual([]);
    expect(notes).toContain(
      '12 lines of the source could not be read and are not in the file (igra2.line.malformed)',
    );
  });

  it.each(PACKS)('$what', async ({ n, faults, change }) => {
    const [{ in: file } = { in: 'igra2' as const }] = faults;
    const { findings } = await verify(await copyOf(folder, files[file], n, change));
    for (const { what, found } of faults)
      expect(findings, what).toContainEqual(expect.objectContaining(found));
  });
});

/** A copy that no ledger knows. */
function alone(): string {
  const path = join(folder, 'alone', basename(original));
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

describe('a flipped bit', () => {
  it.each(['superblock', 'object headers', 'chunk indexes', 'heap'] as const)(
    'is found anywhere in %s, without a ledger',
    async (section) => {
      expect(await unseenFlips(sections, section, 2, alone())).toEqual([]);
    },
  );

  it('is found in compressed values, without a ledger, unless no value depends on it', async () => {
    const path = alone();
    for (const place of await unseenFlips(sections, 'compressed values', 3, path)) {
      // A stream of deflate has bits that say nothing: codes that are not used, what fills up the last byte.
      writeFileSync(path, flipped(sections.bytes, place, 0xff));
      expect((await verifierOf()(path)).findings).not.toEqual([]);
    }
  });

  it('in plain values is found by the ledger, where nothing else tells what they should be', async () => {
    const unseen = await unseenFlips(sections, 'plain values', 5, alone());
    expect(unseen.length).toBeLessThan(5);
    const verify = verifierOf();
    for (const place of [...unseen, sections.of['plain values'][0]?.[0] ?? 0]) {
      writeFileSync(original, flipped(sections.bytes, place, 1));
      expect((await verify(original)).findings).toContainEqual(expect.objectContaining({ kind: 'ledger' }));
    }
    writeFileSync(original, sections.bytes);
    expect((await verify(original)).findings).toEqual([]);
  });
});

describe('what is no station file', () => {
  it.each<readonly [string, () => Uint8Array]>([
    ['an empty file', () => new Uint8Array(0)],
    ['text', () => Buffer.from('CDF\u0001 and so on '.repeat(20))],
    ['a truncated file', () => sections.bytes.subarray(0, -100)],
  ])('%s has one finding', async (_what, make) => {
    const path = alone();
    writeFileSync(path, make());
    const { findings, rows } = await verifierOf()(path);
    expect(findings).toEqual([
      expect.objectContaining({
        kind: 'structure',
        table: '',
        row: null,
        message: expect.stringMatching(/byte|HDF5/),
      }),
    ]);
    expect(findings[0]?.message).not.toContain(path);
    expect(rows).toBe(0);
  });

  it('a file that is not there is an error of storage', async () => {
    await expect(verifierOf()(join(folder, 'absent.nc'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
