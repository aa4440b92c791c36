/** The files that an export leaves: complete, or not at all. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../cli/workspace.js';
import { mountTmpfs, TMPFS_ABSENT, unmountTmpfs } from '../faults/tmpfs.js';
import { demoOutputs } from '../support/demo/outputs.js';
import { exported } from './exports.js';

const MKFIFO = 'mkfifo';
const space = createWorkspace();
let file = '';
let large = '';
beforeAll(async () => {
  file = join(await demoOutputs(), 'output', 'igra2', '0-20000-0-99003_igra2_harvested.nc');
  large = file.replace('99003', '99001');
});

describe('an output', () => {
  it('in a folder that is not there is a storage error', async () => {
    await expect(exported([file], space.path('no-folder', 'x.csv'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('that is a named pipe is written to, and stays one', async () => {
    const pipe = space.path('pipe.csv');
    spawnSync(MKFIFO, [pipe]);
    const reader = readFile(pipe);
    await exported([file], pipe);
    const csv = space.path('file.csv');
    await exported([file], csv, { units: 'none' });
    expect((await reader).equals(readFileSync(csv))).toBe(true);
    expect(statSync(pipe).isFIFO()).toBe(true);
    expect(readdirSync(space.folder).filter((name) => name.startsWith('pipe'))).toEqual(['pipe.csv']);
  });

  it('is compressed where its name says so', async () => {
    const csv = space.path('plain.csv');
    await exported([file], csv, { units: 'none' });
    await exported([file], space.path('packed.csv.gz'));
    expect(gunzipSync(readFileSync(space.path('packed.csv.gz'))).equals(readFileSync(csv))).toBe(true);
  });
});

describe.skipIf(TMPFS_ABSENT !== null)(
  `a full disk (${TMPFS_ABSENT ?? 'a small one can be mounted'})`,
  () => {
    it.each(['parquet', 'arrow', 'csv', 'csv.gz'])(
      'keeps the old file, removes the new one: %s',
      async (extension) => {
        const folder = mountTmpfs(8);
        try {
          const path = join(folder, `x.${extension}`);
          writeFileSync(path, 'old');
          const units = extension.startsWith('csv') ? { units: 'none' as const } : {};
          await expect(exported([large], path, units)).rejects.toMatchObject({
            code: 'ENOSPC',
            name: 'StorageError',
          });
          expect(readdirSync(folder)).toEqual([`x.${extension}`]);
          expect(readFileSync(path, 'utf8')).toBe('old');
        } finally {
          unmountTmpfs(folder);
        }
      },
    );
  },
);
