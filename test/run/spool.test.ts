import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/records/input.js';
import { spoolInputs } from '../../src/run/spool.js';
import { SEARCH_LENGTH } from '../../src/sources/beginning.js';
import { temporaryFolder } from './station-file.js';

const folder = temporaryFolder();

const spool = (
  paths: readonly string[],
  isWanted: (beginning: InputFile) => Promise<boolean> = async () => true,
) => spoolInputs(paths, { isWanted });

describe('spoolInputs', () => {
  it('leaves files, folders, patterns and what is missing as they are, and makes nothing', async () => {
    mkdirSync(join(folder, 'sub'));
    await writeFile(join(folder, 'file'), 'x');
    const paths = [join(folder, 'file'), join(folder, 'sub'), join(folder, '*.zip'), join(folder, 'missing')];
    const inputs = await spool(paths);
    expect(inputs.paths).toEqual(paths);
    await inputs.remove();
    expect(existsSync(join(folder, 'file'))).toBe(true);
  });

  it('copies a pipe, so that it can be read again, and removes the copy', async () => {
    const pipe = join(folder, 'pipe.txt');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const [inputs] = await Promise.all([spool([join(folder, 'file'), pipe]), writeFile(pipe, 'content')]);
    const [file, copy = ''] = inputs.paths;
    expect(file).toBe(join(folder, 'file'));
    expect(copy).toMatch(/1-pipe\.txt$/);
    expect(readFileSync(copy, 'utf8')).toBe('content');
    expect(readFileSync(copy, 'utf8')).toBe('content');
    await inputs.remove();
    expect(existsSync(copy)).toBe(false);
  });

  it('copies no more than the first 16 MiB of what never ends and is not wanted', async () => {
    const asked: number[] = [];
    const inputs = await spool(['/dev/zero'], async (beginning) => {
      for await (const chunk of beginning.chunks()) asked.push(chunk.length);
      return false;
    });
    expect(asked.reduce((sum, length) => sum + length, 0)).toBe(SEARCH_LENGTH);
    expect(statSync(inputs.paths[0] ?? '').size).toBe(SEARCH_LENGTH);
    await inputs.remove();
  });

  it('takes standard input once only', async () => {
    await expect(spool(['-', 'x', '-'])).rejects.toMatchObject({ code: 'STDIN_TWICE' });
  });
});
