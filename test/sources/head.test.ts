/** The bytes of an input from an offset on, read from there or not, however its chunks are cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesFrom } from '../../src/sources/head.js';
import { inputOf } from '../support/reading.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe('bytesFrom', () => {
  it.each([false, true])('leaves out what is before the offset; with ranges: %s', async (hasRanges) => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, fc.nat(70), async (content, chunks, offset) => {
        const read = async (from: number, to: number): Promise<Uint8Array> => content.slice(from, to);
        const input = { ...inputOf(content, { chunks }), ...(hasRanges && { read }) };
        const parts: Uint8Array[] = [];
        for await (const chunk of bytesFrom(input, offset)) parts.push(chunk.slice());
        expect([...Buffer.concat(parts)]).toEqual([...content.slice(offset)]);
      }),
    );
  });
});
