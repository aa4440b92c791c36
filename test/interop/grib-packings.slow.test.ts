/** Messages that ecCodes writes here and now, in many packings and widths, against what ecCodes reads back. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { DecodeRoom, decode } from '../../src/grib/decode.js';
import { scanAll } from '../support/grib-reading.js';

const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('grib_packings.py', import.meta.url));
const absent = spawnSync(PYTHON, ['-c', 'import eccodes, numpy']).status !== 0;
const title = `GRIB packings of ecCodes${absent ? ' (skipped: ecCodes for Python is not installed)' : ''}`;

interface Made {
  readonly file: string;
  readonly what: string;
}

describe.skipIf(absent)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'grib-packings-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are read as ecCodes reads them', async () => {
    const { stdout, status } = spawnSync(PYTHON, [SCRIPT, folder], { maxBuffer: 2 ** 26, encoding: 'utf8' });
    expect(status).toBe(0);
    const made = JSON.parse(stdout) as Made[];
    expect(made.length).toBeGreaterThan(1000);
    const room = new DecodeRoom();
    const faults: string[] = [];
    for (const { file, what } of made) {
      const { fields } = await scanAll(readFileSync(join(folder, `${file}.grib`)));
      const wanted = doubles(readFileSync(join(folder, `${file}.f64`)));
      try {
        const { values } = await decode(fields[0]!, room);
        const fault = firstDifference(values, wanted, what.includes('logarithms'));
        if (fault !== null) faults.push(`${file} ${what}: ${fault}`);
      } catch (error) {
        faults.push(`${file} ${what}: ${String(error)}`);
      }
    }
    expect(faults).toEqual([]);
  });
});

function doubles(bytes: Buffer): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}

/** The first value that is not the one of ecCodes, in words. */
function firstDifference(values: Float64Array, wanted: Float64Array, isLogarithm: boolean): string | null {
  if (values.length !== wanted.length) return `${values.length} values, not ${wanted.length}`;
  const most = wanted.reduce((size, value) => Math.max(size, Math.abs(value) || 0), 0);
  for (const [i, value] of values.entries()) {
    const other = wanted[i]!;
    if (Number.isNaN(value) && Number.isNaN(other)) continue;
    const tolerance = isLogarithm ? most * 1e-14 : Math.abs(other) * 1e-15;
    if (!(Math.abs(value - other) <= tolerance)) return `${value} at ${i}, not ${other}`;
  }
  return null;
}
