/**
 * What a work folder remembers from run to run: which inputs it has seen, what was downloaded, and what each station's
 * outputs were made of, so that a station is harvested again exactly when something that decides its outputs has changed.
 * Each writer appends to a journal of its own, so that shards on several machines need nothing but a shared folder;
 * reading joins all journals of the folder, and the main run takes the shards' journals into its own.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncFolder } from '../../disk/folder.js';
import { asStorageError, isSystemError } from '../../errors.js';
import { type Journal, loadJournal, openJournal } from './journal.js';
import type { JournalEntry } from './line.js';
import { isLedgerKind, type LedgerKind, type LedgerKinds, RECORD_CHECKS } from './records.js';

/** What can be asked of a ledger. Values are shared: do not change them. */
export interface LedgerView {
  get<K extends LedgerKind>(kind: K, key: string): LedgerKinds[K] | undefined;
  /** All records of a kind, in no order that means anything. */
  entries<K extends LedgerKind>(kind: K): IterableIterator<[string, LedgerKinds[K]]>;
  /**
   * Lines that could not be used when the journals were read: torn by an abrupt end, damaged, or not of the expected
   * shape. What they said is harvested or read again.
   */
  readonly damagedLines: number;
}

/** A ledger that is open for writing. Calls may overlap: they take effect in their order. */
export interface Ledger extends LedgerView {
  /**
   * Sets a record. `get` gives it, as the next run will read it, once the promise resolves.
   * @param options.durable default false: on the disk with the next durable put, `flush` or `close`, else when the promise
   *   resolves
   * @throws StorageError where the disk refuses: the record is not set, and the ledger stays usable. TypeError for a value
   *   that is not of its kind, RangeError for one of more than 16 MiB
   */
  put<K extends LedgerKind>(
    kind: K,
    key: string,
    value: LedgerKinds[K],
    options?: { durable?: boolean },
  ): Promise<void>;
  /** Removes a record, as lasting as a put that is not durable. @throws StorageError */
  remove(kind: LedgerKind, key: string): Promise<void>;
  /** All puts and removals are on the disk when it resolves. @throws StorageError */
  flush(): Promise<void>;
  /** Flushes; nothing can be put any more. @throws StorageError */
  close(): Promise<void>;
}

const MAIN = 'main';
const WRITER = /^(?:main|shard-[1-9]\d*-of-[1-9]\d*)$/;
const SUFFIX = '.journal';

/**
 * Opens the ledger of a work folder for one writer, which holds the lock of that name. The folder is made where it is
 * missing. What other writers put later is not seen.
 * @param folder `<workdir>/ledger`
 * @param writer `main` (takes the shards' journals into its own and removes them) or `shard-2-of-4`
 * @throws StorageError, UsageError `LEDGER_VERSION` where a newer program wrote a journal
 */
export async function openLedger(folder: string, writer: string): Promise<Ledger> {
  if (!WRITER.test(writer)) throw new TypeError(`${writer} is not the name of a writer`);
  try {
    await makeFolder(folder);
  } catch (error) {
    throw asStorageError(error, 'cannot make the folder', folder);
  }
  const index = createIndex();
  const others = (await journalNames(folder)).filter((name) => name !== writer);
  await readInto(index, folder, others);
  const journal = await openJournal(join(folder, writer + SUFFIX), {
    usable: isUsable,
    keepRemovals: writer !== MAIN,
  });
  try {
    index.damagedLines += journal.damagedLines;
    for (const entry of journal.entries.values()) index.set(entry);
    if (writer === MAIN) await foldShards(folder, others, journal, index);
  } catch (error) {
    await journal.close();
    throw error;
  }
  return ledgerOf(journal, index);
}

/**
 * The ledger of a work folder, read only: no lock, no writing; a missing folder is an empty ledger. While a run is under way
 * the line that it is writing counts as damaged.
 * @throws StorageError, UsageError `LEDGER_VERSION` where a newer program wrote a journal
 */
export async function readLedger(folder: string): Promise<LedgerView> {
  const index = createIndex();
  const shards = (await journalNames(folder)).filter((name) => name !== MAIN);
  // The main journal last: a run that takes a shard's journal into its own removes it afterwards.
  await readInto(index, folder, [...shards, MAIN]);
  return viewOf(index);
}

