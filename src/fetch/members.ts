/**
 * Where bytes come from: a plain file, a gzip file, or the one member of a zip archive. Readers get an
 * `InputFile` and never see a path, a container or a compression. The container is told by its first bytes, never by the
 * name of the file, and nothing that an archive says about itself is believed before it is checked: sizes, checksum,
 * number of members and the member's name (which is a label only; no path is ever made from it).
 */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { asStorageError, InputError } from '../errors.js';
import type { InputFile } from '../records/input.js';
import { gzipChunks } from './gzip.js';
import { COMPRESSED_READ, readBytes, readRange } from './range.js';
import type { ZipMember } from './zip.js';

export { expandInputs } from './expand.js';

type Container = 'zip' | 'gzip' | 'plain';

/**
 * Opens an input by path. The bytes are read by `chunks()`, each call anew, in chunks of about
 * 1 MiB with one chunk of decompression ahead of the consumer. A zip must hold exactly one member (directories and what file managers leave aside).
 *
 * @throws StorageError where the file cannot be opened or read (missing, a directory, no permission)
 * @throws InputError `INPUT_EMPTY`; `ZIP_...` for an archive that is damaged, hostile, or has not exactly one member.
 *   `chunks()` throws `ZIP_...`, `GZIP_TRUNCATED` or `GZIP_DAMAGED` where that shows only on reading, at the latest with
 *   the last byte: what was read before belongs to a damaged file and must not be kept.
 */
export async function openInput(path: string): Promise<InputFile> {
  const { head, isFile } = await readHead(path);
  if (head.length === 0) throw emptyInput(path);
  switch (containerOf(head)) {
    case 'zip': {
      const { inspectZip, zipChunks } = await import('./zip.js');
      const member = await inspectZip(path);
      return {
        path,
        name: member.name,
        chunks: (signal) => notEmpty(path, zipChunks(path, member, signal)),
        ...(member.stored && { read: storedBytes(path, member) }),
      };
    }
    case 'gzip':
      return {
        path,
        name: basename(path).replace(/\.gz$/i, ''),
        chunks: (signal) =>
          notEmpty(
            path,
            gzipChunks(path, () => readRange(path, { highWaterMark: COMPRESSED_READ }), signal),
          ),
      };
    case 'plain':
      return {
        path,
        name: basename(path),
        chunks: (signal) => notEmpty(path, plainChunks(path, signal)),
        // A pipe cannot be read from the middle.
        ...(isFile && { read: (from: number, to: number) => readBytes(path, from, to) }),
      };
  }
}

/**
 * An input that was opened before, so that its name and parts are known: it is opened again only when it is read.
 * `chunks()` throws what `openInput` throws.
 */
export function knownInput(known: Omit<InputFile, 'chunks' | 'read'>): InputFile {
  return {
    ...known,
    async *chunks(signal) {
      yield* (await openInput(known.path)).chunks(signal);
    },
  };
}

/** Reads ranges of a member that is stored in the archive without compression. */
function storedBytes(
  path: string,
  { dataStart, size }: Pick<ZipMember, 'dataStart' | 'size'>,
): (from: number, to: number) => Promise<Uint8Array> {
  return (from, to) => readBytes(path, dataStart + Math.min(from, size), dataStart + Math.min(to, size));
}

/** The container by its magic bytes; an empty zip and a spanned one begin with signatures of their own. */
function containerOf(head: Uint8Array): Container {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x50 && b === 0x4b) {
    if ((c === 3 && d === 4) || (c === 5 && d === 6) || (c === 7 && d === 8)) return 'zip';
  }
  return 'plain';
}

async function readHead(path: string): Promise<{ head: Uint8Array; isFile: boolean }> {
  try {
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(4), 0, 4, 0);
      return { head: buffer.subarray(0, bytesRead), isFile: (await file.stat()).isFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
}

async function* plainChunks(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = readRange(path);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  } finally {
    stream.destroy();
  }
}

/** An input without a byte is an error wherever it comes from: no archive of the field publishes one on purpose. */
async function* notEmpty(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let empty = true;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    empty = false;
    yield chunk;
  }
  if (empty) throw emptyInput(path);
}

function emptyInput(path: string): InputError {
  return new InputError('INPUT_EMPTY', `${path} is empty`, {
    file: path,
    byteOffset: 0,
    hint: 'Fetch the file again: an empty file is usually a download that failed.',
  });
}
