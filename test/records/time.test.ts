import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilTime,
  compactTime,
  daysSince1900,
  isDate,
  isoTime,
  SECONDS_PER_DAY,
} from '../../src/calendar.js';
import { launchSeconds, localMidday } from '../../src/records/time.js';

const EPOCH_MS = Date.UTC(1900, 0, 1);

/** Seconds since 1900-01-01 by the calendar of the JavaScript engine; `Date.UTC` reads years below 100 as 19xx. */
function byEngine(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  return (date.getTime() - EPOCH_MS) / 1000;
}

describe('daysSince1900', () => {
  // Counted by hand: 20 years with 5 leap days from 1880 (1880, 84, 88, 92, 96); 1900 has none; 2000 has one.
  it.each([
    [1900, 1, 1, 0],
    [1899, 12, 31, -1],
    [1900, 2, 28, 58],
    [1900, 3, 1, 59],
    [1880, 1, 1, -(20 * 365 + 5)],
    [1901, 1, 1, 365],
    [1904, 2, 29, 4 * 365 + 31 + 28],
    [1904, 3, 1, 4 * 365 + 31 + 29],
    [1970, 1, 1, 70 * 365 + 17],
    [2000, 2, 29, 100 * 365 + 24 + 31 + 28],
    [2000, 3, 1, 100 * 365 + 24 + 31 + 29],
    [2100, 2, 28, 200 * 365 + 49 + 31 + 27],
    [2100, 3, 1, 200 * 365 + 49 + 31 + 28],
  ])('%i-%i-%i is day %i', (year, month, day, expected) => {
    expect(daysSince1900(year, month, day)).toBe(expected);
  });

  it('keeps odd days apart: 2019-02-19, -20 and -21', () => {
    const days = [19, 20, 21].map((day) => daysSince1900(2019, 2, day));
    expect(days).toEqual([43_513, 43_514, 43_515]);
  });

  it('agrees with the engine for every date of four centuries, and civilTime leads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: byEngine(1, 1, 1), max: byEngine(9999, 12, 31) }), (seconds) => {
        const date = new Date(EPOCH_MS + seconds * 1000);
        const t = civilTime(seconds);
        expect(t).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
        });
        const back = daysSince1900(t.year, t.month, t.day) * SECONDS_PER_DAY;
        expect(back + t.hour * 3600 + t.minute * 60 + t.second).toBe(seconds);
        expect(isDate(t.year, t.month, t.day)).toBe(true);
        expect(isoTime(seconds)).toBe(date.toISOString().replace('.000Z', 'Z'));
        expect(compactTime(seconds)).toBe(isoTime(seconds).replace(/\D/g, ''));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('isDate', () => {
  it.each([
    [1900, 2, 29],
    [2100, 2, 29],
    [2019, 2, 29],
    [2019, 4, 31],
    [2019, 0, 1],
    [2019, 13, 1],
    [2019, 1, 0],
    [2019, 1, 32],
    [2019, Number.NaN, 1],
    [2019, 1, Number.NaN],
  ])('%i-%i-%i is none', (year, month, day) => {
    expect(isDate(year, month, day)).toBe(false);
  });

  it.each([
    [2000, 2, 29],
    [1904, 2, 29],
    [1880, 2, 29],
    [2019, 12, 31],
    [2019, 4, 30],
  ])('%i-%i-%i is one', (year, month, day) => {
    expect(isDate(year, month, day)).toBe(true);
  });

  it('accepts exactly the dates that the engine does not roll over', () => {
    const near = fc.tuple(
      fc.integer({ min: 1800, max: 2200 }),
      fc.integer({ min: -1, max: 14 }),
      fc.integer({ min: -1, max: 33 }),
    );
    fc.assert(
      fc.property(near, ([year, month, day]) => {
        const date = new Date(Date.UTC(year, month - 1, day));
        const stays = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        expect(isDate(year, month, day)).toBe(stays);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

describe('times as text', () => {
  it.each([
    [0, '1900-01-01T00:00:00Z'],
    [-1, '1899-12-31T23:59:59Z'],
    [byEngine(1880, 2, 29, 6), '1880-02-29T06:00:00Z'],
    [byEngine(2100, 12, 31, 23, 59, 59), '2100-12-31T23:59:59Z'],
    [byEngine(33), '0033-01-01T00:00:00Z'],
  ])('%i s are %s', (seconds, text) => {
    expect(isoTime(seconds)).toBe(text);
  });
});

describe('launchSeconds', () => {
  /** Midnight of 20 February 2019, and the launch on it by nominal hour (NaN missing) and release time HHMM. */
  const date = byEngine(2019, 2, 20);
  const launch = (hour: number, release: number): string =>
    isoTime(launchSeconds(date, date + hour * 3600, Math.floor(release / 100) * 3600 + (release % 100) * 60));

  it.each([
    [0, 2349, '2019-02-19T23:49:00Z'],
    [0, 2000, '2019-02-19T20:00:00Z'],
    [0, 1201, '2019-02-19T12:01:00Z'],
    [0, 1200, '2019-02-20T12:00:00Z'],
    [0, 30, '2019-02-20T00:30:00Z'],
    [1, 2340, '2019-02-19T23:40:00Z'],
    [6, 2330, '2019-02-19T23:30:00Z'],
    [12, 1117, '2019-02-20T11:17:00Z'],
    [12, 0, '2019-02-20T00:00:00Z'],
    [12, 2400, '2019-02-21T00:00:00Z'],
    [18, 559, '2019-02-21T05:59:00Z'],
    [18, 600, '2019-02-20T06:00:00Z'],
    [23, 30, '2019-02-21T00:30:00Z'],
    [23, 2304, '2019-02-20T23:04:00Z'],
    [0, 2400, '2019-02-20T00:00:00Z'],
    [Number.NaN, 2349, '2019-02-20T23:49:00Z'],
  ])('%i UTC released %i is %s', (hour, release, expected) => {
    expect(launch(hour, release)).toBe(expected);
  });

  it('is never more than 12 hours from the nominal time and keeps the time of day', () => {
    const minutes = fc.integer({ min: 0, max: 24 * 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000, max: 80_000 }),
        fc.integer({ min: 0, max: 23 }),
        minutes,
        (day, hour, minute) => {
          const midnight = day * SECONDS_PER_DAY;
          const nominal = midnight + hour * 3600;
          const seconds = launchSeconds(midnight, nominal, minute * 60);
          expect(Math.abs(seconds - nominal)).toBeLessThanOrEqual(SECONDS_PER_DAY / 2);
          expect((seconds - midnight - minute * 60) % SECONDS_PER_DAY).toBeCloseTo(0);
        },
      ),
      { seed: 3, numRuns: 1000 },
    );
  });
});

describe('localMidday', () => {
  it.each([
    [0, 12],
    [15, 11],
    [-15, 13],
    [180, 0],
    [-180, 24],
    [Number.NaN, 12],
  ])('at %i degrees east is %i UTC', (longitude, hour) => {
    expect(localMidday(1000 * SECONDS_PER_DAY, longitude)).toBe(1000 * SECONDS_PER_DAY + hour * 3600);
  });

  it('is in whole seconds: 10.0042 degrees east are 2401.008 s', () => {
    expect(localMidday(0, 10.0042)).toBe(43_200 - 2401);
  });
});
