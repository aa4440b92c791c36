/** The generated stations must be plausible, or the demo and the benchmarks would show nothing. */
import { describe, expect, it } from 'vitest';
import { encodeIgra2, type Field, headerLine, levelLine } from '../../support/igra2-encoder.js';
import { inputOf, isAccountedFor, readStation } from '../../support/igra2-reading.js';
import { makeStation } from '../../support/soundings.js';

const numbers = (fields: readonly Field[]): number[] => fields.filter((field) => typeof field === 'number');

describe('generated soundings', () => {
  it('are the same for the same seed, others for another', () => {
    const one = encodeIgra2(makeStation(7));
    expect(encodeIgra2(makeStation(7)).equals(one)).toBe(true);
    expect(encodeIgra2(makeStation(8)).equals(one)).toBe(false);
  });

  it('are plausible: hydrostatic, cold aloft, dry aloft, with wind', () => {
    for (const latitude of [-65, -30, 0, 48, 70]) {
      for (const { levels } of makeStation(3, { latitude, soundings: 6, kinds: ['modern'], removed: 0 })) {
        const pressures = numbers(levels.map(({ pressure }) => pressure));
        const heights = numbers(levels.map(({ height }) => height));
        const temperatures = numbers(levels.map(({ temperature }) => temperature));
        expect(pressures).toEqual([...new Set(pressures)].sort((a, b) => b - a));
        for (let i = 1; i < pressures.length; i++) {
          // Thickness of the layer: R T / g ln(p1 / p2), to 1 % and the rounding of pressure and height.
          const kelvin = ((temperatures[i] ?? 0) + (temperatures[i - 1] ?? 0)) / 20 + 273.15;
          const thickness =
            ((287.05 * kelvin) / 9.80665) * Math.log((pressures[i - 1] ?? 0) / (pressures[i] ?? 1));
          const rounding = 2 + (287.05 * kelvin) / 9.80665 / (pressures[i] ?? 1);
          expect(Math.abs((heights[i] ?? 0) - (heights[i - 1] ?? 0) - thickness)).toBeLessThan(
            0.01 * thickness + rounding,
          );
        }
        expect(Math.min(...temperatures)).toBeGreaterThan(-1000);
        expect(Math.max(...temperatures)).toBeLessThan(500);
        expect(Math.max(...numbers(levels.map(({ windSpeed }) => windSpeed)))).toBeGreaterThan(80);
      }
    }
  });

  it('hold every kind, and every level holds a value', async () => {
    const soundings = makeStation(11, { id: 'FUM00011111', soundings: 40, removed: 0.01 });
    const kinds = soundings.map(({ levels }) => [
      levels.some(({ temperature }) => typeof temperature === 'number'),
      levels.every(({ pressure }) => pressure === null),
      levels.some(({ elapsed }) => elapsed !== null),
    ]);
    expect(new Set(kinds.map(String)).size).toBe(4);
    const reading = await readStation('FUM00011111', [inputOf(encodeIgra2(soundings))]);
    expect(isAccountedFor(reading)).toBe(true);
    expect(reading.reports).toHaveLength(40);
    expect(reading.tally.skipped).toEqual([]);
    expect([...reading.tally.dropped.keys()].some((name) => name.endsWith('qa-removed'))).toBe(true);
  });
});

describe('encoder', () => {
  it('writes the lines of real files', () => {
    const level = {
      type: 2 as const,
      subtype: 1 as const,
      elapsed: 0,
      pressure: 97904,
      pressureFlag: 'B' as const,
      height: 'removed' as const,
      temperature: -44,
      temperatureFlag: 'B' as const,
      relativeHumidity: 880,
      dewPointDepression: 17,
      windDirection: 286,
      windSpeed: 21,
    };
    expect(levelLine(level)).toBe('21     0  97904B-8888   -44B  880    17   286    21');
    expect(levelLine({ ...level, elapsed: 4706, pressure: null })).toMatch(/^21 {2}7826 {2}-9999B/);
    expect(
      headerLine({
        id: 'USM00072558',
        year: 2025,
        month: 3,
        day: 8,
        hour: 12,
        release: 1110,
        pressureSource: 'ncdc-nws',
        latitude: 41.32,
        longitude: -96.3669,
        levels: [],
        announcedLevels: 212,
      }),
    ).toBe('#USM00072558 2025 03 08 12 1110  212 ncdc-nws           413200  -963669');
  });
});
