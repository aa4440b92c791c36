import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeIgra2, type Field, type Igra2Level, type Igra2Sounding } from '../../support/igra2-encoder.js';
import { inputOf, isAccountedFor, type Row, readStation, since1900 } from '../../support/igra2-reading.js';

const ID = 'AUM00011035';

const field = (min: number, max: number): fc.Arbitrary<Field> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant('removed' as const) },
  );
const flag = fc.constantFrom(' ' as const, 'A' as const, 'B' as const);
const level: fc.Arbitrary<Igra2Level> = fc.record({
  type: fc.constantFrom(1 as const, 2 as const, 3 as const),
  subtype: fc.constantFrom(0 as const, 1 as const, 2 as const),
  elapsed: field(0, 59_999),
  pressure: field(1, 999_999),
  pressureFlag: flag,
  height: field(-8887, 99_999),
  heightFlag: flag,
  temperature: field(-2731, 99_999),
  temperatureFlag: flag,
  relativeHumidity: field(0, 1000),
  dewPointDepression: field(0, 99_999),
  windDirection: field(0, 360),
  windSpeed: field(0, 99_999),
});
/** A sounding with the times that it must give. */
type TimedSounding = Igra2Sounding & { expected: { launch: string | null; nominal: string } };

const sounding: fc.Arbitrary<TimedSounding> = fc
  .record({
    at: fc.integer({ min: Date.UTC(1880, 0, 1) / 3.6e6, max: Date.UTC(2100, 11, 31) / 3.6e6 }),
    // Minutes by which the release differs from the nominal time, at most twelve hours.
    early: fc.option(fc.integer({ min: -719, max: 719 })),
    latitude: fc.integer({ min: -900_000, max: 900_000 }),
    longitude: fc.integer({ min: -1_800_000, max: 1_800_000 }),
    levels: fc.array(level, { maxLength: 12 }),
  })
  .map(({ at, early, latitude, longitude, levels }) => {
    const nominal = new Date(at * 3.6e6);
    const release = new Date(nominal.getTime() - (early ?? 0) * 60_000);
    return {
      id: ID,
      year: nominal.getUTCFullYear(),
      month: nominal.getUTCMonth() + 1,
      day: nominal.getUTCDate(),
      hour: nominal.getUTCHours(),
      release: early === null ? 9999 : release.getUTCHours() * 100 + release.getUTCMinutes(),
      latitude: latitude / 10_000,
      longitude: longitude / 10_000,
      levels,
      expected: { launch: early === null ? null : release.toISOString(), nominal: nominal.toISOString() },
    };
  });
const soundings = fc.array(sounding, { minLength: 1, maxLength: 6 });

/** The rows that a level must make, from the encoder's side. */
function rowsOf(entry: Igra2Level, report: number): Row[] {
  const number = (value: Field): number | null => (typeof value === 'number' ? value : null);
  const pressure = number(entry.pressure);
  const height = number(entry.height);
  if (pressure === null && height === null) return [];
  const passed = (mark: string | undefined): number => (mark === ' ' ? 2 : 0);
  const candidates: [variable: number, raw: number | null, scale: number, quality: number][] = [
    [34, number(entry.dewPointDepression), 10, 2],
    [106, number(entry.windDirection), 1, 2],
    [107, number(entry.windSpeed), 10, 2],
    [117, pressure === null ? null : height, 1, passed(entry.heightFlag)],
    [126, number(entry.temperature), 10, passed(entry.temperatureFlag)],
    [138, number(entry.relativeHumidity), 10, 2],
  ];
  return candidates.flatMap(([variable, raw, scale, quality]) =>
    raw === null
      ? []
      : [
          {
            report,
            variable,
            // The nearest double of the decimal number, through its text.
            value: scale === 10 ? Number(`${raw}e-1`) : raw,
            z: pressure ?? height ?? Number.NaN,
            zType: pressure === null ? 0 : 1,
            elapsed: number(entry.elapsed) ?? Number.NaN,
            quality,
          },
        ],
  );
}

describe('what is written is read', () => {
  it('every value, time and position, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        soundings,
        fc.constantFrom('\n' as const, '\r\n' as const),
        fc.constantFrom(51 as const, 52 as const),
        async (data, lineEnd, width) => {
          const reading = await readStation(ID, [inputOf(encodeIgra2(data, { lineEnd, width }))]);
          expect(reading.rows).toEqual(
            data.flatMap(({ levels }, report) => levels.flatMap((entry) => rowsOf(entry, report))),
          );
          expect(
            reading.reports.map(({ launch, nominal, latitude, longitude }) => [
              launch,
              nominal,
              latitude,
              longitude,
            ]),
          ).toEqual(
            data.map(({ expected, latitude, longitude }) => [
              since1900(expected.launch),
              since1900(expected.nominal),
              latitude,
              longitude,
            ]),
          );
          expect(isAccountedFor(reading)).toBe(true);
          expect(reading.tally.skipped).toEqual([]);
        },
      ),
      { numRuns: 300, seed: 20_261 },
    );
  });

  it('in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        soundings,
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 60 }),
        async (data, chunks, cut) => {
          const whole = encodeIgra2(data);
          const bytes = whole.subarray(0, Math.max(80, whole.length - cut));
          const expected = await readStation(ID, [inputOf(bytes)]);
          expect(await readStation(ID, [inputOf(bytes, { chunks: [1] })])).toEqual(expected);
          expect(await readStation(ID, [inputOf(bytes, { chunks })])).toEqual(expected);
        },
      ),
      { numRuns: 60, seed: 20_262 },
    );
  });
});
