/** What an independent encoder writes, the decoder reads back: any template, compressed or not, editions 3 and 4. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTables } from '../../../src/sources/bufr/tables.js';
import { contentOf, decodeBufr } from '../../support/bufr-decoding.js';
import { encodeBufr } from '../../support/bufr-encoder.js';
import { randomSubset, randomTemplate } from '../../support/bufr-templates.js';
import { createRandom } from '../../support/random.js';

const tables = await loadTables();
const seed = fc.integer({ min: 1, max: 2 ** 30 });
const edition = fc.constantFrom(3 as const, 4 as const);

describe('encoding and decoding', () => {
  it('of uncompressed messages gives the values back', () => {
    fc.assert(
      fc.property(seed, edition, fc.integer({ min: 1, max: 3 }), fc.boolean(), (start, ed, count, extra) => {
        const descriptors = randomTemplate(createRandom(start));
        const subsets = Array.from({ length: count }, (_, k) => randomSubset(start + k * 1000, start + k));
        const section2 = extra ? { section2: Uint8Array.of(1, 2, 3, 0x42, 0x55, 0x46, 0x52) } : {};
        const bytes = encodeBufr({
          tables,
          edition: ed,
          ...section2,
          descriptors,
          subsets: subsets.map(({ supply }) => supply),
        });
        const { header, subsets: decoded } = decodeBufr(bytes);
        expect(header).toMatchObject({ edition: ed, compressed: false, subsetCount: count, descriptors });
        expect(decoded.map(contentOf)).toEqual(subsets.map(({ expected }) => expected));
      }),
      { numRuns: 400, seed: 41 },
    );
  });

  it('of compressed messages gives the values back', () => {
    fc.assert(
      fc.property(seed, edition, fc.integer({ min: 1, max: 6 }), (start, ed, count) => {
        const descriptors = randomTemplate(createRandom(start));
        const subsets = Array.from({ length: count }, (_, k) => randomSubset(start, start + k));
        const bytes = encodeBufr({
          tables,
          edition: ed,
          compressed: true,
          descriptors,
          subsets: subsets.map(({ supply }) => supply),
        });
        const { header, subsets: decoded } = decodeBufr(bytes);
        expect(header.compressed).toBe(true);
        expect(decoded.map(contentOf)).toEqual(subsets.map(({ expected }) => expected));
      }),
      { numRuns: 400, seed: 42 },
    );
  });

  it('compressed or not gives the same structure: replications and elements', () => {
    fc.assert(
      fc.property(seed, (start) => {
        const descriptors = randomTemplate(createRandom(start));
        const [plain, compressed] = [false, true].map((flag) =>
          decodeBufr(
            encodeBufr({
              tables,
              compressed: flag,
              descriptors,
              subsets: [0, 1].map((k) => randomSubset(start, start + k).supply),
            }),
          ),
        );
        for (const k of [0, 1]) {
          const [a, b] = [plain!.subsets[k]!, compressed!.subsets[k]!];
          expect(b.replications).toEqual(a.replications);
          expect(b.elements).toEqual(a.elements);
          expect(b.length).toBe(a.length);
        }
      }),
      { numRuns: 150, seed: 43 },
    );
  });

  it('of replications says where they begin and end: parents first, repetitions side by side', () => {
    fc.assert(
      fc.property(seed, (start) => {
        const descriptors = randomTemplate(createRandom(start));
        const { supply } = randomSubset(start, start);
        const { subsets } = decodeBufr(encodeBufr({ tables, descriptors, subsets: [supply] }));
        const { replications, elements, values, length } = subsets[0]!;
        let previous = -1;
        for (const { factor, starts, end } of replications) {
          const begin = starts[0] ?? end;
          expect(begin).toBeGreaterThanOrEqual(previous);
          previous = begin;
          expect(end).toBeLessThanOrEqual(length);
          expect([...starts].sort((a, b) => a - b)).toEqual(starts);
          if (factor < 0) continue;
          expect(factor).toBe(begin - 1);
          const once = [31_011, 31_012].includes(elements[factor]!.descriptor);
          const value = values[factor]!;
          expect(starts).toHaveLength(once ? Math.min(1, value) : value);
        }
      }),
      { numRuns: 150, seed: 44 },
    );
  });
});