/** The last entry of every key over all journals, removals included. */
interface Index {
  kinds: Record<LedgerKind, Map<string, JournalEntry>>;
  /** The latest time of any entry, milliseconds since 1970. */
  latest: number;
  damagedLines: number;
  /** The later entry of a key stays; of two of one time the one that is set last. */
  set(entry: JournalEntry): void;
}

function createIndex(): Index {
  const index: Index = {
    kinds: { station: new Map(), input: new Map(), download: new Map() },
    latest: 0,
    damagedLines: 0,
    set(entry) {
      if (!isLedgerKind(entry.kind)) return;
      const records = index.kinds[entry.kind];
      if ((records.get(entry.key)?.at ?? -1) <= entry.at) records.set(entry.key, entry);
      index.latest = Math.max(index.latest, entry.at);
    },
  };
  return index;
}

function isUsable({ kind, value }: JournalEntry): boolean {
  return isLedgerKind(kind) && RECORD_CHECKS[kind](value);
}

/** Writers that have a journal in the folder. */
async function journalNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length))
      .filter((name) => WRITER.test(name))
      .sort();
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw asStorageError(error, 'cannot read the ledger', folder);
  }
}

async function readInto(index: Index, folder: string, writers: readonly string[]): Promise<void> {
  for (const writer of writers) {
    const content = await loadJournal(join(folder, writer + SUFFIX), isUsable);
    index.damagedLines += content?.damagedLines ?? 0;
    for (const entry of content?.entries.values() ?? []) index.set(entry);
  }
}

/** The shards' journals go when all that they said is on the disk under the main run's name. */
async function foldShards(
  folder: string,
  shards: readonly string[],
  journal: Journal,
  index: Index,
): Promise<void> {
  if (shards.length === 0) return;
  const own = new Set(journal.entries.values());
  for (const records of Object.values(index.kinds)) {
    for (const entry of records.values()) if (!own.has(entry)) await journal.append([entry], false);
  }
  await journal.flush();
  try {
    for (const shard of shards) {
      await rm(join(folder, shard + SUFFIX), { force: true });
      await rm(join(folder, `${shard + SUFFIX}.tmp`), { force: true });
    }
    await syncFolder(folder);
  } catch (error) {
    throw asStorageError(error, 'cannot remove the journals of shards from', folder);
  }
}

function viewOf(index: Index): LedgerView {
  return {
    get(kind, key) {
      return recordOf(kind, index.kinds[kind].get(key));
    },
    *entries(kind) {
      for (const [key, entry] of index.kinds[kind]) {
        const value = recordOf(kind, entry);
        if (value !== undefined) yield [key, value];
      }
    },
    get damagedLines() {
      return index.damagedLines;
    },
  };
}

/** The value of an entry; undefined for none and for one that removes the key. */
function recordOf<K extends LedgerKind>(
  kind: K,
  entry: JournalEntry | undefined,
): LedgerKinds[K] | undefined {
  return entry !== undefined && RECORD_CHECKS[kind](entry.value) ? entry.value : undefined;
}

function ledgerOf(journal: Journal, index: Index): Ledger {
  const set = async (kind: LedgerKind, key: string, value: unknown, durable: boolean): Promise<void> => {
    // Later than everything known, also where a clock was set back: the last put wins.
    index.latest = Math.max(Date.now(), index.latest + 1);
    const entry = { kind, key, at: index.latest, value };
    await journal.append([entry], durable);
    index.set(entry);
  };
  return Object.assign(viewOf(index), {
    async put<K extends LedgerKind>(
      kind: K,
      key: string,
      value: LedgerKinds[K],
      { durable = false }: { durable?: boolean } = {},
    ): Promise<void> {
      // What the next run would read, and nothing that the caller can still change.
      const copy: unknown = JSON.parse(JSON.stringify(value));
      if (!RECORD_CHECKS[kind](copy)) throw new TypeError(`not a ${kind} record: ${key}`);
      await set(kind, key, copy, durable);
    },
    async remove(kind: LedgerKind, key: string): Promise<void> {
      await set(kind, key, null, false);
    },
    flush: () => journal.flush(),
    close: () => journal.close(),
  });
}
