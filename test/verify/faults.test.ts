import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewriteStation } from '../support/station-rewrite.js';
import { FAULTS } from './faults.js';
import { harvestSmall, verifierOf } from './planted.js';

const folder = mkdtempSync(join(tmpdir(), 'verify-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: { igra2: string; era5: string };
beforeAll(async () => {
  files = await harvestSmall(folder);
});

const verify = verifierOf();

/** A copy under the name of the file, for the name tells the station. */
async function copyOf(
  path: string,
  n: number,
  change: Parameters<typeof rewriteStation>[2],
): Promise<string> {
  const at = join(folder, `copy-${n}`);
  mkdirSync(at);
  const copy = join(at, basename(path));
  await rewriteStation(path, copy, change);
  return copy;
}

describe('verify finds planted faults', () => {
  it('and none where nothing is changed', async () => {
    for (const [n, path] of [files.igra2, files.era5].entries()) {
      const { findings, rows } = await verify(await copyOf(path, 1000 + n, {}));
      expect(findings).toEqual([]);
      expect(rows).toBeGreaterThan(250);
    }
  });

  it('of which there are at least forty', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(FAULTS.map(({ what }) => what)).size).toBe(FAULTS.length);
  });

  it.each(FAULTS.map((fault, n) => [fault.what, n, fault] as const))('%s', async (_what, n, fault) => {
    const { findings } = await verify(await copyOf(files[fault.in], n, fault.change));
    expect(findings).toContainEqual(expect.objectContaining(fault.found));
  });
});
