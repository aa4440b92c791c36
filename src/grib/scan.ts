/**
 * Finds the fields of a source. Only heads are read: about 512 bytes and four bytes of the end of each message, never its data. Whatever
 * stands between messages is skipped and counted; a damaged message is named and left out, and the search goes on behind its `GRIB`.
 */
import { type DamageCode, DamagedMessage, type GribDamage } from './damage.js';
import type { ByteSource, Field } from './field.js';
import { HeadReader } from './head-reader.js';
import { readEdition1 } from './sections1.js';
import { readEdition2 } from './sections2.js';

export interface ScanOptions {
  /** Ends the scan with its reason as the error. */
  signal?: AbortSignal;
  /** Called for each message that is left out, in the order of the bytes. */
  onDamage?(damage: GribDamage): void;
}

/** What a scan has met: every byte of the source is in a message or skipped. */
export interface ScanSummary {
  /** Whole messages. */
  messages: number;
  /** Fields in them: one or more each. */
  fields: number;
  /** Bytes that are in no whole message, those of damaged ones included. */
  skippedBytes: number;
  /** Damaged messages. */
  damaged: number;
  /** Damaged messages by kind. */
  damage: Partial<Record<DamageCode, number>>;
}

/** Searched at a time where no message follows at once: a little first, then more. */
const FIRST_WINDOW = 4096;
const WINDOW = 2 ** 20;
const LETTERS = 'GRIB';
/** The shortest there can be: section 0 of edition 1. */
const SHORTEST = 8;

/**
 * The fields of a source in the order of its bytes; the fields of a message in their order within it. The summary is what the generator
 * returns. Fields are plain data and stay good after the scan; they keep the bytes of their heads.
 *
 * @throws whatever `source.read` rejects with; damage of messages throws nothing
 */
export async function* scan(
  source: ByteSource,
  options: ScanOptions = {},
): AsyncGenerator<Field, ScanSummary, undefined> {
  const { signal, onDamage } = options;
  const summary: ScanSummary = { messages: 0, fields: 0, skippedBytes: 0, damaged: 0, damage: {} };
  const reader = new HeadReader(source);
  let position = 0;
  while (position < source.size) {
    signal?.throwIfAborted();
    const offset = await find(reader, position, signal);
    summary.skippedBytes += offset - position;
    position = offset;
    if (offset === source.size) break;
    try {
      const fields = await readMessage(reader, offset);
      summary.messages++;
      for (const field of fields) {
        summary.fields++;
        yield field;
      }
      position += fields[0]!.message.length;
    } catch (error) {
      if (!(error instanceof DamagedMessage)) throw error;
      const { damage: code, message } = error;
      summary.damaged++;
      summary.damage[code] = (summary.damage[code] ?? 0) + 1;
      onDamage?.({ code, offset, message });
      const behind = Math.min(offset + LETTERS.length, source.size);
      summary.skippedBytes += behind - offset;
      position = behind;
    }
  }
  return summary;
}

async function readMessage(reader: HeadReader, offset: number): Promise<Field[]> {
  reader.beginMessage();
  const edition = (await reader.bytes(offset, SHORTEST))[7]!;
  if (edition === 1) return readEdition1(reader, offset);
  if (edition === 2) return readEdition2(reader, offset);
  throw new DamagedMessage('GRIB_EDITION', String(edition));
}

/** Where the next `GRIB` begins, from `position` on; the size of the source where there is none. */
async function find(reader: HeadReader, position: number, signal?: AbortSignal): Promise<number> {
  const { source } = reader;
  let at = position;
  let window = await reader.ahead(position);
  // Padding is short: the bytes at hand mostly hold the next message. What is longer is searched in ever larger windows.
  for (let length = FIRST_WINDOW; ; length = Math.min(length * 16, WINDOW)) {
    const found = Buffer.from(window.buffer, window.byteOffset, window.length).indexOf(LETTERS, 0, 'latin1');
    if (found >= 0) return at + found;
    if (window.length === 0 || at + window.length >= source.size) return source.size;
    signal?.throwIfAborted();
    // The letters may stand across the border of two windows.
    const next = at + Math.max(1, window.length - LETTERS.length + 1);
    window = await source.read(next, length);
    at = next;
  }
}
