import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { createReportIds, OBSERVATION_ID_WIDTH } from '../../src/match/ids.js';

/** 2019-02-20 11:17:00 UTC by the engine's calendar. */
const TIME = (Date.UTC(2019, 1, 20, 11, 17) - Date.UTC(1900, 0, 1)) / 1000;

describe('ids', () => {
  const idsOf = createReportIds('igra2', 'USM00072558');
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

  it('are dataset, station, time and a number', () => {
    expect(idsOf(TIME, 0).report).toBe('igra2-USM00072558-20190220111700-00');
    const { report, reportBytes, observationPrefixBytes } = idsOf(TIME, 99);
    expect(report).toBe('igra2-USM00072558-20190220111700-99');
    expect(text(reportBytes)).toBe(report);
    expect(text(observationPrefixBytes)).toBe('20190220111700-99-');
    expect(OBSERVATION_ID_WIDTH).toBe('20190220111700-03-000000'.length);
  });

  it('are bytes of UTF-8, also of a station whose id is not ASCII', () => {
    const { report, reportBytes, observationPrefixBytes } = createReportIds('bufr', 'Åland')(TIME, 3);
    expect(report).toBe('bufr-Åland-20190220111700-03');
    expect(text(reportBytes)).toBe(report);
    expect(text(observationPrefixBytes)).toBe('20190220111700-03-');
  });

  it('keep their width in every year that a sounding can be of', () => {
    const widths = [1880, 1900, 2000, 2100].map(
      (year) => idsOf((Date.UTC(year, 0, 1) - Date.UTC(1900, 0, 1)) / 1000, 0).report.length,
    );
    expect(new Set(widths).size).toBe(1);
  });

  it('run out at a hundred reports of one time, which is an error of the input', () => {
    expect(() => idsOf(TIME, 100)).toThrow(InputError);
    expect(() => idsOf(TIME, 100)).toThrow('more than 100 reports at 2019-02-20T11:17:00Z');
  });
});
