/** What levels of a launch are: their heights, and what the source says of them. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { withGeopotentialHeights } from '../../src/reading/heights.js';
import type { Launch } from '../../src/reading/launch.js';
import { levelsMarked } from '../../src/reading/level-choice.js';
import { openStation } from '../../src/reading/open.js';
import { readLaunch } from '../../src/reading/read-launch.js';
import {
  noSignificance,
  saysSignificance,
  significanceMask,
  significanceText,
} from '../../src/reading/significance.js';
import type { StationContents } from '../../src/reading/station.js';
import { SIGNIFICANCE as S } from '../../src/records/significance.js';
import { createWorkspace } from '../cli/workspace.js';
import { markedStation, olderStation } from '../support/marked-station.js';

const space = createWorkspace();

async function opened<T>(path: string, work: (station: StationContents) => Promise<T>): Promise<T> {
  const station = await openStation(path);
  try {
    return await work(station);
  } finally {
    station.close();
  }
}

const launchOf = async (path: string, report = 0): Promise<Launch> =>
  await opened(path, (station) => readLaunch(station, report));

const plain = (values: ArrayLike<number>, digits = 0): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : Number(value.toFixed(digits))));

describe('heights of levels', () => {
  it('are geopotential or geometric, as the file says', async () => {
    const launch = await launchOf(await markedStation(space, 'heights.nc'));
    expect(plain(launch.pressure)).toEqual([99_000, 85_000, 50_000, 50_000, null]);
    expect(plain(launch.height)).toEqual([200, null, null, null, null]);
    expect(plain(launch.geometricHeight)).toEqual([null, null, 5570, null, 6000]);
    expect(plain(launch.zMethod)).toEqual([null, null, null, null, 2]);
  });

  it('become geopotential ones where that is asked for, by the latitude of the level', async () => {
    const launch = withGeopotentialHeights(await launchOf(await markedStation(space, 'asked.nc')));
    expect(plain(launch.height, 1)).toEqual([200, null, 5566.5, null, 5995.9]);
    expect([...launch.isHeightComputed]).toEqual([0, 0, 1, 0, 1]);
    expect(plain(launch.geometricHeight)).toEqual([null, null, 5570, null, 6000]);
  });

  it('stay missing where the latitude is', async () => {
    const path = await markedStation(space, 'nowhere.nc', {
      values: {
        'observations_table/latitude': (values) => {
          values.fill(Number.NaN as never);
          return undefined;
        },
      },
    });
    const launch = withGeopotentialHeights(await launchOf(path));
    expect(plain(launch.height)).toEqual([200, null, null, null, null]);
    expect([...launch.isHeightComputed]).toEqual([0, 0, 0, 0, 0]);
  });

  it('are as they were in files that do not say which they are', async () => {
    const launch = await launchOf(await olderStation(space, 'older.nc'));
    expect(plain(launch.height)).toEqual([200, null, null, null, 6000]);
    expect(plain(launch.geometricHeight)).toEqual([null, null, 5570, null, null]);
    expect(plain(withGeopotentialHeights(launch).height, 1)).toEqual([200, null, 5566.5, null, 6000]);
    expect(launch.header.verticalDirection).toBeNaN();
  });
});

describe('the significance of levels', () => {
  it('is what any of their rows says', async () => {
    const path = await markedStation(space, 'significance.nc');
    const { significance } = await launchOf(path);
    expect([...significance]).toEqual([
      S.surface | S.significantTemperature,
      S.standard,
      S.standard,
      S.significantWind,
      0,
    ]);
    expect([...(await launchOf(path, 1)).significance]).toEqual([-1]);
    expect(Array.from(significance, significanceText)).toEqual([
      'surface significant-temperature',
      'standard',
      'standard',
      'significant-wind',
      '',
    ]);
  });

  it('chooses levels, with the values that stand there', async () => {
    const launch = await launchOf(await markedStation(space, 'chosen.nc'));
    const standard = levelsMarked(launch, S.standard);
    expect(plain(standard.pressure)).toEqual([85_000, 50_000]);
    expect([...standard.variables.keys()]).toEqual([34, 106, 107, 125, 126]);
    expect(plain(standard.variables.get(126)?.value ?? [], 2)).toEqual([271.05, null]);
    expect(plain(standard.variables.get(107)?.value ?? [], 1)).toEqual([null, 15.5]);
    expect(levelsMarked(launch, S.surface | S.significantWind).levels).toBe(2);
    expect(levelsMarked(launch, S.tropopause).levels).toBe(0);
    expect(levelsMarked(await launchOf(await markedStation(space, 'chosen.nc'), 1), S.standard).levels).toBe(
      0,
    );
  });

  it('is said or not by a whole file', async () => {
    const missing = (values: ArrayLike<unknown>) => {
      (values as Int32Array).fill(-(2 ** 31));
      return undefined;
    };
    const silent = await markedStation(space, 'silent.nc', {
      values: { 'observations_table/level_significance': missing },
    });
    expect(await opened(await markedStation(space, 'says.nc'), saysSignificance)).toBe(true);
    expect(await opened(silent, saysSignificance)).toBe(false);
    expect(await opened(await olderStation(space, 'no-column.nc'), saysSignificance)).toBe(false);
    expect(noSignificance([silent])).toMatchObject({ code: 'NO_SIGNIFICANCE', position: { file: silent } });
  });
});

describe('words for kinds of levels', () => {
  it.each([
    ['standard', 65_536],
    ['mandatory', 65_536],
    ['surface', 131_072],
    ['tropopause', 32_768],
    ['max-wind', 16_384],
    ['maximum-wind', 16_384],
    ['Significant_Temperature', 8192],
    ['significant humidity', 4096],
    ['significant-wind', 2048],
    ['significant', 8192 + 4096 + 2048],
    ['regional', 8],
    ['freezing-level', 4],
    ['pressure-from-height', 2],
  ])('%s is %d', (word, bits) => {
    expect(significanceMask([word])).toBe(bits);
  });

  it('are any of several, none for no word, and an error for another one', () => {
    expect(significanceMask(['surface', 'standard', 'mandatory'])).toBe(196_608);
    expect(significanceMask([])).toBeNull();
    expect(() => significanceMask(['standart'])).toThrow(UsageError);
    expect(() => significanceMask(['standart'])).toThrow('--levels standart is no kind of level');
  });

  it('name every bit that is set, in the order of the manual', () => {
    expect(significanceText(S.surface | S.standard | S.maximumWind | S.missingWindEnds)).toBe(
      'surface standard max-wind missing-wind-ends',
    );
    expect([significanceText(0), significanceText(-1), significanceText(Number.NaN)]).toEqual(['', '', '']);
  });
});
