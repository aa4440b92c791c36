import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUadbSoundings, type UadbLevel, type UadbSounding } from '../../support/uadb-encoder.js';
import { inputOf, isAccountedFor, type Row, readStation, since1900 } from '../../support/uadb-reading.js';

const ID = '82930';

const field = (min: number, max: number): fc.Arbitrary<number | null> =>
  fc.oneof({ weight: 5, arbitrary: fc.integer({ min, max }) }, { weight: 2, arbitrary: fc.constant(null) });
const level: fc.Arbitrary<UadbLevel> = fc.record({
  // Type 4 has rules of its own, which have tests of their own.
  type: fc.constantFrom(1, 2, 3, 5, 6, 7, 8, 9, 11, 87),
  pressure: field(1, 11_000),
  height: field(-9989, 999_989),
  temperature: field(-2731, 9999),
  relativeHumidity: field(0, 1000),
  windDirection: field(0, 360),
  windSpeed: field(0, 9999),
});
/** A sounding with the time that it must give. */
type TimedSounding = UadbSounding & { expected: string };

const sounding: fc.Arbitrary<TimedSounding> = fc
  .record({
    minute: fc.integer({ min: Date.UTC(1880, 0, 1) / 60_000, max: Date.UTC(2100, 11, 31) / 60_000 }),
    latitude: fc.integer({ min: -900_000, max: 900_000 }),
    longitude: fc.integer({ min: 0, max: 3_599_999 }),
    elevation: fc.integer({ min: -430, max: 6000 }),
    number: fc.integer({ min: 0, max: 999_999_999 }),
    levels: fc.array(level, { maxLength: 12 }),
  })
  .map(({ minute, latitude, longitude, elevation, number, levels }) => {
    const at = new Date(minute * 60_000);
    return {
      number,
      station: ID,
      idType: 1,
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours() * 100 + at.getUTCMinutes(),
      latitude: latitude / 10_000,
      longitude: longitude / 10_000,
      elevation,
      levels,
      expected: at.toISOString(),
    };
  });
const soundings = fc.array(sounding, { minLength: 1, maxLength: 6 });

/** The rows that a level must make, from the encoder's side: every number through its decimal text. */
function rowsOf(entry: UadbLevel, report: number, elevation: number): Row[] {
  const tenths = (value: number | null): number | null => (value === null ? null : Number(`${value}e-1`));
  const height = tenths(entry.height);
  const z = entry.pressure !== null ? entry.pressure * 10 : (height ?? (entry.type === 1 ? elevation : null));
  if (z === null) return [];
  const candidates: [variable: number, value: number | null][] = [
    [106, entry.windDirection],
    [107, tenths(entry.windSpeed)],
    [117, entry.pressure === null ? null : height],
    [126, tenths(entry.temperature)],
    [138, tenths(entry.relativeHumidity)],
  ];
  const zType = entry.pressure !== null ? 1 : height !== null ? 0 : 4;
  return candidates.flatMap(([variable, value]) =>
    value === null ? [] : [{ report, variable, value, z, zType, elapsed: Number.NaN, quality: 2 }],
  );
}

describe('what is written is read', () => {
  it('every value, time and position, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(soundings, fc.constantFrom('\n' as const, '\r\n' as const), async (data, lineEnd) => {
        const reading = await readStation(ID, [inputOf(encodeUadbSoundings(data, lineEnd))]);
        expect(reading.rows).toEqual(
          data.flatMap(({ levels, elevation }, report) =>
            levels.flatMap((entry) => rowsOf(entry, report, elevation ?? Number.NaN)),
          ),
        );
        expect(
          reading.reports.map(({ nominal, latitude, longitude, elevation, number }) => [
            nominal,
            latitude,
            longitude,
            elevation,
            number,
          ]),
        ).toEqual(
          data.map(({ expected, latitude, longitude, elevation, number }) => [
            since1900(expected),
            latitude,
            // Through the text of ten thousandths, for 305.1 - 360 is not -54.9.
            longitude !== null && longitude > 180
              ? Number(`${Math.round(longitude * 10_000) - 3_600_000}e-4`)
              : longitude,
            elevation,
            number,
          ]),
        );
        expect(isAccountedFor(reading)).toBe(true);
        expect(reading.tally.skipped).toEqual([]);
      }),
      { numRuns: 200, seed: 20_271 },
    );
  });

  it('in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        soundings,
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 60 }),
        async (data, chunks, cut) => {
          const whole = encodeUadbSoundings(data);
          const bytes = whole.subarray(0, Math.max(103, whole.length - cut));
          const expected = await readStation(ID, [inputOf(bytes)]);
          expect(await readStation(ID, [inputOf(bytes, { chunks: [1] })])).toEqual(expected);
          expect(await readStation(ID, [inputOf(bytes, { chunks })])).toEqual(expected);
        },
      ),
      { numRuns: 40, seed: 20_272 },
    );
  });
});
