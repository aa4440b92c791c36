import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { File } from 'h5wasm/node';
import { describe, expect, it } from 'vitest';
import { HarvestError, InputError, StorageError } from '../../src/errors.js';
import { appendWith } from '../../src/netcdf4/append.js';
import { appendGroups, checkStructure, createNetcdf, type NetcdfGroup } from '../../src/netcdf4/index.js';
import { failingOpen } from './failing.js';
import { readAttributes, readNames, readVariables, temporaryFolder } from './oracle.js';
import { fillSample } from './sample.js';

const at = temporaryFolder();

async function sampleFile(name: string): Promise<string> {
  const path = at(name);
  const file = await createNetcdf(path);
  await fillSample(file);
  await file.close();
  return path;
}

/** A group with its own dimension, chunked and constant columns. */
function addGroup(root: Pick<NetcdfGroup, 'group'>, name: string, rows = 4000): void {
  const group = root.group(name);
  group.attribute('added', name);
  group.dimension('row');
  group
    .variable('v', 'int', ['row'], { chunkRows: 1000 })
    .append(Int32Array.from({ length: rows }, (_, i) => i));
  group.variable('c', 'short', ['row']).append(new Int16Array(rows).fill(3));
}

const dimensionIds = (path: string, names: string[]): number[] => {
  const file = new File(path, 'r');
  try {
    return names.map((name) => {
      const object = file.get(name);
      return object !== null && 'attrs' in object ? Number(object.attrs._Netcdf4Dimid?.value) : -1;
    });
  } finally {
    file.close();
  }
};

describe('appendGroups', () => {
  it('adds groups and keeps the old content byte for byte', async () => {
    const path = await sampleFile('grown.nc');
    const before = readFileSync(path);
    const names = ['table/row', 'table/noise', 'table/words', 'codes/code'];
    const old = readVariables(path, names);
    const { bytes } = await appendGroups(path, async (root, file) => {
      addGroup(root, 'feedback');
      await file.ready();
      addGroup(root, 'more', 2);
    });
    const after = readFileSync(path);
    expect(after.length).toBe(bytes);
    expect(after.subarray(48, before.length).equals(before.subarray(48))).toBe(true);
    expect(readVariables(path, names)).toEqual(old);
    expect(readAttributes(path, '/')).toEqual({ title: 'sample', sources: ['a.zip', 'b.zip'] });
    const read = readVariables(path, ['feedback/v', 'feedback/c', 'more/v']);
    expect(read['feedback/v']?.values).toEqual(Int32Array.from({ length: 4000 }, (_, i) => i));
    expect(read['feedback/c']?.values).toEqual(new Int16Array(4000).fill(3));
    expect(read['more/v']?.shape).toEqual([2]);
    expect(readAttributes(path, 'more')).toEqual({ added: 'more' });
    expect(await checkStructure(path)).toMatchObject({ groups: 5, variables: 11, bytes });
    expect(dimensionIds(path, ['width', 'table/row', 'codes/row', 'feedback/row', 'more/row'])).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });

  it('can be done again and again, with the same bytes each time', async () => {
    const grow = async (name: string): Promise<Buffer> => {
      const path = await sampleFile(name);
      for (let i = 0; i < 12; i++) await appendGroups(path, async (root) => addGroup(root, `g${i}`, i));
      return readFileSync(path);
    };
    const first = await grow('first.nc');
    expect((await grow('second.nc')).equals(first)).toBe(true);
    expect(readNames(at('first.nc'), '/')).toEqual(
      expect.arrayContaining(['codes', ...Array.from({ length: 12 }, (_, i) => `g${i}`)]),
    );
    expect(readVariables(at('first.nc'), ['g7/v'])['g7/v']?.shape).toEqual([7]);
  });

  it('refuses a name that is there, and leaves the file as it was when building fails', async () => {
    mkdirSync(at('refused'));
    const path = await sampleFile('refused/file.nc');
    const before = readFileSync(path);
    await expect(appendGroups(path, async (root) => void root.group('codes'))).rejects.toMatchObject({
      code: 'NETCDF_DUPLICATE',
      message: '/codes: the name is taken',
    });
    await expect(appendGroups(path, async (root) => void root.group('width'))).rejects.toThrow('/width');
    const fault = new Error('no more input');
    await expect(
      appendGroups(path, async (root) => {
        addGroup(root, 'feedback');
        throw fault;
      }),
    ).rejects.toBe(fault);
    await expect(
      appendGroups(path, async (root) => {
        root.group('feedback').variable('v', 'int', ['width']);
      }),
    ).rejects.toBeInstanceOf(HarvestError);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(at('refused'))).toEqual(['file.nc']);
  });

  it('refuses a damaged file, a file of another kind, and one that is not there', async () => {
    mkdirSync(at('damaged'));
    const path = await sampleFile('damaged/file.nc');
    const bytes = readFileSync(path);
    bytes[bytes.readUInt32LE(36) + 20] = 0xff;
    writeFileSync(path, bytes);
    const nothing = async (): Promise<void> => {};
    await expect(appendGroups(path, nothing)).rejects.toMatchObject({ code: 'NETCDF_STRUCTURE' });
    const other = new File(at('damaged/other.h5'), 'w');
    other.create_group('g');
    other.close();
    await expect(appendGroups(at('damaged/other.h5'), nothing)).rejects.toBeInstanceOf(InputError);
    await expect(appendGroups(at('damaged/absent.nc'), nothing)).rejects.toBeInstanceOf(StorageError);
    expect(readdirSync(at('damaged')).sort()).toEqual(['file.nc', 'other.h5']);
  });

  it('every call failing in turn leaves the old file and nothing else', async () => {
    mkdirSync(at('turns'));
    const path = await sampleFile('turns/file.nc');
    const before = readFileSync(path);
    const append = async (failAt: number): Promise<{ calls: string[]; error: unknown }> => {
      const { open, calls } = failingOpen(failAt, 'EIO');
      try {
        await appendWith(open, path, async (root) => addGroup(root, 'feedback'), {});
        return { calls, error: undefined };
      } catch (error) {
        return { calls, error };
      }
    };
    const { calls } = await append(Infinity);
    expect(calls).toEqual(['open', 'write', 'write', 'sync', 'close', 'open', 'sync', 'close']);
    for (let failAt = 0; failAt < 5; failAt++) {
      writeFileSync(path, before);
      const { error } = await append(failAt);
      expect(error, `call ${failAt}`).toMatchObject({ code: 'EIO' });
      expect(readFileSync(path).equals(before), `call ${failAt}`).toBe(true);
      expect(readdirSync(at('turns'))).toEqual(['file.nc']);
    }
  });
});
