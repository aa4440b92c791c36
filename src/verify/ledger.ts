/** Where a file belongs: the work folder that it lies in, and what the ledger there says of it. */
import { basename, dirname, join, resolve } from 'node:path';
import { hashFile } from '../fetch/identity.js';
import { isThere } from '../folder.js';
import { type LedgerView, readLedger } from '../run/ledger/ledger.js';
import { stationKey } from '../run/stations.js';
import type { FileView } from './file-view.js';

/** The work folder of a file in `<workdir>/output/<dataset>/`; undefined where there is no ledger beside `output`. */
export async function workFolderOf(path: string): Promise<string | undefined> {
  const workdir = dirname(dirname(dirname(resolve(path))));
  return (await isThere(join(workdir, 'ledger'))) ? workdir : undefined;
}

/** Reads the ledgers of work folders, each once. */
export interface LedgerFinder {
  open(workdir: string): Promise<LedgerView>;
}

export function createLedgerFinder(): LedgerFinder {
  const known = new Map<string, Promise<LedgerView>>();
  return {
    open(workdir) {
      const ledger = known.get(workdir) ?? readLedger(join(workdir, 'ledger'));
      known.set(workdir, ledger);
      return ledger;
    },
  };
}

/** Size and checksum of the file against what the ledger took down when it was published. */
export async function checkLedger(
  { path, findings, contents }: Pick<FileView, 'path' | 'findings'> & { contents: { bytes: number } },
  workdir: string,
  finder: LedgerFinder,
  signal: AbortSignal | undefined,
): Promise<void> {
  const name = basename(path);
  const folder = dirname(resolve(path));
  const output = dirname(folder);
  const ledger = await finder.open(workdir);
  for (const [key, record] of ledger.entries('station')) {
    const published = record.files.find((file) => file.name === name);
    if (published === undefined || record.dataset !== basename(folder)) continue;
    if (key !== stationKey(record.dataset, workdir, output, record.station)) continue;
    if (published.bytes !== contents.bytes)
      findings.add('ledger', {}, () => `${contents.bytes} bytes, ${published.bytes} when it was published`);
    else if ((await hashFile(path, signal)).sha256 !== published.sha256)
      findings.add('ledger', {}, () => 'the sha256 is not that of the file that was published');
    return;
  }
  findings.note(`the ledger of ${workdir} does not know the file: its checksum was not compared`);
}
