import { describe, expect, it } from 'vitest';
import { count, createTally, mergeTally, sortedCounts, sumOf } from '../../src/records/tally.js';

describe('the tally', () => {
  it('counts by reason; zero leaves no trace', () => {
    const counters = new Map<string, number>();
    count(counters, 'b');
    count(counters, 'a', 2);
    count(counters, 'b', 3);
    count(counters, 'c', 0);
    expect([...counters]).toEqual([
      ['b', 4],
      ['a', 2],
    ]);
    expect(sumOf(counters)).toBe(6);
    expect(Object.keys(sortedCounts(counters))).toEqual(['a', 'b']);
  });

  it('adds another one to itself and leaves that one alone', () => {
    const into = createTally();
    const from = createTally();
    Object.assign(from, { reports: 1, levels: 2, fields: 3, rows: 4 });
    count(from.dropped, 'x', 5);
    count(from.noted, 'y', 6);
    from.skipped.push({ file: 'f', byteOffset: 7, reason: 'r', detail: 'd' });
    mergeTally(into, from);
    mergeTally(into, from);
    expect(into).toEqual({
      reports: 2,
      levels: 4,
      fields: 6,
      rows: 8,
      dropped: new Map([['x', 10]]),
      noted: new Map([['y', 12]]),
      skipped: [...from.skipped, ...from.skipped],
    });
    expect(from.dropped.get('x')).toBe(5);
  });
});
