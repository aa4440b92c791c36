/** Operators 222 to 225, 232 and 235 to 237: what follows them belongs to the elements that a bitmap names. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { contentOf, decodeBufr } from '../../support/bufr-decoding.js';
import { type BufrValue, encodeBufr } from '../../support/bufr-encoder.js';
import { bits, rawBufr } from '../../support/bufr-raw.js';
import { createRandom } from '../../support/random.js';

const tables = await loadTables();
const speed = (value: number): string => bits(10 * value, 12);

describe('bitmaps', () => {
  it('tie class 33 elements to the elements whose bit is 0, the last ones before the operator', () => {
    const data = [
      ...[bits(10_000, 14), speed(5), speed(6)],
      ...['0', '1', '0', bits(98, 16), bits(70, 7), bits(80, 7)],
    ].join('');
    const descriptors = [7004, 11002, 11002, 222_000, 101_003, 31_031, 1031, 101_002, 33007];
    const { subsets } = decodeBufr(rawBufr({ descriptors, data }));
    const { elements, values, links } = subsets[0]!;
    expect(elements.map(({ descriptor }) => descriptor)).toEqual([
      7004, 11002, 11002, 222_000, 31_031, 31_031, 31_031, 1031, 33007, 33007,
    ]);
    expect([...links!]).toEqual([-1, -1, -1, -1, -1, -1, -1, -1, 0, 2]);
    expect([...values.slice(8)]).toEqual([70, 80]);
    expect(elements[3]).toMatchObject({ name: 'qualityInformationFollows', width: 0 });
    expect(values[3]).toBeNaN();
  });

  it('count delayed replication factors, and neither operators nor texts nor associated fields', () => {
    const data = [
      ...[bits(1, 6), bits(3, 2), bits(10_000, 14), bits(1, 8), speed(5), bits(65, 8)],
      ...['0', '1', '0', '1', bits(70, 7), bits(80, 7)],
    ].join('');
    const descriptors = [
      ...[204_002, 31_021, 7004, 204_000, 101_000, 31_001, 11002, 205_001],
      ...[222_000, 101_004, 31_031, 101_002, 33007],
    ];
    const { links, elements } = decodeBufr(rawBufr({ descriptors, data })).subsets[0]!;
    const targets = [...links!].filter((target) => target >= 0);
    expect(targets.map((target) => elements[target]!.descriptor)).toEqual([31_021, 31_001]);
  });

  it.each([
    ['223255', 223_000, 223_255, 'substitutedValue'],
    ['224255', 224_000, 224_255, 'firstOrderStatisticalValue'],
    ['232255', 232_000, 232_255, 'replacedRetainedValue'],
  ])('of markers %s: values coded like the elements they stand for', (_, operator, mark, name) => {
    const data = [...[bits(10_000, 14), bits(27_315, 16)], ...['1', '0', bits(27_000, 16)]].join('');
    const descriptors = [7004, 12101, operator, 101_002, 31_031, mark];
    const { elements, values, links, length } = decodeBufr(rawBufr({ descriptors, data })).subsets[0]!;
    expect(values[length - 1]).toBe(270);
    expect(links![length - 1]).toBe(1);
    expect(elements[length - 1]).toMatchObject({ descriptor: mark, name, scale: 2, width: 16, unit: 'K' });
  });

  it('of markers 225255: differences of one bit more around zero', () => {
    const data = [bits(27_315, 16), '0', bits(2 ** 16 - 150, 17)].join('');
    const { values, elements } = decodeBufr(rawBufr({ descriptors: [12101, 225_000, 31_031, 225_255], data }))
      .subsets[0]!;
    expect(values[3]).toBe(-1.5);
    expect(elements[3]).toMatchObject({
      width: 17,
      reference: -(2 ** 16),
      name: 'differenceStatisticalValue',
    });
  });

  it('are kept by 236000 and used again by 237000', () => {
    const data = [
      ...[bits(10_000, 14), bits(27_315, 16)],
      ...['0', '0', bits(70, 7), bits(80, 7)],
      ...[bits(9000, 14), bits(100, 16)],
    ].join('');
    const descriptors = [
      ...[7004, 12101, 222_000, 236_000, 101_002, 31_031, 101_002, 33007],
      ...[224_000, 237_000, 101_002, 224_255, 237_255],
    ];
    const { links, values, length } = decodeBufr(rawBufr({ descriptors, data })).subsets[0]!;
    expect([...links!.slice(length - 3)]).toEqual([0, 1, -1]);
    expect([...values.slice(length - 3, length - 1)]).toEqual([90_000, 1]);
  });

  it('are cancelled by 235000: the next one refers to what follows it', () => {
    const data = [bits(10_000, 14), '0', bits(27_315, 16), '0', bits(27_000, 16)].join('');
    const descriptors = [7004, 222_000, 31_031, 235_000, 12101, 223_000, 31_031, 223_255];
    const { links, length } = decodeBufr(rawBufr({ descriptors, data })).subsets[0]!;
    expect(links![length - 1]).toBe(4);
  });

  it('of more bits than elements are refused', () => {
    const message = rawBufr({
      descriptors: [7004, 222_000, 101_002, 31_031, 33007],
      data: '0'.repeat(40),
    });
    expect(() => decodeBufr(message)).toThrow(expect.objectContaining({ code: 'BUFR_BITMAP' }));
  });

  it('of any shape, compressed or not, give back what an encoder put in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), fc.boolean(), (seed, compressed) => {
        const random = createRandom(seed);
        const levels = random.integer(1, 5);
        const descriptors = [
          ...[1001, 103_000, 31_001, 7004, 12101, 11002, 222_000, 236_000, 101_000, 31_002, 31_031],
          ...[1031, 101_000, 31_002, 33007, 223_000, 237_000, 101_000, 31_002, 223_255],
          ...[225_000, 237_000, 1031, 101_000, 31_002, 225_255],
        ];
        const before = 2 + 3 * levels;
        const pattern = Array.from({ length: random.integer(1, before) }, () => random.integer(0, 1));
        const chosen = pattern.flatMap((bit, i) => (bit === 0 ? [before - pattern.length + i] : []));
        const shapes = [1001, 31_001, ...Array.from({ length: levels }, () => [7004, 12101, 11002]).flat()];
        const measured = (descriptor: number): number =>
          ({
            1001: random.integer(0, 99),
            31001: levels,
            7004: 10 * random.integer(100, 10_000),
            12101: random.integer(20_000, 30_000) / 100,
            11002: random.integer(0, 1000) / 10,
          })[descriptor]!;
        const subsets = [0, 1].map((): BufrValue[] => [
          ...shapes.map(measured),
          ...[pattern.length, ...pattern, 98],
          ...[chosen.length, ...chosen.map(() => random.integer(0, 100))],
          ...[chosen.length, ...chosen.map((i) => measured(shapes[i]!))],
          ...[98, chosen.length, ...chosen.map((i) => -measured(shapes[i]!))],
        ]);
        const decoded = decodeBufr(encodeBufr({ tables, compressed, descriptors, subsets })).subsets;
        for (const [k, subset] of decoded.entries()) {
          expect(contentOf(subset).map(([, value]) => value)).toEqual(subsets[k]);
          const linked = (descriptor: number): number[] =>
            subset.elements.flatMap((element, i) =>
              element.descriptor === descriptor ? [subset.links![i]!] : [],
            );
          if (chosen.length === 0) continue;
          for (const descriptor of [33007, 223_255, 225_255]) expect(linked(descriptor)).toEqual(chosen);
        }
      }),
      { numRuns: 150, seed: 45 },
    );
  });
});
