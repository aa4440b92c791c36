import { closeSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError, StorageError } from '../../src/errors.js';
import { lookup3 } from '../../src/netcdf4/checksum.js';
import { checkStructure, createNetcdf } from '../../src/netcdf4/index.js';
import { checkDescriptor } from '../../src/netcdf4/read/structure.js';
import { temporaryFolder } from './oracle.js';
import { fillSample } from './sample.js';

const at = temporaryFolder();

/** Extents of the object headers: signature, version, flags, four bytes of size, content, checksum. */
function headerExtents(bytes: Buffer): { start: number; end: number }[] {
  const extents = [];
  for (let start = bytes.indexOf('OHDR'); start >= 0; start = bytes.indexOf('OHDR', start + 1))
    extents.push({ start, end: start + 10 + bytes.readUInt32LE(start + 6) + 4 });
  return extents;
}

/** Sets the checksum of the header that covers `position`. */
function reseal(bytes: Buffer, position: number): void {
  const header = headerExtents(bytes).find(({ start, end }) => start <= position && position < end);
  if (header === undefined) throw new Error(`no header at ${position}`);
  bytes.writeUInt32LE(lookup3(bytes, header.start, header.end - 4), header.end - 4);
}

async function smallFile(name: string): Promise<string> {
  const path = at(name);
  const file = await createNetcdf(path, { chunkRows: 2 });
  file.root.attribute('words', ['one', 'two']);
  const group = file.root.group('g');
  group.dimension('row');
  group.variable('v', 'int', ['row']).append(Int32Array.from({ length: 9 }, (_, i) => i));
  await file.close();
  return path;
}

describe('checkStructure', () => {
  it('counts groups and variables of a whole file', async () => {
    const path = at('whole.nc');
    const file = await createNetcdf(path);
    await fillSample(file);
    const { bytes } = await file.close();
    expect(await checkStructure(path)).toEqual({ groups: 3, variables: 7, bytes });
  });

  it('sees a flipped bit in every byte of the superblock and of all headers, and never breaks elsewhere', async () => {
    const path = await smallFile('flipped.nc');
    const bytes = readFileSync(path);
    const protectedBytes = [{ start: 0, end: 48 }, ...headerExtents(bytes)];
    expect(protectedBytes).toHaveLength(1 + 4);
    const descriptor = openSync(path, 'r+');
    let unseen = 0;
    for (let i = 0; i < bytes.length; i++) {
      writeSync(descriptor, Buffer.of((bytes[i] as number) ^ (1 << (i % 8))), 0, 1, i);
      let error: unknown;
      try {
        checkDescriptor(descriptor, path);
      } catch (thrown) {
        error = thrown;
      }
      writeSync(descriptor, bytes, i, 1, i);
      if (error !== undefined) {
        expect(error, `byte ${i}`).toBeInstanceOf(InputError);
        expect(error).toMatchObject({
          code: 'NETCDF_STRUCTURE',
          position: { file: path, byteOffset: expect.any(Number) },
        });
        continue;
      }
      unseen++;
      expect(
        protectedBytes.some(({ start, end }) => start <= i && i < end),
        `byte ${i}`,
      ).toBe(false);
    }
    closeSync(descriptor);
    expect(unseen).toBeGreaterThan(0);
  });

  it('refuses every truncation', async () => {
    const path = await smallFile('truncated.nc');
    for (let size = readFileSync(path).length - 1; size >= 0; size -= 61) {
      truncateSync(path, size);
      await expect(checkStructure(path), `${size} bytes`).rejects.toBeInstanceOf(InputError);
    }
  });

  it('follows no loop of links, chunk indexes or headers', async () => {
    const path = await smallFile('loop.nc');
    const bytes = readFileSync(path);
    const rootAddress = Number(bytes.readBigUInt64LE(36));
    const linkName = bytes.indexOf('g', bytes.indexOf('OHDR', rootAddress) + 10 + 60);
    expect(bytes.readUInt8(linkName - 1)).toBe(1);
    const looped = Buffer.from(bytes);
    looped.writeBigUInt64LE(BigInt(rootAddress), linkName + 1);
    reseal(looped, linkName);
    writeFileSync(path, looped);
    // A group that links to itself is a legal HDF5 file.
    expect(await checkStructure(path)).toMatchObject({ groups: 1, variables: 0 });

    const tree = bytes.indexOf('TREE');
    const selfParent = Buffer.from(bytes);
    selfParent[tree + 5] = 1;
    selfParent.writeBigUInt64LE(BigInt(tree), tree + 24 + 24);
    writeFileSync(path, selfParent);
    await expect(checkStructure(path)).rejects.toThrow('there is no node of a chunk index');

    // The fill value message of the dataset becomes a continuation that leads back to the header's own bytes.
    const dataset = headerExtents(bytes).find(({ start, end }) =>
      bytes.subarray(start, end).includes('DIMENSION_LIST'),
    );
    expect(dataset).toBeDefined();
    const continued = Buffer.from(bytes);
    const start = dataset?.start ?? 0;
    continued[start + 10] = 0x10;
    reseal(continued, start);
    writeFileSync(path, continued);
    await expect(checkStructure(path)).rejects.toBeInstanceOf(InputError);
  });

  it('refuses chunks that are not inside the file, have no size, or are out of order', async () => {
    const path = await smallFile('chunks.nc');
    const bytes = readFileSync(path);
    const key = bytes.indexOf('TREE') + 24;
    const address = key + 24;
    const cases: [string, (changed: Buffer) => void][] = [
      ['a chunk of 0 bytes', (changed) => changed.writeUInt32LE(0, key)],
      ['is not inside the file', (changed) => changed.writeUInt32LE(bytes.length, key)],
      ['is not inside the file', (changed) => changed.writeBigUInt64LE(BigInt(bytes.length), address)],
      ['has no address', (changed) => changed.fill(0xff, address, address + 8)],
      ['are not inside its dataset', (changed) => changed.writeBigUInt64LE(1n, key + 8)],
      ['are not inside its dataset', (changed) => changed.writeBigUInt64LE(10n, key + 8)],
      ['are not in order', (changed) => changed.writeBigUInt64LE(2n, key + 8)],
    ];
    for (const [what, change] of cases) {
      const changed = Buffer.from(bytes);
      change(changed);
      writeFileSync(path, changed);
      await expect(checkStructure(path), what).rejects.toThrow(what);
    }
  });

  it('refuses a heap that lacks what an attribute refers to', async () => {
    const path = await smallFile('heap.nc');
    const bytes = readFileSync(path);
    bytes.writeUInt16LE(0, bytes.indexOf('GCOL') + 16);
    writeFileSync(path, bytes);
    await expect(checkStructure(path)).rejects.toThrow('the heap collection has no object 1');
  });

  it('refuses what is no HDF5 file, an empty file, and a file that is not there', async () => {
    writeFileSync(at('text.nc'), 'CDF\u0001'.padEnd(200));
    await expect(checkStructure(at('text.nc'))).rejects.toThrow('does not start as an HDF5 file');
    writeFileSync(at('empty.nc'), '');
    await expect(checkStructure(at('empty.nc'))).rejects.toBeInstanceOf(InputError);
    await expect(checkStructure(at('absent.nc'))).rejects.toBeInstanceOf(StorageError);
  });
});
