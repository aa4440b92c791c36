import { describe, expect, it } from 'vitest';
import { openInput } from '../../../src/fetch/members.js';
import { GOLDEN_IGRA2, type GoldenLevel } from '../../golden/igra2.js';
import { type Reading, type Row, readStation, since1900 } from '../../support/igra2-reading.js';
import { samplePath, samplesTitle, skipSamples } from '../../support/samples.js';

const readings = new Map<string, Promise<Reading>>();
function reading(file: string, station: string): Promise<Reading> {
  const known = readings.get(file);
  if (known !== undefined) return known;
  const made = openInput(samplePath(`igra2/${file}`)).then((input) => readStation(station, [input]));
  readings.set(file, made);
  return made;
}

/** The rows of a level that has this vertical coordinate and these values. */
function expectedRows(level: GoldenLevel): Omit<Row, 'report'>[] {
  const common = { z: level.z, zType: level.zType, elapsed: level.elapsedS ?? Number.NaN };
  const rows: [variable: number, value: number | undefined, quality: number][] = [
    [34, level.dewPointDepression, 2],
    [106, level.windDirection, 2],
    [107, level.windSpeed, 2],
    [117, level.height?.[0], level.height?.[1] ?? 2],
    [126, level.temperature?.[0], level.temperature?.[1] ?? 2],
    [138, level.relativeHumidity, 2],
  ];
  return rows.flatMap(([variable, value, quality]) =>
    value === undefined ? [] : [{ ...common, variable, value, quality }],
  );
}

describe.skipIf(skipSamples())(samplesTitle('soundings read off real files by eye'), () => {
  it('are at least twelve, from at least four files', () => {
    expect(GOLDEN_IGRA2.length).toBeGreaterThanOrEqual(12);
    expect(new Set(GOLDEN_IGRA2.map(({ file }) => file)).size).toBeGreaterThanOrEqual(4);
  });

  it.each(GOLDEN_IGRA2)('$file report $report', async (golden) => {
    const { reports, rows } = await reading(golden.file, golden.station);
    const report = reports[golden.report - 1];
    expect(report).toMatchObject({ latitude: golden.latitude, longitude: golden.longitude });
    expect(report?.launch).toBe(since1900(golden.launch));
    expect(report?.nominal).toBe(since1900(golden.nominal));
    const own = rows.filter((row) => row.report === golden.report - 1);
    for (const level of golden.expected) {
      const found = own
        .filter((row) => row.z === level.z && row.zType === level.zType)
        .map(({ report: _, ...row }) => ({
          ...row,
          value: row.variable === 126 ? Number((row.value + 273.15).toFixed(6)) : row.value,
        }));
      expect(found).toEqual(expectedRows(level));
    }
  });
});
