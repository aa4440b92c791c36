import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { StorageError } from '../../src/errors.js';
import { createNetcdf, type NetcdfFile } from '../../src/netcdf4/index.js';
import { createWith } from '../../src/netcdf4/write/file.js';
import { corruptingOpen, failingOpen, slowOpen } from './failing.js';
import { temporaryFolder } from './oracle.js';
import { fillSample } from './sample.js';

const at = temporaryFolder();

function freshFolder(name: string): string {
  mkdirSync(at(name));
  return at(name);
}

describe('bytes of a file', () => {
  it('are the same on every run, whatever the timing, the waiting and the size of writes', async () => {
    const paths = ['once.nc', 'again.nc', 'slow.nc', 'eager.nc', 'small.nc'].map(at);
    const [once, again, slow, eager, small] = paths as [string, string, string, string, string];
    let state = 7;
    const random = (): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return state % 8;
    };
    const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, random()));
    for (const path of [once, again]) {
      const file = await createNetcdf(path);
      await fillSample(file);
      await file.close();
    }
    const slowFile = await createWith(slowOpen(random), slow, {});
    await fillSample(slowFile, wait);
    await slowFile.close();
    const eagerFile = await createNetcdf(eager, { maxPendingBytes: 1 });
    await fillSample(eagerFile, () => eagerFile.ready());
    await eagerFile.close();
    const smallFile = await createWith(
      slowOpen(() => 0, 4093),
      small,
      {},
    );
    await fillSample(smallFile);
    await smallFile.close();
    const expected = readFileSync(once);
    expect(expected.length).toBeGreaterThan(50_000);
    for (const path of paths) expect(readFileSync(path).equals(expected), path).toBe(true);
  });
});

describe('errors of the operating system', () => {
  it('known fault: files opened at their final path. Every call failing in turn: the error surfaces, nothing is left, the old file stays', async () => {
    const folder = freshFolder('turns');
    const path = `${folder}/file.nc`;
    const write = async (failAt: number): Promise<{ calls: string[]; error: unknown }> => {
      const { open, calls } = failingOpen(failAt);
      let file: NetcdfFile | undefined;
      try {
        const started = await createWith(open, path, {});
        file = started;
        await fillSample(started, () => started.ready());
        await started.close();
        return { calls, error: undefined };
      } catch (error) {
        await file?.abort();
        return { calls, error };
      }
    };
    writeFileSync(path, 'old');
    const { calls } = await write(Infinity);
    expect(calls.filter((call) => call === 'write').length).toBeGreaterThan(2);
    expect(calls.slice(-6)).toEqual(['write', 'sync', 'close', 'open', 'sync', 'close']);
    const published = calls.length - 3;
    for (let failAt = 0; failAt < calls.length; failAt++) {
      writeFileSync(path, 'old');
      const { error } = await write(failAt);
      expect(error, `call ${failAt}`).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ code: 'ENOSPC', cause: { code: 'ENOSPC' } });
      expect(readdirSync(folder)).toEqual(['file.nc']);
      // Only the fsync of the folder comes after the rename; by then the file is whole.
      const isOld = readFileSync(path).toString('latin1', 0, 3) === 'old';
      expect(isOld, `call ${failAt}`).toBe(failAt < published);
    }
  });

  it('a failed file refuses everything and can be aborted', async () => {
    const folder = freshFolder('failed');
    const { open } = failingOpen(1, 'EIO');
    const file = await createWith(open, `${folder}/file.nc`, { deflateLevel: 0, maxPendingBytes: 1 });
    file.root.dimension('row');
    const variable = file.root.variable('v', 'double', ['row']);
    variable.append(Float64Array.from({ length: 500_000 }, (_, i) => i));
    await expect(file.ready()).rejects.toMatchObject({ code: 'EIO' });
    expect(readdirSync(folder)).toEqual([]);
    expect(() => variable.append(Float64Array.of(1))).toThrow(StorageError);
    await expect(file.close()).rejects.toBeInstanceOf(StorageError);
    await file.abort();
    await file.abort();
  });

  it('a file that does not read back as it was written is not published', async () => {
    const folder = freshFolder('corrupt');
    const { bytes } = await createNetcdf(`${folder}/good.nc`).then((file) => file.close());
    const file = await createWith(corruptingOpen(bytes - 10), `${folder}/file.nc`, {});
    await expect(file.close()).rejects.toMatchObject({ code: 'NETCDF_STRUCTURE' });
    expect(readdirSync(folder)).toEqual(['good.nc']);
  });

  it('a folder that is not there and a name that is a folder are storage errors', async () => {
    await expect(createNetcdf(at('absent/file.nc'))).rejects.toMatchObject({ code: 'ENOENT' });
    const folder = freshFolder('taken');
    mkdirSync(`${folder}/file.nc`);
    const file = await createNetcdf(`${folder}/file.nc`);
    await expect(file.close()).rejects.toBeInstanceOf(StorageError);
    expect(readdirSync(folder)).toEqual(['file.nc']);
  });
});

describe('the temporary file', () => {
  it('stands in the target folder under a hidden name, differs for two writers, and goes with abort', async () => {
    const folder = freshFolder('temporary');
    const files = [await createNetcdf(`${folder}/a.nc`), await createNetcdf(`${folder}/a.nc`)];
    const names = readdirSync(folder);
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^\..+\.tmp$/);
    expect(files.map((file) => file.temporaryPath).sort()).toEqual(
      names.map((name) => `${folder}/${name}`).sort(),
    );
    await files[0]?.abort();
    expect(readdirSync(folder)).toEqual([files[1]?.temporaryPath.slice(folder.length + 1)]);
    await files[1]?.close();
    expect(readdirSync(folder)).toEqual(['a.nc']);
  });

  it('is all that a killed process leaves', async () => {
    const folder = freshFolder('killed');
    const program = `
      import { createNetcdf } from ${JSON.stringify(new URL('../../src/netcdf4/index.ts', import.meta.url).href)};
      const file = await createNetcdf(${JSON.stringify(`${folder}/file.nc`)}, { deflateLevel: 0 });
      file.root.dimension('row');
      const variable = file.root.variable('v', 'int', ['row']);
      for (let i = 0; ; i++) {
        variable.append(Int32Array.from({ length: 65536 }, (_, k) => i + k));
        await file.ready();
        if (i === 40) console.log('writing');
      }`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const names = readdirSync(folder);
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(/^\.file\.nc\..+\.tmp$/);
    // Without its superblock no reader takes it for a file.
    expect(readFileSync(`${folder}/${names[0]}`).subarray(0, 8)).toEqual(Buffer.alloc(8));
  });
});
