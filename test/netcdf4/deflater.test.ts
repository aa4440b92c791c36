/** Compressed bytes depend on the chunk alone: not on what went through the streams of the pool before, nor on timing. */
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deflateInPool, deflateNow } from '../../src/netcdf4/write/deflater.js';
import { createRandom } from '../support/random.js';

const random = createRandom(777);

/** Runs of few values, as shuffled columns are. */
function chunk(): Uint8Array {
  const bytes = new Uint8Array(1 + Math.floor(200_000 * random.next() * random.next()));
  const values = random.integer(1, 6);
  const run = random.integer(1, 50);
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (i % run === 0) value = random.integer(0, values - 1);
    bytes[i] = value;
  }
  return bytes;
}

describe('deflate in the pool', () => {
  it.each([
    [1, false, 600],
    [1, true, 100],
    [6, false, 150],
  ])(
    'of level %i, Huffman only %s: %i chunks have the bytes of a new stream, whatever came before',
    async (level, huffmanOnly, count) => {
      let differing = 0;
      for (let i = 0; i < count; i++) {
        const plain = chunk();
        const deflated = await deflateInPool(plain, level, huffmanOnly);
        if (!Buffer.from(deflated).equals(deflateNow(plain, level, huffmanOnly))) differing++;
        if (i % 50 === 0) expect(inflateSync(deflated).equals(plain)).toBe(true);
      }
      expect(differing).toBe(0);
    },
  );
});
