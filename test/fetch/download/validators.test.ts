import { describe, expect, it } from 'vitest';
import { continuesPart, timeOf, validatorsOf } from '../../../src/fetch/download/validators.js';

const DATE = 'Fri, 01 Mar 2024 12:00:00 GMT';
const MINUTE_BEFORE = 'Fri, 01 Mar 2024 11:59:00 GMT';
const LESS_BEFORE = 'Fri, 01 Mar 2024 11:59:01 GMT';

describe('what tells two editions apart for sure', () => {
  it.each([
    [{ etag: '"a1"', date: DATE }, '"a1"'],
    [{ etag: 'W/"a1"', date: DATE }, null],
    [{ etag: 'W/"a1"', 'last-modified': MINUTE_BEFORE, date: DATE }, MINUTE_BEFORE],
    [{ 'last-modified': MINUTE_BEFORE, date: DATE }, MINUTE_BEFORE],
    [{ 'last-modified': LESS_BEFORE, date: DATE }, null],
    [{ 'last-modified': MINUTE_BEFORE }, null],
    [{ 'last-modified': DATE, date: MINUTE_BEFORE }, null],
    [{ etag: 'bare', 'last-modified': 'yesterday', date: DATE }, null],
    [{}, null],
  ])('of %j is %j', (headers, strong) => {
    expect(validatorsOf(headers).strong).toBe(strong);
  });

  it('is not kept where no server may send it', () => {
    const headers = { etag: '"a\u0007b"', 'last-modified': `${DATE}${' '.repeat(50)}` };
    expect(validatorsOf(headers)).toEqual({ etag: null, lastModified: null, strong: null });
  });
});

describe('a partial answer', () => {
  const part = { bytes: 100, size: 500, validator: '"a"', etag: '"a"', lastModified: DATE };
  const headers = { 'content-range': 'bytes 100-499/500', etag: '"a"', 'last-modified': DATE };

  it('continues the part where range, total, length and validators fit', () => {
    expect(continuesPart(headers, 400, part)).toBe(true);
    expect(continuesPart(headers, null, part)).toBe(true);
    expect(continuesPart({ 'content-range': 'bytes 100-499/500' }, 400, part)).toBe(true);
  });

  it.each([
    ['another start', { ...headers, 'content-range': 'bytes 99-499/500' }],
    ['another end', { ...headers, 'content-range': 'bytes 100-498/500' }],
    ['another total', { ...headers, 'content-range': 'bytes 100-499/501' }],
    ['an unknown total', { ...headers, 'content-range': 'bytes 100-499/*' }],
    ['another unit', { ...headers, 'content-range': 'lines 100-499/500' }],
    ['no range', { etag: '"a"' }],
    ['another tag', { ...headers, etag: '"b"' }],
    ['another time', { ...headers, 'last-modified': MINUTE_BEFORE }],
  ])('with %s does not', (_, other) => {
    expect(continuesPart(other, 400, part)).toBe(false);
  });

  it('with another length does not', () => {
    expect(continuesPart(headers, 399, part)).toBe(false);
  });
});

describe('an HTTP date', () => {
  it.each([
    [DATE, Date.UTC(2024, 2, 1, 12)],
    ['Friday, 01-Mar-24 12:00:00 GMT', Date.UTC(2024, 2, 1, 12)],
    ['never', null],
    [null, null],
    [undefined, null],
  ])('%j is %j', (text, time) => {
    expect(timeOf(text)).toBe(time);
  });
});
