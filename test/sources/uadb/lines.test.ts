import { describe, expect, it } from 'vitest';
import { expectPlain, expectSameWithPadding } from '../../support/plain-lines.js';
import { createRandom, type Random } from '../../support/random.js';
import { makeStation } from '../../support/soundings.js';
import { UADB_CASE } from '../../support/text-formats.js';
import { uadbHeader, uadbLevel, uadbSoundings } from '../../support/uadb-encoder.js';
import { readText } from '../../support/uadb-reading.js';

function headerOf(levels: number, elevation: number | null): string {
  return uadbHeader({
    number: 5_668_994,
    station: '82930',
    idType: 1,
    year: 1969,
    month: 10,
    day: 4,
    hour: 1200,
    latitude: -9.37,
    longitude: 305.1,
    elevation,
    levels: [],
    announcedLevels: levels,
  });
}

const ODD = [
  '-999.0',
  '-999.9',
  '-9999.0',
  '-99999.0',
  '9999.9',
  '-0.0',
  '-0.5',
  '0.0',
  '999.99',
  '1100.1',
  '360',
  '361.0',
  '-273.2',
  '-',
  '.5',
  '12.',
];

function fieldOf(random: Random, width: number, decimals: boolean): string {
  const kind = random.next();
  const cut = (text: string): string => text.slice(0, width).padStart(width);
  if (kind < 0.3) return cut(decimals ? (width === 8 ? '-99999.0' : '-999.0') : '-999');
  if (kind < 0.35) return cut(ODD[random.integer(0, ODD.length - 1)]!);
  if (kind < 0.37) return ' '.repeat(width);
  const limit = 10 ** random.integer(1, decimals ? width - 2 : Math.min(width, 4));
  const whole = String(random.integer(kind < 0.5 ? 1 - limit : 0, limit - 1)).slice(
    0,
    decimals ? width - 2 : width,
  );
  const text = cut(decimals ? `${whole}.${random.integer(0, 9)}` : whole);
  if (kind < 0.97) return text;
  const at = random.integer(0, width - 1);
  return text.slice(0, at) + ' -0.x'[random.integer(0, 4)]! + text.slice(at + 1);
}

function lineOf(random: Random): string {
  const blank = (): string => (random.chance(0.99) ? ' ' : '-0.9'[random.integer(0, 3)]!);
  const type = random.chance(0.97)
    ? String(random.integer(1, 7))
    : ['0', '11', ' ', '-1', '123'][random.integer(0, 4)]!;
  return [
    type.padStart(4),
    blank(),
    fieldOf(random, 8, true),
    blank(),
    fieldOf(random, 8, true),
    blank(),
    fieldOf(random, 6, true),
    blank(),
    fieldOf(random, 6, true),
    blank(),
    fieldOf(random, 6, false),
    blank(),
    fieldOf(random, 6, true),
  ].join('');
}

describe('the lines of a chunk', () => {
  it('say the same in the usual columns as with padding, for random fields', async () => {
    const random = createRandom(29);
    for (let report = 0; report < 400; report++) {
      const header = headerOf(12, report % 3 === 0 ? null : 423);
      await expectSameWithPadding(UADB_CASE, [header, ...Array.from({ length: 12 }, () => lineOf(random))]);
    }
  });

  it.each(['trhc', 'windc'] as const)('are all read in the hot loop: soundings of %s', (kind) => {
    const soundings = uadbSoundings(makeStation(3, { soundings: 80, removed: 0 }), kind);
    expectPlain(
      UADB_CASE,
      soundings.flatMap(({ levels }) => levels.map(uadbLevel)),
    );
  });

  it('of a report of more rows than a batch has room for: all of them', async () => {
    const line = (i: number): string =>
      uadbLevel({
        type: 3,
        pressure: 10_999 - i,
        height: i,
        temperature: -123,
        relativeHumidity: 500,
        windDirection: 270,
        windSpeed: i % 100,
      });
    const lines = Array.from({ length: 9999 }, (_, i) => line(i));
    const { rows, tally, reports } = await readText(`${[headerOf(9999, 423), ...lines].join('\n')}\n`);
    expect(reports).toHaveLength(1);
    expect(tally.levels).toBe(9999);
    expect(rows).toHaveLength(9999 * 5);
    expect(rows.at(-1)).toMatchObject({ variable: 138, value: 50, z: 10_010, zType: 1 });
    expect(
      rows
        .filter(({ variable }) => variable === 117)
        .every(({ value, z }) => Math.round(value * 10) * 10 + z === 109_990),
    ).toBe(true);
  });
});
