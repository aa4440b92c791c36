import { describe, expect, it } from 'vitest';
import { levelLine } from '../../support/igra2-encoder.js';
import { readText } from '../../support/igra2-reading.js';
import { expectPlain, expectSameWithPadding } from '../../support/plain-lines.js';
import { createRandom, type Random } from '../../support/random.js';
import { makeStation, type SoundingKind } from '../../support/soundings.js';
import { IGRA2_CASE } from '../../support/text-formats.js';

const HEADER = '#USM00072558 2025 03 08 12 1110    1 ncdc-nws           413200  -963669';

function fieldOf(random: Random, width: number): string {
  const kind = random.next();
  if (kind < 0.3) return '-9999'.padStart(width);
  if (kind < 0.34) return '-8888'.padStart(width);
  if (kind < 0.36) return ' '.repeat(width);
  if (kind < 0.38)
    return ['-', '-0', '0', '00000', '-99999', '-2731', '-2732', '-8887', '361', '1001']
      [random.integer(0, 9)]!.slice(-width)
      .padStart(width);
  const limit = 10 ** random.integer(1, width);
  const text = String(random.integer(kind < 0.5 ? -limit : 0, limit - 1))
    .slice(0, width)
    .padStart(width);
  if (kind < 0.97) return text;
  const at = random.integer(0, width - 1);
  return text.slice(0, at) + ' -0AB.x'[random.integer(0, 6)]! + text.slice(at + 1);
}

function lineOf(random: Random): string {
  const mostly = (usual: string, other: string): string =>
    random.chance(0.985)
      ? usual[random.integer(0, usual.length - 1)]!
      : other[random.integer(0, other.length - 1)]!;
  const blank = (): string => mostly(' ', '-0A9');
  const flag = (): string => mostly(' AB', 'C0-');
  return [
    mostly('123', '0459'),
    mostly('012', '39 -'),
    blank(),
    fieldOf(random, 5),
    blank(),
    fieldOf(random, 6),
    flag(),
    fieldOf(random, 5),
    flag(),
    fieldOf(random, 5),
    flag(),
    fieldOf(random, 5),
    blank(),
    fieldOf(random, 5),
    blank(),
    fieldOf(random, 5),
    blank(),
    fieldOf(random, 5),
  ].join('');
}

describe('the lines of a chunk', () => {
  it('say the same in the usual columns as with padding, for random fields', async () => {
    const random = createRandom(23);
    for (let report = 0; report < 400; report++)
      await expectSameWithPadding(IGRA2_CASE, [HEADER, ...Array.from({ length: 12 }, () => lineOf(random))]);
  });

  it('of full width are levels though all is blank from some field on, unless something else is wrong', async () => {
    const whole = '21    15  96697   449B  -34A  649    56   277    47';
    for (const from of [16, 22, 28, 34, 40, 46]) {
      const blank = whole.slice(0, from).padEnd(51);
      for (const end of ['\n', ' \n', '\r\n']) {
        const { tally, rows } = await readText(`${HEADER}\n${blank}${end}`);
        expect(tally.noted.has('igra2.line.malformed')).toBe(false);
        expect(rows).toHaveLength(Math.floor((from - 16) / 6));
        expect([...tally.dropped.keys()].every((name) => name.endsWith('.missing'))).toBe(true);
      }
      const short = from < 39;
      for (const line of [`${blank}  `, `23${blank.slice(2)}`, blank.replace(' 96697', '-96697')]) {
        const { tally } = await readText(`${HEADER}\n${whole}\n${line}\n`);
        expect(tally.noted.has('igra2.line.malformed')).toBe(short);
      }
      const cut = await readText(`${HEADER}\n${whole}\n${blank.slice(0, -1)}\n`);
      expect(cut.tally.noted.get('igra2.line.malformed')).toBe(1);
    }
  });

  it.each<SoundingKind>(['modern', 'classic', 'pilot', 'pilot-by-height'])(
    'are all read in the hot loop: %s soundings',
    (kind) => {
      const levels = makeStation(3, { soundings: 40, kinds: [kind], removed: 0 }).flatMap(
        (sounding) => sounding.levels,
      );
      expectPlain(
        IGRA2_CASE,
        levels.map((level) => levelLine(level).trimEnd().padEnd(51)),
      );
    },
  );

  it('of a report of more rows than a batch has room for: all of them', async () => {
    const line = (i: number): string =>
      `20 ${String(i).padStart(5)} ${String(100_000 - i).padStart(6)} ${String(i).padStart(5)}B -123A  500    12   270   ${String(i % 100).padStart(3)} \n`;
    const lines = Array.from({ length: 10_001 }, (_, i) => line(Math.floor(i / 60) * 100 + (i % 60)));
    const { rows, tally, reports } = await readText(`${HEADER}\n${lines.join('')}`);
    expect(reports).toHaveLength(1);
    expect(tally.levels).toBe(9999);
    expect(rows).toHaveLength(9999 * 6);
    expect(tally.noted.get('igra2.line.unrecognised')).toBe(1);
    expect(tally.noted.get('igra2.level.of-skipped-report')).toBe(1);
    expect(rows.at(-1)).toMatchObject({ variable: 138, value: 50, z: 100_000 - 16_638, elapsed: 9998 });
    expect(
      rows.filter(({ variable }) => variable === 117).every(({ value, z }) => value + z === 100_000),
    ).toBe(true);
  });
});
