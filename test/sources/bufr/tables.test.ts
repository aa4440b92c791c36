/** The BUFR tables: which version holds, local ones, and that the file is what its script makes. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeBufrTables } from '../../../scripts/make-bufr-tables.js';
import { loadTables } from '../../../src/sources/bufr/tables.js';

const tables = await loadTables();
const DEFINITIONS = '/usr/share/eccodes/definitions/bufr/tables';
const FILE = new URL('../../../sources/bufr-tables.json', import.meta.url);
const set = (masterVersion: number, localVersion = 0, centre = 98) =>
  tables.select({ masterVersion, localVersion, centre });

describe('the file of tables', () => {
  it('is the one that was reviewed', () => {
    const hash = createHash('sha256').update(readFileSync(FILE)).digest('hex');
    expect(hash).toBe('df19d2372d4f69f5018c4fb6e82914bbcd46de9815bd34905eca7297782b1de1');
  });

  it('names its licence first, and the versions it holds', () => {
    const content: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
    expect(Object.keys(content as object)[0]).toBe('licence');
    expect(content).toMatchObject({
      licence: expect.stringMatching(/WMO.*ECMWF.*Apache License 2\.0/),
      versions: expect.stringMatching(/^2 6 7 .* 38 39$/),
    });
  });

  it.skipIf(!existsSync(DEFINITIONS))(
    'is what the script makes of the definitions of ecCodes (skipped where libeccodes-data is not installed)',
    async () => {
      expect((await makeBufrTables(DEFINITIONS)) === readFileSync(FILE, 'utf8')).toBe(true);
    },
  );

  it('expands the templates of soundings to elements that exist', () => {
    const missing = new Set<number>();
    const visit = (of: ReturnType<typeof set>, descriptor: number): void => {
      const f = Math.floor(descriptor / 100_000);
      if (f === 0 && of.element(descriptor) === null) missing.add(descriptor);
      if (f !== 3) return;
      const sequence = of.sequence(descriptor);
      if (sequence === null) missing.add(descriptor);
      for (const next of sequence ?? []) visit(of, next);
    };
    const SOUNDINGS = [
      309_007, 309_008, 309_009, 309_010, 309_050, 309_051, 309_052, 309_053, 309_054, 309_055, 309_056,
      309_057,
    ];
    for (const version of [14, 18, 25, 31, 39])
      for (const descriptor of SOUNDINGS)
        if (set(version).sequence(descriptor) !== null) visit(set(version), descriptor);
    for (const descriptor of [309_194, 309_195, 309_196, 309_198]) visit(set(13, 1), descriptor);
    expect([...missing]).toEqual([]);
  });
});

describe('versions', () => {
  it.each([
    // The width of the time period grew from 11 to 12 bits after version 2.
    [2, 4024, 11],
    [6, 4024, 12],
    [39, 4024, 12],
    // Between the versions that are there, the newest that is not newer.
    [3, 4024, 11],
    [5, 4024, 11],
    // Newer than the newest, and the experimental version 0: the newest. Older than the oldest: the oldest.
    [40, 4024, 12],
    [255, 4024, 12],
    [0, 4024, 12],
    [1, 4024, 11],
    [6, 2028, 11],
    [7, 2028, 18],
  ])('%i of element %i has %i bits', (version, descriptor, width) => {
    expect(set(version).element(descriptor)).toMatchObject({ descriptor, width });
  });

  it('do not hold what came later or went before', () => {
    expect(set(6).element(12101)).toBeNull();
    expect(set(7).element(12101)).toMatchObject({ name: 'airTemperature', unit: 'K', scale: 2, width: 16 });
    expect(set(15).element(12073)).toMatchObject({ width: 16 });
    expect(set(16).element(12073)).toBeNull();
    expect(set(39).sequence(309_052)?.slice(0, 2)).toEqual([301_111, 301_113]);
    expect(set(2).sequence(309_052)).toBeNull();
  });

  it('give the same object for the same tables, so that programs can be kept', () => {
    expect(set(13)).toBe(set(13, 0, 7));
    expect(set(13, 1)).toBe(set(13, 1));
    expect(set(13, 1)).not.toBe(set(13));
    expect(set(40)).toBe(set(39));
  });
});

describe('local tables', () => {
  it('of ECMWF hold for its messages only', () => {
    expect(set(13, 1).sequence(309_196)).not.toBeNull();
    expect(set(13, 1, 85).sequence(309_196)).toBeNull();
    expect(set(13, 0).sequence(309_196)).toBeNull();
    expect(set(13, 1).element(1192)).toMatchObject({ name: expect.any(String) });
    expect(set(13, 1, 85).element(1192)).toBeNull();
  });

  it('with version 19 of the master table are their own', () => {
    expect(set(19, 1).element(22_190)).toMatchObject({ name: 'rmsOfSpecificBandOceanRange' });
    expect(set(18, 1).element(22_190)?.name).not.toBe('rmsOfSpecificBandOceanRange');
  });

  it('that are not there leave the master table', () => {
    expect(set(13, 77)).toBe(set(13));
  });
});

describe('operators', () => {
  it('have names where they stand in the data', () => {
    expect(set(31).operatorName(222_000)).toBe('qualityInformationFollows');
    expect(set(31).operatorName(201_132)).toBe('');
  });
});
