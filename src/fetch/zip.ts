/**
 * The one member of a zip archive. The structure is read with yauzl from the central directory; the member's bytes are
 * read, inflated and checked here. Rules: exactly one member beside what file managers leave, no encryption, no symbolic link, a name that could not
 * leave a folder, data that end before the directory begins, sizes and CRC-32 as declared.
 */
import { open } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { asStorageError, type CodesOf, HarvestError, InputError } from '../errors.js';
import type { FETCH_CODES } from './error-codes.js';
import { INFLATE_CHUNK, inflated, zlibCode } from './gzip.js';
import { checkGrowth } from './limits.js';
import { COMPRESSED_READ, readRange } from './range.js';
import { checkedMemberName, isLeftByFileManager } from './zip-name.js';

/** What is known of the member before a byte of it is read. */
export interface ZipMember {
  /** Label for messages and provenance; never a path. */
  name: string;
  stored: boolean;
  /** First byte of the member's data in the archive. */
  dataStart: number;
  compressedSize: number;
  size: number;
  crc32: number;
}

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
/** Directories and what file managers leave are no members, but nobody needs a thousand of them. */
const MAX_IGNORED = 1000;
const DIRECTORY_RECORD = 0x02014b50;

/**
 * Reads the structure of a zip file and checks everything that can be checked without its content.
 *
 * @throws InputError with a code that begins with `ZIP_`
 * @throws StorageError where the file cannot be read
 */
export async function inspectZip(path: string): Promise<ZipMember> {
  try {
    const zip = await openPromise(path, { decodeStrings: false, autoClose: false });
    // What cannot be read rejects the calls below. A close that fails after them takes nothing back, but would end the process.
    zip.on('error', () => undefined);
    try {
      const directoryStart = Number(zip.readEntryCursor);
      const entry = await onlyEntry(path, zip);
      await refuseHiddenRecord(path, Number(zip.readEntryCursor));
      return await memberOf(path, zip, entry, directoryStart);
    } finally {
      zip.close();
    }
  } catch (error) {
    if (error instanceof HarvestError) throw error;
    const storage = asStorageError(error, 'cannot read', path);
    throw storage === error ? structureError(path, error) : storage;
  }
}

async function onlyEntry(path: string, zip: ZipFile): Promise<Entry> {
  let only: Entry | undefined;
  let ignored = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileNameRaw.at(-1) === 0x2f || isLeftByFileManager(entry.fileNameRaw)) {
      ignored++;
      if (ignored > MAX_IGNORED)
        throw zipError(path, 'ZIP_SEVERAL_MEMBERS', 'holds too many folders and files of no data');
    } else if (only !== undefined) {
      throw zipError(path, 'ZIP_SEVERAL_MEMBERS', 'holds more than one member; exactly one is expected');
    } else only = entry;
  }
  if (only === undefined) throw zipError(path, 'ZIP_NO_MEMBER', 'holds no member');
  return only;
}

/** The directory's own count may be too low: then another record follows the last one counted. */
async function refuseHiddenRecord(path: string, afterLast: number): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, afterLast);
    if (bytesRead === 4 && buffer.readUInt32LE(0) === DIRECTORY_RECORD)
      throw zipError(path, 'ZIP_SEVERAL_MEMBERS', 'holds more members than its directory counts');
  } finally {
    await file.close();
  }
}

async function memberOf(
  path: string,
  zip: ZipFile,
  entry: Entry,
  directoryStart: number,
): Promise<ZipMember> {
  const name = checkedMemberName(path, entry.fileNameRaw);
  // The upper half of the external attributes is the Unix mode where the archive was made on Unix.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    throw zipError(path, 'ZIP_SYMLINK', 'holds a symbolic link instead of a file');
  const local = await zip.readLocalFileHeaderPromise(entry, {});
  if (((entry.generalPurposeBitFlag | local.generalPurposeBitFlag) & ENCRYPTED_FLAG) !== 0)
    throw zipError(path, 'ZIP_ENCRYPTED', 'is encrypted');
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw zipError(path, 'ZIP_METHOD', `uses compression method ${entry.compressionMethod}`);
  if (!local.fileName.equals(entry.fileNameRaw) || local.compressionMethod !== entry.compressionMethod)
    throw zipError(path, 'ZIP_DAMAGED', 'says one thing in its directory and another before the data');
  if (local.fileDataStart + entry.compressedSize > directoryStart)
    throw zipError(path, 'ZIP_OVERLAP', 'has a member that reaches into the directory');
  checkGrowth('ZIP', path, entry.compressedSize, entry.uncompressedSize);
  return {
    name,
    stored: entry.compressionMethod === STORED,
    dataStart: local.fileDataStart,
    compressedSize: entry.compressedSize,
    size: entry.uncompressedSize,
    crc32: entry.crc32,
  };
}

