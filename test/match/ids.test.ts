import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { OBSERVATION_ID_WIDTH, observationIdPrefix, reportId } from '../../src/match/ids.js';

/** 2019-02-20 11:17:00 UTC by the engine's calendar. */
const TIME = (Date.UTC(2019, 1, 20, 11, 17) - Date.UTC(1900, 0, 1)) / 1000;

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
});
