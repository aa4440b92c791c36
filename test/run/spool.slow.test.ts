import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoolInputs } from '../../src/run/spool.js';
import { temporaryFolder } from './station-file.js';

const folder = temporaryFolder();

describe('spoolInputs', () => {
  it('ends a stream that is zeros from some place on, and says so', async () => {
    const pipe = join(folder, 'endless.txt');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const data = `${'x'.repeat(1000)}\n`;
    const source = spawn('sh', ['-c', '(printf %s "$1"; exec cat /dev/zero) > "$0" 2>/dev/null', pipe, data]);
    const inputs = await spoolInputs([pipe], { isWanted: async () => true });
    await once(source, 'exit');
    const size = statSync(inputs.paths[0] ?? '').size;
    expect(size).toBeGreaterThan(2 ** 28);
    expect(size).toBeLessThan(2 ** 28 + 2 ** 21);
    expect(inputs.warnings).toEqual([
      expect.stringMatching(
        /^0-endless\.txt was read no further than \d+ bytes of zeros and blanks in a row$/,
      ),
    ]);
    await inputs.remove();
  });
});
