/** Reads a journal: later lines win, a damaged line is left out and counted, everything else is used. */

import type { FileHandle } from 'node:fs/promises';
import { StorageError, UsageError } from '../../errors.js';
import { fields } from '../../shape.js';
import { asEntry, decodeLine, HEADER, type JournalEntry, MAX_LINE_BYTES } from './line.js';

/** What a journal says. */
export interface JournalContent {
  /** The last entry of each kind and key, removals included, by `entryId`. */
  entries: Map<string, JournalEntry>;
  /** False where the first line is damaged, or the file empty. */
  header: boolean;
  /** Lines with an entry, live or overtaken by a later one. */
  lines: number;
  /** Lines that could not be used: torn, damaged, or not of the expected shape. */
  damagedLines: number;
}

/** The name of an entry within a journal. Kinds hold no blank. */
export function entryId(kind: string, key: string): string {
  return `${kind} ${key}`;
}

/**
 * @param path for messages
 * @param usable the check of a value's shape; entries that remove a key are not asked about
 * @throws StorageError `LEDGER_FOREIGN` where the file holds something else, UsageError `LEDGER_VERSION` where a newer
 *   program wrote it; errors of the file system as they are
 */
export async function readJournal(
  handle: FileHandle,
  path: string,
  usable: (entry: JournalEntry) => boolean,
): Promise<JournalContent> {
  const content: JournalContent = { entries: new Map(), header: false, lines: 0, damagedLines: 0 };
  for await (const line of linesOf(handle)) {
    // Blocks that the file system had reserved and never filled hold zeros: they say nothing.
    if (line.every((byte) => byte === 0)) continue;
    const json = decodeLine(line);
    if (isHeader(json)) {
      checkHeader(json, path);
      content.header = true;
      continue;
    }
    const entry = asEntry(json);
    if (entry === undefined || (entry.value !== null && !usable(entry))) {
      content.damagedLines += 1;
      continue;
    }
    content.lines += 1;
    content.entries.set(entryId(entry.kind, entry.key), entry);
  }
  // A header may be damaged like any other line; but where not one line fits, the file is no journal.
  if (!content.header && content.lines === 0 && content.damagedLines > 0)
    throw new StorageError('LEDGER_FOREIGN', `${path} is not a ledger of this program`, {
      file: path,
      hint: 'Move the file away: the next run makes a new ledger and harvests again what it no longer knows.',
    });
  return content;
}

function isHeader(json: unknown): json is { format: unknown; version: unknown } {
  return fields(json) && 'format' in json && 'version' in json;
}

function checkHeader({ format, version }: { format: unknown; version: unknown }, path: string): void {
  if (format === HEADER.format && version === HEADER.version) return;
  if (format === HEADER.format)
    throw new UsageError('LEDGER_VERSION', `${path} has version ${String(version)} of the ledger`, {
      file: path,
      hint: `This program reads version ${HEADER.version}. Use the newer program, or another --workdir.`,
    });
  throw new StorageError('LEDGER_FOREIGN', `${path} is a file of ${String(format)}, not a ledger`, {
    file: path,
    hint: 'Move the file away, or use another --workdir.',
  });
}

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** The lines of a file without their newlines, blank ones left out; what is too long for a line is given in part, and so does not fit its checksum. */
async function* linesOf(handle: FileHandle): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for (let position = 0; ; ) {
    // A buffer of its own for each chunk: lines that are yielded may point into it.
    const { buffer, bytesRead } = await handle.read(
      Buffer.allocUnsafeSlow(CHUNK_BYTES),
      0,
      CHUNK_BYTES,
      position,
    );
    if (bytesRead === 0) break;
    position += bytesRead;
    let start = 0;
    for (;;) {
      const end = buffer.subarray(0, bytesRead).indexOf(NEWLINE, start);
      const piece = buffer.subarray(start, end < 0 ? bytesRead : end);
      if (end >= 0 && begunBytes === 0) {
        if (piece.length > 0) yield piece;
      } else if (piece.length > 0 && begunBytes <= MAX_LINE_BYTES) {
        begun.push(piece);
        begunBytes += piece.length;
      }
      if (end < 0) break;
      if (begunBytes > 0) {
        yield Buffer.concat(begun);
        begun = [];
        begunBytes = 0;
      }
      start = end + 1;
    }
  }
  if (begunBytes > 0) yield Buffer.concat(begun);
}
