import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createNetcdf } from '../../src/netcdf4/index.js';
import { readVariable, readVariables, temporaryFolder } from './oracle.js';

const at = temporaryFolder();
const CHUNK_ROWS = 2048;

describe('chunk edges', () => {
  it.each([0, 1, CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1, 3 * CHUNK_ROWS, 5 * CHUNK_ROWS - 1])(
    'a table of %i rows reads back',
    async (rows) => {
      const path = at(`rows-${rows}.nc`);
      const values = Int32Array.from({ length: rows }, (_, i) => i * 3);
      const texts = Buffer.from(Array.from(values, (value) => String(value).padEnd(6)).join(''));
      const file = await createNetcdf(path, { chunkRows: CHUNK_ROWS });
      file.root.dimension('row');
      file.root.dimension('width', 6);
      const number = file.root.variable('number', 'int', ['row']);
      const text = file.root.variable('text', 'char', ['row', 'width']);
      for (let from = 0; from < rows; from += 777) {
        number.append(values.subarray(from, from + 777));
        text.append(texts.subarray(6 * from, 6 * (from + 777)));
      }
      await file.close();
      const read = readVariables(path, ['number', 'text']);
      expect(read.number?.shape).toEqual([rows]);
      expect(read.number?.values).toEqual(values);
      expect(read.text?.shape).toEqual([rows, 6]);
      const characters = rows === 0 ? [] : texts.toString().split('');
      expect(read.text?.values).toEqual(characters);
      const expectedChunks = rows < 2 ? null : [Math.min(rows, CHUNK_ROWS)];
      expect(read.number?.chunks).toEqual(expectedChunks);
    },
  );

  it('finds every chunk of an index of three levels', async () => {
    const path = at('levels.nc');
    const rows = 64 * 64 + 70;
    const values = Int16Array.from({ length: rows }, (_, i) => i);
    const pairs = Int16Array.from({ length: 2 * rows }, (_, i) => i);
    const file = await createNetcdf(path, { chunkRows: 1 });
    file.root.dimension('row');
    file.root.dimension('two', 2);
    file.root.variable('single', 'short', ['row']).append(Int16Array.from(values, (v) => v));
    file.root.variable('pair', 'short', ['row', 'two'], { deflateLevel: 0 }).append(pairs);
    await file.close();
    const read = readVariables(path, ['single', 'pair']);
    expect(read.single?.values).toEqual(values);
    expect(read.pair?.values).toEqual(pairs);
    expect(read.pair?.filters).toEqual([]);
  });

  it('stores what does not compress as it is and says so in the filter mask', async () => {
    const path = at('noise.nc');
    // Hashes of a counter: no filter finds anything in them.
    const hashes = Array.from({ length: 5000 }, (_, i) => createHash('sha256').update(String(i)).digest());
    const bytes = new Uint8Array(Buffer.concat(hashes));
    const noise = new BigInt64Array(bytes.buffer);
    const file = await createNetcdf(path, { chunkRows: 6000 });
    file.root.dimension('row');
    file.root.dimension('byte');
    file.root.variable('noise', 'int64', ['row']).append(noise);
    file.root.variable('bytes', 'ubyte', ['byte'], { chunkRows: 5000 }).append(bytes);
    file.root.variable('plain', 'int64', ['row'], { shuffle: false }).append(noise);
    const size = (await file.close()).bytes;
    expect(size).toBeGreaterThanOrEqual(3 * bytes.length);
    expect(size).toBeLessThan(3.4 * bytes.length);
    const read = readVariables(path, ['noise', 'bytes', 'plain']);
    expect(read.noise?.values).toEqual(noise);
    expect(read.bytes?.values).toEqual(bytes);
    expect(read.plain?.values).toEqual(noise);
    expect(read.plain?.filters).toEqual(['deflate']);
  });

  it('uses smaller chunks by default where rows are wide', async () => {
    const path = at('wide.nc');
    const width = 24 * 2 ** 20;
    const file = await createNetcdf(path);
    file.root.dimension('row');
    file.root.dimension('width', width);
    const variable = file.root.variable('wide', 'ubyte', ['row', 'width']);
    const row = new Uint8Array(width);
    for (let i = 1; i <= 3; i++) {
      row[i] = i;
      variable.append(row);
      await file.ready();
    }
    await file.close();
    const { chunks, values } = readVariable(path, 'wide');
    expect(chunks).toEqual([2, width]);
    expect(Buffer.compare((values as Uint8Array).subarray(2 * width), row)).toBe(0);
  });
});
