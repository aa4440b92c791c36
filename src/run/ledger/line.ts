/**
 * One line of a journal: eight hexadecimal digits of the CRC-32 of the rest, a blank, and the JSON array
 * `[kind, key, at, value]`. JSON writes no newline within a line.
 */
import { crc32 } from 'node:zlib';

/** What one line says: this key of this kind has this value from now on. */
export interface JournalEntry {
  kind: string;
  key: string;
  /** When it was put, milliseconds since 1970. */
  at: number;
  /** null: the key was removed. */
  value: unknown;
}

/** Lines are not longer than this: what has no newline for so long is no journal, and is not gathered in memory. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Bytes of the checksum and the blank after it. */
const CHECKSUM_BYTES = 9;

/** The first line of every journal. A program that finds another version leaves the file alone. */
export const HEADER = { format: 'harvest-ledger', version: 1 } as const;

/**
 * A newline before and one after: whatever stands before, such as the torn line of an append that was cut short, the new
 * line begins for itself, and a newline that is damaged costs one line and not the two beside it.
 */
export function framed(json: string): string {
  return `\n${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

/** @throws RangeError where the line would be longer than a reader takes */
export function encodeEntry({ kind, key, at, value }: JournalEntry): string {
  const line = framed(JSON.stringify([kind, key, at, value]));
  if (line.length > MAX_LINE_BYTES / 4 && Buffer.byteLength(line) > MAX_LINE_BYTES)
    throw new RangeError(`the ${kind} record of ${key} is too large for the ledger`);
  return line;
}

/** The JSON of a line (without its newline); undefined where the checksum does not fit. */
export function decodeLine(line: Buffer): unknown {
  if (line.length <= CHECKSUM_BYTES || line[CHECKSUM_BYTES - 1] !== 0x20) return undefined;
  const digits = line.toString('latin1', 0, CHECKSUM_BYTES - 1);
  if (!/^[0-9a-f]{8}$/.test(digits)) return undefined;
  const json = line.subarray(CHECKSUM_BYTES);
  if (crc32(json) !== Number.parseInt(digits, 16)) return undefined;
  try {
    return JSON.parse(json.toString());
  } catch {
    // A checksum that fits over what is no JSON: written by something else.
    return undefined;
  }
}

/** The entry that a line's JSON holds; undefined where it holds no entry. */
export function asEntry(json: unknown): JournalEntry | undefined {
  if (!Array.isArray(json) || json.length !== 4) return undefined;
  const [kind, key, at, value] = json as unknown[];
  if (typeof kind !== 'string' || typeof key !== 'string' || typeof at !== 'number') return undefined;
  return { kind, key, at, value };
}
