/** What an abrupt end leaves behind, temporary files beside the outputs, is removed by the next run. */
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PublishedFile } from './ledger/records.js';
import { processState } from './lock/holder.js';
import { nameOf, type Shard } from './shard.js';
import { intactFiles } from './task.js';

/** `.<name>.<pid>.<12 hexadecimal digits>.tmp`, of sorting `.sort.tmp`: the names of `netcdf4/` and of `station.ts`. */
const TEMPORARY = /^\.(.+)\.\d+\.[0-9a-f]{12}(?:\.sort)?\.tmp$/;
/** Copies of standard input (`spool.ts`) and what a dry run sorts (`station.ts`): `harvest-<pid>-<random>`. */
const SPOOL = /^harvest-(\d+)-[A-Za-z0-9]{6}$/;
/**
 * Removes temporary files in the folder of a dataset's outputs, whose lock is held: nobody else can be writing them. What cannot be
 * removed stays; it is in nobody's way.
 *
 * @param isMine whether the temporary file of this final name is of this run's stations; a shard sweeps its own
 */
export async function sweepOutputs(folder: string, isMine: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const final = TEMPORARY.exec(name)?.[1];
    if (final !== undefined && isMine(final)) await remove(join(folder, name));
  }
}

/** Removes what was left of storing reports of this dataset, of the whole or of the shard. */
export async function sweepReports(folder: string, dataset: string, shard: Shard | null): Promise<void> {
  const scope = shard === null ? '(?:-shard-\\d+-of-\\d+)?(?:-merged)?' : `-${nameOf(shard)}`;
  const mine = new RegExp(`^\\.\\d{8}T\\d{6}Z-${dataset}${scope}(?:-\\d+)?\\.json\\.tmp$`);
  for (const name of await readdir(folder).catch(() => []))
    if (mine.test(name)) await remove(join(folder, name));
}

/** Removes from the folder for temporary files what belonged to processes that are gone. */
export async function sweepSpools(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const [, pid] = SPOOL.exec(name) ?? [];
    if (pid !== undefined && !(await processState(Number(pid))).exists) await remove(join(tmpdir(), name));
  }
}

/** Removes files that an earlier harvest of a station wrote and the new one does not, where they are still what was written. */
export async function removeObsolete(folder: string, files: readonly PublishedFile[]): Promise<void> {
  for (const file of files)
    if ((await intactFiles(folder, [file])) !== null) await remove(join(folder, file.name));
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
