import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoolInputs } from '../../src/run/spool.js';
import { temporaryFolder } from './station-file.js';

const folder = temporaryFolder();

describe('spoolInputs', () => {
  it('leaves files, folders, patterns and what is missing as they are, and makes nothing', async () => {
    mkdirSync(join(folder, 'sub'));
    await writeFile(join(folder, 'file'), 'x');
    const paths = [join(folder, 'file'), join(folder, 'sub'), join(folder, '*.zip'), join(folder, 'missing')];
    const inputs = await spoolInputs(paths);
    expect(inputs.paths).toEqual(paths);
    await inputs.remove();
    expect(existsSync(join(folder, 'file'))).toBe(true);
  });

  it('copies a pipe, so that it can be read again, and removes the copy', async () => {
    const pipe = join(folder, 'pipe.txt');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const [inputs] = await Promise.all([
      spoolInputs([join(folder, 'file'), pipe]),
      writeFile(pipe, 'content'),
    ]);
    const [file, copy = ''] = inputs.paths;
    expect(file).toBe(join(folder, 'file'));
    expect(copy).toMatch(/1-pipe\.txt$/);
    expect(readFileSync(copy, 'utf8')).toBe('content');
    expect(readFileSync(copy, 'utf8')).toBe('content');
    await inputs.remove();
    expect(existsSync(copy)).toBe(false);
  });

  it('takes standard input once only', async () => {
    await expect(spoolInputs(['-', 'x', '-'])).rejects.toMatchObject({ code: 'STDIN_TWICE' });
  });
});
