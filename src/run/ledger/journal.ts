/**
 * An append-only file of checksummed lines. One process writes it; any number may read it at any time. A put is one write at
 * the end of the file and, where it must last, one `fdatasync`; nothing that stands in the file is ever changed in place.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../disk/folder.js';
import { asStorageError, HarvestError, isSystemError, StorageError } from '../../errors.js';
import { entryId, type JournalContent, readJournal } from './journal-read.js';
import { encodeEntry, framed, HEADER, type JournalEntry } from './line.js';

/** Says whether a value read back is what its kind should be. */
export type EntryCheck = (entry: JournalEntry) => boolean;

/** A journal that is open for writing. */
export interface Journal {
  /** The last entry of each kind and key, removals included, by `entryId`; as it is after the last `append`. */
  readonly entries: ReadonlyMap<string, JournalEntry>;
  /** Lines that could not be used when it was opened. */
  readonly damagedLines: number;
  /**
   * Adds lines, in the order of the calls. Where the disk refuses, none of them is in `entries`, and the journal stays
   * usable: what was written of them is a torn line.
   * @param durable on the disk when the promise resolves, with all that came before; else some time before the next
   *   durable append, `flush` or `close`
   */
  append(entries: readonly JournalEntry[], durable: boolean): Promise<void>;
  /** Everything appended is on the disk when it resolves. */
  flush(): Promise<void>;
  /** Flushes, and writes the file anew where most of it is overtaken. */
  close(): Promise<void>;
}

/** Lines wait in memory for up to this many characters. */
const MAX_PENDING = 256 * 1024;
/** A file is written anew when it is larger than this and more than half of its lines are overtaken. */
const WORTH_COMPACTING_BYTES = 1024 * 1024;
const WRITE_CHUNK = 1024 * 1024;

/** A link could lead out of the folder, a pipe would never end. */
const NO_DETOURS = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * What a journal says, read only; undefined where there is none.
 * @throws StorageError, UsageError as `readJournal`
 */
export async function loadJournal(path: string, usable: EntryCheck): Promise<JournalContent | undefined> {
  const handle = await openExisting(path, constants.O_RDONLY);
  if (handle === undefined) return undefined;
  try {
    return await readJournal(handle, path, usable);
  } catch (error) {
    throw asStorageError(error, 'cannot read the ledger', path);
  } finally {
    await handle.close();
  }
}

/**
 * Opens a journal for writing and makes it where there is none. A file with damaged lines is written anew without them.
 * @param keepRemovals whether compaction keeps the entries that remove a key: needed where other journals may hold the key
 * @throws StorageError, UsageError as `readJournal`
 */
export async function openJournal(
  path: string,
  { usable, keepRemovals }: { usable: EntryCheck; keepRemovals: boolean },
): Promise<Journal> {
  try {
    return await openChecked(path, usable, keepRemovals);
  } catch (error) {
    throw asStorageError(error, 'cannot open the ledger', path);
  }
}

async function openChecked(path: string, usable: EntryCheck, keepRemovals: boolean): Promise<Journal> {
  const existing = await openExisting(path, constants.O_RDWR | constants.O_APPEND);
  if (existing === undefined) return journalOn(await writeAnew(path, []), path, keepRemovals);
  try {
    const content = await readJournal(existing, path, usable);
    const { size } = await existing.stat();
    if (content.damagedLines === 0 && content.header && !isMostlyDead(content.lines, content.entries, size))
      return journalOn(existing, path, keepRemovals, content);
    const kept = keptOf(content.entries, keepRemovals);
    // Without room for a second file the first one still serves: what is damaged in it stays damaged.
    const anew = await writeAnew(path, kept.values()).catch((error: unknown) => {
      if ((content.header || content.lines > 0) && isSystemError(error)) return undefined;
      throw error;
    });
    if (anew === undefined) return journalOn(existing, path, keepRemovals, content);
    await existing.close();
    return journalOn(anew, path, keepRemovals, { ...content, entries: kept, lines: kept.size });
  } catch (error) {
    await existing.close();
    throw error;
  }
}