/**
 * The member's content in chunks of about 1 MiB. Sizes are checked while reading, the CRC-32 with the last byte.
 *
 * @throws InputError `ZIP_NESTED`, `ZIP_DAMAGED`, `ZIP_SIZE`, `ZIP_CRC`
 */
export async function* zipChunks(
  path: string,
  member: ZipMember,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (member.compressedSize === 0) return;
  const raw = readRange(path, {
    start: member.dataStart,
    end: member.dataStart + member.compressedSize - 1,
    highWaterMark: member.stored ? INFLATE_CHUNK : COMPRESSED_READ,
  });
  const engine = createInflateRaw({ chunkSize: INFLATE_CHUNK });
  let total = 0;
  let checksum = 0;
  try {
    const content = member.stored ? (raw as AsyncIterable<Buffer>) : inflated(raw, engine, signal);
    for await (const chunk of content) {
      signal?.throwIfAborted();
      if (total === 0 && chunk[0] === 0x50 && chunk[1] === 0x4b && chunk[2] === 3 && chunk[3] === 4)
        throw zipError(path, 'ZIP_NESTED', 'holds another zip archive');
      total += chunk.length;
      if (total > member.size)
        throw zipError(path, 'ZIP_SIZE', `holds more than the ${member.size} bytes it declares`, total);
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (total !== member.size)
      throw zipError(path, 'ZIP_SIZE', `holds ${total} bytes and declares ${member.size}`, total);
    if (checksum !== member.crc32)
      throw zipError(path, 'ZIP_CRC', 'has content that does not fit its checksum', total);
    if (!member.stored && engine.bytesWritten !== member.compressedSize)
      throw zipError(path, 'ZIP_SIZE', 'has bytes after the end of the compressed data', total);
  } catch (error) {
    if (zlibCode(error) === undefined) throw asStorageError(error, 'cannot read', path);
    throw zipError(path, 'ZIP_DAMAGED', 'has damaged compressed data', total, error);
  } finally {
    raw.destroy();
    engine.destroy();
  }
}

type ZipCode = Extract<CodesOf<typeof FETCH_CODES>, `ZIP_${string}`>;

const STRUCTURE_CODES: readonly (readonly [pattern: RegExp, code: ZipCode, text: string])[] = [
  [/end of central directory record signature not found|unexpected eof/i, 'ZIP_TRUNCATED', 'ends too early'],
  [/invalid comment length/i, 'ZIP_TRAILING_BYTES', 'is followed by bytes that do not belong to it'],
  [/encrypt/i, 'ZIP_ENCRYPTED', 'is encrypted'],
];

function structureError(path: string, cause: unknown): InputError {
  const message = cause instanceof Error ? cause.message : String(cause);
  for (const [pattern, code, text] of STRUCTURE_CODES) {
    if (pattern.test(message)) return zipError(path, code, text, undefined, cause);
  }
  return zipError(path, 'ZIP_DAMAGED', `is damaged (${message})`, undefined, cause);
}

function zipError(
  path: string,
  code: ZipCode,
  text: string,
  byteOffset?: number,
  cause?: unknown,
): InputError {
  return new InputError(code, `${path}: the zip archive ${text}`, {
    file: path,
    ...(byteOffset !== undefined && { byteOffset }),
    ...(cause !== undefined && { cause }),
    hint: 'Fetch the file again from the archive.',
  });
}
