/** Real and made messages that were read wrongly once; what is right stands in the folder's own README. */
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/fetch/members.js';
import { OBSERVED_VARIABLE as V, Z_TYPE } from '../../../src/records/variables.js';
import { readBufr, readOne, readTold } from '../../support/bufr-reading.js';
import { since1900 } from '../../support/reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const open = (name: string) => openInput(samplePath(`faults/${name}`));

describe.skipIf(skipSamples())(samplesTitle('faults of the first version'), () => {
  it('07: geometric heights of levels are told from geopotential ones', async () => {
    const { rows } = await readOne(await open('07-geometric-heights-labelled-gpm.bufr'));
    expect(rows.map(({ z, zType, variable, value }) => [z, zType, variable, value])).toEqual(
      [1000, 10_000, 30_000].flatMap((z) => [
        [z, Z_TYPE.geometricHeight, V.windFromDirection, 270],
        [z, Z_TYPE.geometricHeight, V.windSpeed, 20],
      ]),
    );
  });

  it('12: ascent and descent of one launch differ, and the descent begins at its first level', async () => {
    const input = await open('12-ascent-309057-and-descent-309056.bufr');
    const launch = since1900('2021-05-04T11:15:30Z');
    expect((await readTold(input)).reports).toEqual([
      { verticalDirection: 0, platformType: -1, begin: Number.NaN },
      { verticalDirection: 1, platformType: -1, begin: launch + 3000 },
    ]);
    const { reports, rows } = await readOne(input);
    expect(reports.map((report) => [report.launch, report.rowCount])).toEqual([
      [launch, 25],
      [launch, 25],
    ]);
    expect(rows).toHaveLength(50);
  });

  it('a wind profiler is no sounding', async () => {
    const { stations, listing } = await readBufr(await open('bufr_wind_profiler_2_10_10394.bufr'));
    expect(stations).toEqual([]);
    expect(listing.skipped.map(({ reason, byteOffset }) => [reason, byteOffset])).toEqual([
      ['bufr.message.wind-profiler', expect.any(Number)],
    ]);
  });

  it('pressures of class 10 are the coordinate, and heights of class 7 beside them are altitudes', async () => {
    const input = await open('bufr_temp_pressure_as_010004.bufr');
    const { rows, tally } = await readOne(input);
    expect(tally.levels).toBe(733);
    expect(rows.every(({ zType }) => zType === Z_TYPE.pressure)).toBe(true);
    expect(rows[0]?.z).toBe(99_700);
    const altitudes = rows.filter(({ variable }) => variable === V.altitude);
    expect(altitudes).toHaveLength(733);
    expect(altitudes[0]?.value).toBe(47);
    expect(rows.some(({ variable }) => variable === V.geopotentialHeight)).toBe(false);
    expect((await readTold(input)).reports[0]?.verticalDirection).toBe(0);
  });
});
