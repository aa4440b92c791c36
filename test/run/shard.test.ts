import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInShard, parseShard } from '../../src/run/shard.js';
import { createRandom } from '../support/random.js';

describe('parseShard', () => {
  it.each([
    ['1/1', 1, 1],
    ['2/4', 2, 4],
    ['16/16', 16, 16],
    ['10000/10000', 10_000, 10_000],
  ])('reads %s', (text, index, of) => {
    expect(parseShard(text)).toEqual({ index, of });
  });

  it.each([
    '',
    '0/4',
    '5/4',
    '1/0',
    '4',
    '/4',
    '1/',
    '-1/4',
    '+1/4',
    '1.5/4',
    '1 / 4',
    ' 1/4',
    '1/4\n',
    '01/4',
    '1/1e3',
    '0x1/4',
    '1/10001',
    '1/99999',
    '1/4/8',
    '١/٤',
  ])('refuses %j', (text) => {
    expect(() => parseShard(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_SHARD', hint: expect.stringContaining('1/4') }),
    );
  });
});

describe('isInShard', () => {
  const idOf = fc.oneof(fc.string({ maxLength: 30 }), fc.stringMatching(/^0-20000-0-\d{5}$/));

  it('puts every station into exactly one shard, and ids that differ in case into the same', () => {
    fc.assert(
      fc.property(idOf, fc.integer({ min: 1, max: 40 }), (id, of) => {
        const indexes = Array.from({ length: of }, (_, i) => i + 1);
        const holding = indexes.filter((index) => isInShard({ index, of }, id));
        expect(holding).toHaveLength(1);
        const [index = 0] = holding;
        const ascii = id.replace(/[a-z]/g, (c) => c.toUpperCase());
        expect(isInShard({ index, of }, ascii)).toBe(true);
      }),
      { seed: 17, numRuns: 300 },
    );
  });

  it('is the SHA-256 that other programs compute', () => {
    for (const id of ['0-20000-0-10393', '0-20001-0-NYA', 'usm00072518']) {
      const hex = execFileSync('sh', ['-c', 'sha256sum'], {
        input: id.toLowerCase(),
        encoding: 'utf8',
      }).slice(0, 12);
      const index = Number(BigInt(`0x${hex}`) % 16n) + 1;
      expect(isInShard({ index, of: 16 }, id)).toBe(true);
    }
  });

  it('is as balanced as the decision on shards says', () => {
    const page = readFileSync(new URL('../../docs/decisions/017-shards.md', import.meta.url), 'utf8');
    const shares = volumesOf(64);
    for (const [of, volumes] of [
      [4, volumesOf(4)],
      [16, volumesOf(16)],
      [64, shares],
    ] as const)
      expect(page).toContain(`${(Math.max(...volumes) * of).toFixed(2)} for ${of} shards`);
    expect(page).toContain(`is ${makespan(shares, 16).toFixed(2)} `);
  });
});

/**
 * The shares of the volume that the shards have of 2,931 stations of log-normal size of which the largest 446 hold half: the
 * share above a size is Φ(σ - z) where the share of stations above it is Φ(-z), so σ is the quantile of 1 - 446/2931.
 */
function volumesOf(of: number): number[] {
  const sigma = 1.027;
  const random = createRandom(2931);
  const stations = Array.from({ length: 2931 }, (_, i) => ({
    id: `0-20000-0-${String(1000 + i * 33).padStart(5, '0')}`,
    size: Math.exp(sigma * random.normal()),
  }));
  const sum = (part: readonly { size: number }[]): number =>
    part.reduce((total, { size }) => total + size, 0);
  const bySize = stations.toSorted((a, b) => b.size - a.size);
  expect(sum(bySize.slice(0, 446)) / sum(stations)).toBeCloseTo(0.5, 1);
  let rest = stations;
  return Array.from({ length: of }, (_, i) => {
    const here = rest.filter(({ id }) => isInShard({ index: i + 1, of }, id));
    const taken = new Set(here);
    rest = rest.filter((station) => !taken.has(station));
    return sum(here) / sum(stations);
  });
}

/** How long machines need, by the mean, that take the next shard in order whenever one is done. */
function makespan(shares: readonly number[], machines: number): number {
  const busy = new Array<number>(machines).fill(0);
  for (const share of shares) {
    const first = busy.indexOf(Math.min(...busy));
    busy[first] = (busy[first] ?? 0) + share;
  }
  return Math.max(...busy) * machines;
}
