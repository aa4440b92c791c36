/** Where a file belongs: the work folder that it lies in, and what the ledger there says of it. */
import { basename, dirname, join, resolve } from 'node:path';
import { isThere } from '../disk/folder.js';
import { hashFile } from '../fetch/identity.js';
import { type LedgerView, readLedger } from '../run/ledger/ledger.js';
import type { PublishedFile } from '../run/ledger/records.js';
import { stationKey } from '../run/stations.js';
import type { FileView } from './file-view.js';

/** The work folder of a file in `<workdir>/output/<dataset>/`; undefined where there is no ledger beside `output`. */
export async function workFolderOf(path: string): Promise<string | undefined> {
  const workdir = dirname(dirname(dirname(resolve(path))));
  return (await isThere(join(workdir, 'ledger'))) ? workdir : undefined;
}

/** Reads the ledgers of work folders. */
export interface LedgerFinder {
  /** As it was when it was first asked for, or as it is now: a harvest may be under way. */
  open(workdir: string, now: boolean): Promise<LedgerView>;
}

export function createLedgerFinder(): LedgerFinder {
  const known = new Map<string, Promise<LedgerView>>();
  return {
    open(workdir, now) {
      const ledger = (now ? undefined : known.get(workdir)) ?? readLedger(join(workdir, 'ledger'));
      known.set(workdir, ledger);
      return ledger;
    },
  };
}

/** Size and checksum of the file against what the ledger took down when it was published. */
export async function checkLedger(
  { path, findings }: Pick<FileView, 'path' | 'findings'>,
  workdir: string,
  finder: LedgerFinder,
  signal: AbortSignal | undefined,
): Promise<void> {
  let found: PublishedFile | undefined;
  let fault: string | undefined;
  // A file that was published since the ledger was read is no other one than it says.
  for (const now of [false, true]) {
    found = publishedIn(await finder.open(workdir, now), path, workdir);
    fault = found === undefined ? undefined : differenceOf(found, await hashFile(path, signal));
    if (found !== undefined && fault === undefined) return;
  }
  if (found === undefined)
    findings.note(`the ledger of ${workdir} does not know the file: its checksum was not compared`);
  else findings.add('ledger', {}, () => fault ?? '');
}

/** What the ledger says of the file at `path`. */
function publishedIn(ledger: LedgerView, path: string, workdir: string): PublishedFile | undefined {
  const name = basename(path);
  const folder = dirname(resolve(path));
  const output = dirname(folder);
  for (const [key, record] of ledger.entries('station')) {
    if (key !== stationKey(basename(folder), workdir, output, record.station)) continue;
    const published = record.files.find((file) => file.name === name);
    if (published !== undefined) return published;
  }
  return undefined;
}

function differenceOf(
  published: PublishedFile,
  { bytes, sha256 }: { bytes: number; sha256: string },
): string | undefined {
  if (bytes !== published.bytes) return `${bytes} bytes, ${published.bytes} when it was published`;
  return sha256 === published.sha256 ? undefined : 'the sha256 is not that of the file that was published';
}
