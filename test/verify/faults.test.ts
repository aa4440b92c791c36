import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, packed } from './copies.js';
import { FAULTS } from './faults/index.js';
import { harvestSmall, verifierOf } from './planted.js';

/** In memory where there is such a folder: every copy is synchronised with the disk. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'verify-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: { igra2: string; era5: string };
beforeAll(async () => {
  files = await harvestSmall(folder);
});

const verify = verifierOf({ limit: 1000 });
const PACKS = packed(FAULTS).map(({ faults, change }, n) => ({
  what: faults.map(({ what }) => what).join('; '),
  n,
  faults,
  change,
}));

describe('verify finds planted faults', () => {
  it('and none where nothing is changed', async () => {
    for (const [n, path] of [files.igra2, files.era5].entries()) {
      const { findings, rows } = await verify(await copyOf(folder, path, 1000 + n, {}));
      expect(findings).toEqual([]);
      expect(rows).toBeGreaterThan(250);
    }
  });

  it('of which there are at least forty, none of them twice', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(FAULTS.map(({ what }) => what)).size).toBe(FAULTS.length);
  });

  it.each(PACKS)('$what', async ({ n, faults, change }) => {
    const [{ in: file } = { in: 'igra2' as const }] = faults;
    const { findings } = await verify(await copyOf(folder, files[file], n, change));
    for (const { what, found } of faults)
      expect(findings, what).toContainEqual(expect.objectContaining(found));
  });
});
