/** Each fault in a copy of its own, so that none is found only because of another one. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf } from './copies.js';
import { FAULTS } from './faults/index.js';
import { harvestSmall, verifierOf } from './planted.js';

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'verify-each-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files: { igra2: string; era5: string };
beforeAll(async () => {
  files = await harvestSmall(folder);
});

const verify = verifierOf();

describe('verify finds a fault by itself', () => {
  it.each(FAULTS.map((fault, n) => ({ ...fault, n })))('$what', async ({ n, change, found, ...fault }) => {
    const { findings } = await verify(await copyOf(folder, files[fault.in], n, change));
    expect(findings).toContainEqual(expect.objectContaining(found));
  });
});
