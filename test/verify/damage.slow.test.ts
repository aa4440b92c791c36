/** More flipped bits than the suite has time for. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MATRIX_FACTOR, sayCases } from '../support/matrix.js';
import { type Section, type Sections, sectionsOf, unseenFlips } from './flips.js';
import { harvestSmall } from './planted.js';

const FLIPS = 100 * MATRIX_FACTOR;
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'verify-flips-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let path: string;
let sections: Sections;
beforeAll(async () => {
  const original = (await harvestSmall(folder)).era5;
  sections = await sectionsOf(original);
  path = join(folder, 'alone', basename(original));
  mkdirSync(dirname(path));
});

/** How many of the flips may go unseen without a ledger: see docs/verify.md. */
const UNSEEN: readonly (readonly [Section, number])[] = [
  ['superblock', 0],
  ['object headers', 0],
  ['chunk indexes', 0],
  ['heap', 0],
  ['compressed values', 0.05],
  ['plain values', 0.9],
];

describe('flipped bits', () => {
  it.each(UNSEEN)('in %s', { timeout: 600_000 }, async (section, share) => {
    const unseen = await unseenFlips(sections, section, FLIPS, path);
    sayCases(`flipped bits in ${section}`, FLIPS, `${unseen.length} not seen without a ledger`);
    expect(unseen.length, unseen.join()).toBeLessThanOrEqual(share * FLIPS);
  });
});
