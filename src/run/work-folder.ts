/** The folders of a run: where they are, that nobody else writes into them, and that nothing of an abrupt end stays in them. */
import { rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isThere, makeFolder } from '../disk/folder.js';
import { stationFileName } from '../output/index.js';
import type { Source } from '../sources/source.js';
import { type Ledger, openLedger } from './ledger/ledger.js';
import { acquireLock, type Lock } from './lock/lock.js';
import type { HarvestOptions } from './options.js';
import type { Plan } from './plan.js';
import { nameOf } from './shard.js';
import { sweepOutputs, sweepReports } from './sweep.js';

/** Where a run reads and writes. */
export interface Place {
  downloads: string;
  ledger: string;
  /** Of the dataset's station files. */
  outputs: string;
  reports: string;
}

export function placeOf(source: Source, { workdir, output }: HarvestOptions): Place {
  return {
    downloads: join(workdir, 'sources', source.id),
    ledger: resolve(workdir, 'ledger'),
    outputs: resolve(output, source.id),
    reports: resolve(output, 'reports'),
  };
}

/**
 * Does `work` with the ledger, while nobody else has the work folder, or this shard of it, and the folder of the outputs.
 *
 * @throws LockError, StorageError, and what `work` throws
 */
export async function withWorkFolder<T>(
  place: Place,
  { shard, workdir }: HarvestOptions,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const scope = shard === null ? 'main' : nameOf(shard);
  // One writer per work folder, and one per folder of outputs, whichever way leads to it.
  const locks: Lock[] = [];
  let madeOutputs = false;
  try {
    await makeFolder(place.ledger, 'folder of the ledger');
    locks.push(await acquireLock(place.ledger, { scope, what: `the work folder ${workdir}` }));
    madeOutputs = !(await isThere(place.outputs));
    await makeFolder(place.outputs, 'output folder');
    locks.push(await acquireLock(place.outputs, { scope, what: `the output folder ${place.outputs}` }));
    const ledger = await openLedger(place.ledger, scope);
    try {
      return await work(ledger);
    } finally {
      await ledger.close();
    }
  } finally {
    for (const lock of locks.reverse()) await lock.release();
    // Made for the lock alone where nothing was harvested; a folder that holds anything stays.
    if (madeOutputs && shard === null) await rmdir(place.outputs).catch(() => undefined);
  }
}

/** Removes the temporary files of stations and reports that this run alone may be writing. */
export async function sweep(
  place: Place,
  source: Source,
  { stations }: Plan,
  { shard }: HarvestOptions,
): Promise<void> {
  await sweepReports(place.reports, source.id, shard);
  if (shard === null) {
    await sweepOutputs(place.outputs, () => true);
    return;
  }
  const mine = stations.map(({ id }) =>
    stationFileName(source.identify(id).primaryId, source.id).replace(/\.nc$/, ''),
  );
  const names = new Set(mine);
  await sweepOutputs(place.outputs, (name) => names.has(name.replace(/(?:_\d{4})?\.nc$/, '')));
}
