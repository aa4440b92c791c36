import { describe, expect, it } from 'vitest';
import { createNetcdf, openNetcdf } from '../../src/netcdf4/index.js';
import { temporaryFolder } from './oracle.js';

const at = temporaryFolder();

/** Noise that deflate makes longer, by a generator of 32 bits (xorshift). */
function noise(count: number): Int32Array {
  let state = 2463534242;
  return Int32Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  });
}

describe('chunks that deflate makes longer', () => {
  it.each([true, false])('are read back as they were written, shuffle %s', async (shuffle) => {
    const path = at(`noise-${shuffle}.nc`);
    const values = noise(40_000);
    const file = await createNetcdf(path, { shuffle });
    file.root.dimension('row');
    file.root.variable('v', 'int', ['row']).append(values);
    await file.close();
    const contents = await openNetcdf(path);
    const variable = contents.root.variables.get('v');
    expect(variable?.storage()[0]?.size).toBe(16_384 * 4);
    expect(await variable?.read(10, 39_990)).toEqual(values.subarray(10, 39_990));
    contents.close();
  });
});
