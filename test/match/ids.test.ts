import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import {
  OBSERVATION_ID_WIDTH,
  observationIdPrefix,
  reportId,
  writeObservationIds,
  writeRepeatedText,
} from '../../src/match/ids.js';

/** 2019-02-20 11:17:00 UTC by the engine's calendar. */
const TIME = (Date.UTC(2019, 1, 20, 11, 17) - Date.UTC(1900, 0, 1)) / 1000;
const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('ids', () => {
  it('are dataset, station, time and a number', () => {
    expect(reportId('igra2', 'USM00072558', TIME, 0)).toBe('igra2-USM00072558-20190220111700-00');
    expect(reportId('igra2', 'USM00072558', TIME, 99)).toBe('igra2-USM00072558-20190220111700-99');
    expect(observationIdPrefix(TIME, 3)).toBe('20190220111700-03-');
    expect(OBSERVATION_ID_WIDTH).toBe('20190220111700-03-000000'.length);
  });

  it('keep their width in every year that a sounding can be of', () => {
    const widths = [1880, 1900, 2000, 2100].map(
      (year) => reportId('igra2', 'X', (Date.UTC(year, 0, 1) - Date.UTC(1900, 0, 1)) / 1000, 0).length,
    );
    expect(new Set(widths).size).toBe(1);
  });

  it('run out at a hundred reports of one time, which is an error of the input', () => {
    expect(() => reportId('igra2', 'X', TIME, 100)).toThrow(InputError);
    expect(() => observationIdPrefix(TIME, 100)).toThrow('more than 100 reports at 2019-02-20T11:17:00Z');
  });

  it('of observations are what string formatting gives, wherever they are written', () => {
    const place = fc.record({
      at: fc.integer({ min: 0, max: 5 }),
      count: fc.integer({ min: 1, max: 70 }),
      first: fc.integer({ min: 0, max: 999_900 }),
    });
    fc.assert(
      fc.property(place, ({ at, count, first }) => {
        const target = new Uint8Array((at + count + 1) * OBSERVATION_ID_WIDTH).fill(46);
        writeObservationIds(target, at, count, Buffer.from('19990101000000-07-'), first);
        const ids = Array.from(
          { length: count },
          (_, i) => `19990101000000-07-${String(first + i).padStart(6, '0')}`,
        );
        const dots = '.'.repeat(OBSERVATION_ID_WIDTH);
        expect(ascii(target)).toBe(dots.repeat(at) + ids.join('') + dots);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('of reports are repeated without touching their neighbours', () => {
    for (const count of [1, 2, 3, 7, 64]) {
      const target = new Uint8Array((count + 2) * 3).fill(46);
      writeRepeatedText(target, 1, count, Buffer.from('abc'));
      expect(ascii(target)).toBe(`...${'abc'.repeat(count)}...`);
    }
  });
});