function journalOn(
  handle: FileHandle,
  path: string,
  keepRemovals: boolean,
  { entries, lines: linesRead, damagedLines }: JournalContent = {
    entries: new Map(),
    header: true,
    lines: 0,
    damagedLines: 0,
  },
): Journal {
  let lines = linesRead;
  let pending: string[] = [];
  let pendingLength = 0;
  let synced = true;
  let open = true;
  let queue: Promise<void> = Promise.resolve();

  /** One after the other, in the order of the calls; one that fails does not keep the next from trying. */
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    const turn = queue.then(action);
    queue = turn.catch(() => undefined);
    return turn.catch((error: unknown) => {
      throw asStorageError(error, 'cannot write the ledger', path);
    });
  };
  /** Pending lines stay pending until they are where they should be: writing a line twice does no harm. */
  const write = async (text: string, durable: boolean): Promise<void> => {
    const all = pending.join('') + text;
    if (all !== '') {
      synced = false;
      await writeAll(handle, all);
    }
    if (durable && !synced) {
      await handle.datasync();
      synced = true;
    }
    pending = [];
    pendingLength = 0;
  };
  const assertOpen = (): void => {
    if (!open) throw new HarvestError('LEDGER_CLOSED', `${path} is closed`);
  };

  return {
    entries,
    damagedLines,
    async append(added, durable) {
      assertOpen();
      const text = added.map(encodeEntry).join('');
      await inTurn(async () => {
        if (durable || pendingLength + text.length > MAX_PENDING) {
          await write(text, durable);
        } else {
          pending.push(text);
          pendingLength += text.length;
        }
        for (const entry of added) entries.set(entryId(entry.kind, entry.key), entry);
        lines += added.length;
      });
    },
    async flush() {
      assertOpen();
      await inTurn(() => write('', true));
    },
    async close() {
      if (!open) return;
      open = false;
      await inTurn(async () => {
        try {
          await write('', true);
          const { size } = await handle.stat();
          if (isMostlyDead(lines, entries, size)) await compact(path, keptOf(entries, keepRemovals).values());
        } finally {
          await handle.close();
        }
      });
    },
  };
}

function isMostlyDead(lines: number, entries: ReadonlyMap<string, JournalEntry>, bytes: number): boolean {
  return bytes > WORTH_COMPACTING_BYTES && lines - entries.size > lines / 2;
}

function keptOf(
  entries: ReadonlyMap<string, JournalEntry>,
  keepRemovals: boolean,
): Map<string, JournalEntry> {
  return new Map([...entries].filter(([, { value }]) => keepRemovals || value !== null));
}

/** Compaction saves space and time; where it fails the file is as good as before. */
async function compact(path: string, entries: Iterable<JournalEntry>): Promise<void> {
  try {
    await (await writeAnew(path, entries)).close();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Puts a whole new file in the place of the old one: it is complete and on the disk before it has the name. */
async function writeAnew(path: string, entries: Iterable<JournalEntry>): Promise<FileHandle> {
  const temporary = `${path}.tmp`;
  // Left by a process that was killed: one process at a time writes this journal.
  await rm(temporary, { force: true });
  const { O_RDWR, O_APPEND, O_CREAT, O_EXCL } = constants;
  const handle = await open(temporary, O_RDWR | O_APPEND | O_CREAT | O_EXCL | NO_DETOURS, 0o644);
  try {
    let chunk = framed(JSON.stringify(HEADER));
    for (const entry of entries) {
      chunk += encodeEntry(entry);
      if (chunk.length < WRITE_CHUNK) continue;
      await writeAll(handle, chunk);
      chunk = '';
    }
    await writeAll(handle, chunk);
    await handle.sync();
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return handle;
  } catch (error) {
    // Whatever led here is the error to report.
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The operating system may take less than it is given, as when the disk fills up in between. */
async function writeAll(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; )
    written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
}

/** @throws StorageError `LEDGER_FOREIGN` where it is no regular file; undefined where there is none */
async function openExisting(path: string, flags: number): Promise<FileHandle | undefined> {
  const notAFile = (cause?: unknown): StorageError =>
    new StorageError('LEDGER_FOREIGN', `${path} is not a regular file`, {
      file: path,
      hint: 'Move it away: the next run makes a new ledger and harvests again what it no longer knows.',
      cause,
    });
  let handle: FileHandle;
  try {
    handle = await open(path, flags | NO_DETOURS);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    if (isSystemError(error) && /^(ELOOP|EMLINK|EISDIR|ENXIO)$/.test(error.code ?? '')) throw notAFile(error);
    throw asStorageError(error, 'cannot open the ledger', path);
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw notAFile();
}
