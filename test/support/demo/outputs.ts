/**
 * The demo archives and what a harvest makes of them, for tests that look at outputs: made once for a state of the code, in a cache
 * folder, and shared by all test processes. Nobody may change what is there: copy what is to be changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesBelow, ROOT } from '../../cli/built.js';

const ONE_DAY_MS = 86_400_000;
/** Longer than the making takes on the slowest machine: whoever held the lock is gone. */
const STALE_MS = 180_000;

/** What decides the bytes. */
const INPUTS = ['src', 'sources', 'cdm-tables/bundled', 'cdm-tables/extensions', 'test/support'];

/**
 * A work folder: `sources/<dataset>/` with the archives, `output/<dataset>/` with the station files, `output/reports/`, and the
 * ledger. `date_created` is that of the archive files.
 */
export async function demoOutputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap((folder) => filesBelow(join(ROOT, folder))))
    if (!path.includes('/cache/')) hash.update(path).update(readFileSync(path));
  const cache = join(ROOT, 'node_modules', '.cache', 'harvest-demo');
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  mkdirSync(cache, { recursive: true });
  const lock = `${folder}.lock`;
  // The run reports name the outputs where they were made: no making elsewhere and renaming.
  const done = join(folder, 'done');
  while (!existsSync(done)) {
    if (take(lock)) {
      try {
        if (!existsSync(done)) await make(cache, folder);
        writeFileSync(done, '');
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
    } else await sleep(100);
  }
  return folder;
}

/** True for the one process that makes the outputs. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    try {
      if (Date.now() - statSync(lock).mtimeMs > STALE_MS) rmSync(lock, { recursive: true, force: true });
    } catch {
      // Its holder has just removed it.
    }
    return false;
  }
}

async function make(cache: string, workdir: string): Promise<void> {
  for (const name of readdirSync(cache)) {
    const old = join(cache, name);
    if (Date.now() - statSync(old).mtimeMs > ONE_DAY_MS) rmSync(old, { recursive: true, force: true });
  }
  rmSync(workdir, { recursive: true, force: true });
  // Most often the outputs are there: their makers take as long to load as many a test.
  const [{ writeDemoArchives }, { harvestQuietly }] = await Promise.all([
    import('./archive.js'),
    import('./harvest.js'),
  ]);
  const { others } = await writeDemoArchives(join(workdir, 'sources'));
  for (const source of ['igra2', ...others.map(({ id }) => id)]) {
    const report = await harvestQuietly({ source, workdir, input: [], output: join(workdir, 'output') });
    const failed = report.stations.filter(({ state }) => state !== 'done');
    if (failed.length > 0 || report.refused.length > 0)
      throw new Error(`the demo archive of ${source} is not harvested as a whole`);
  }
}
