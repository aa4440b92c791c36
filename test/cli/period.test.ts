import { describe, expect, it } from 'vitest';
import { parsePeriod } from '../../src/cli/period.js';
import { UsageError } from '../../src/errors.js';

/** Seconds since 1900-01-01 of an ISO time, by the engine's calendar. */
const at = (iso: string): number => (Date.parse(iso) - Date.UTC(1900, 0, 1)) / 1000;

describe('parsePeriod', () => {
  it.each([
    ['2019', '2019', '2019-01-01T00:00:00Z', '2020-01-01T00:00:00Z'],
    ['2019-02', '2019-02', '2019-02-01T00:00:00Z', '2019-03-01T00:00:00Z'],
    ['2019-12', '2019-12', '2019-12-01T00:00:00Z', '2020-01-01T00:00:00Z'],
    ['2020-02-29', '2020-02-29', '2020-02-29T00:00:00Z', '2020-03-01T00:00:00Z'],
    ['2019-12-31', '2019-12-31', '2019-12-31T00:00:00Z', '2020-01-01T00:00:00Z'],
    ['2019-02-20T11:17', '2019-02-20T11:17Z', '2019-02-20T11:17:00Z', '2019-02-20T11:18:00Z'],
    ['2019-02-20 1117', '2019-02-20 23:59', '2019-02-20T11:17:00Z', '2019-02-21T00:00:00Z'],
    ['1880', '2100', '1880-01-01T00:00:00Z', '2101-01-01T00:00:00Z'],
  ])('from %s to %s', (from, to, begin, end) => {
    expect(parsePeriod(from, to)).toEqual({ from: at(begin), to: at(end) });
  });

  it('is open where an end is not given', () => {
    expect(parsePeriod(undefined, undefined)).toEqual({
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
    });
    expect(parsePeriod('2000', undefined)).toEqual({
      from: at('2000-01-01T00:00:00Z'),
      to: Number.POSITIVE_INFINITY,
    });
  });

  it.each([
    '',
    '19',
    '2019-13',
    '2019-02-29',
    '2019-1-1',
    '2019-01-01T24:00',
    '2019-01-01T00:60',
    '2019-00',
    'soon',
    '20190220',
    ' 2019',
    '2019-01-01T10',
  ])('%j is no date', (text) => {
    expect(() => parsePeriod(text, undefined)).toThrow(UsageError);
    expect(() => parsePeriod(undefined, text)).toThrow(`--to ${text} is not a date`);
  });

  it('refuses an empty period', () => {
    expect(() => parsePeriod('2020', '2019')).toThrow('--from 2020 is after --to 2019');
    expect(parsePeriod('2019-06', '2019')).toEqual({
      from: at('2019-06-01T00:00:00Z'),
      to: at('2020-01-01T00:00:00Z'),
    });
  });
});
