/**
 * Streaming decompression. Node's own default of 16 KiB output chunks costs three quarters of the speed of inflate, hence
 * the 1 MiB chunks; inflate runs in the thread pool and stays one chunk ahead of the consumer.
 */
import { addAbortSignal, type Readable } from 'node:stream';
import { createGunzip, type Gunzip, type InflateRaw } from 'node:zlib';
import { asStorageError, InputError, StorageError } from '../errors.js';
import { checkGrowth } from './limits.js';

/** Size of the chunks that decompression hands out. */
export const INFLATE_CHUNK = 1 << 20;

/**
 * The content of a gzip stream, all of its members one after the other.
 *
 * @param openRaw opens the compressed bytes; called on the first read, the stream is destroyed at the end
 * @throws InputError `GZIP_TRUNCATED`, `GZIP_DAMAGED`, `GZIP_TRAILING_BYTES`, `GZIP_TOO_LARGE`, `GZIP_BOMB`
 */
export async function* gzipChunks(
  path: string,
  openRaw: () => Readable,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const engine = createGunzip({ chunkSize: INFLATE_CHUNK });
  const raw = openRaw();
  let delivered = 0;
  raw.on('data', (bytes: Uint8Array) => {
    delivered += bytes.length;
  });
  let total = 0;
  try {
    for await (const chunk of inflated(raw, engine, signal)) {
      total += chunk.length;
      checkGrowth('GZIP', path, engine.bytesWritten, total);
      yield chunk;
    }
    if (!raw.readableEnded || delivered !== engine.bytesWritten) {
      await assertOnlyPadding(path, openRaw(), engine.bytesWritten);
    }
  } catch (error) {
    throw gzipError(path, total, error);
  }
}

/** Zeros may follow the last member. Node stops at the first of them, whatever comes after: members behind it would be lost. */
async function assertOnlyPadding(path: string, raw: Readable, from: number): Promise<void> {
  let at = 0;
  for await (const block of raw as AsyncIterable<Buffer>) {
    const unread = block.subarray(Math.max(0, from - at));
    if (unread.some((byte) => byte !== 0)) {
      throw new InputError(
        'GZIP_TRAILING_BYTES',
        `${path}: more data follow the padding after the gzip data`,
        {
          file: path,
          byteOffset: Math.max(at, from),
          hint: 'Fetch the file again, or unpack it and give the plain text.',
        },
      );
    }
    at += block.length;
  }
}

function gzipError(path: string, byteOffset: number, error: unknown): unknown {
  const code = zlibCode(error);
  if (code === undefined) return asStorageError(error, 'cannot read', path);
  const truncated = code === 'Z_BUF_ERROR';
  return new InputError(
    truncated ? 'GZIP_TRUNCATED' : 'GZIP_DAMAGED',
    `${path}: the gzip data ${truncated ? 'end too early' : 'are damaged'} after ${byteOffset} uncompressed bytes`,
    { file: path, byteOffset, cause: error, hint: 'Fetch the file again.' },
  );
}

/** The code of an error of zlib (`Z_DATA_ERROR`, `Z_BUF_ERROR`, ...), undefined for any other error. */
export function zlibCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('Z_') ? error.code : undefined;
}

/** Pumps `raw` through `engine`; both are destroyed when the consumer stops, for whatever reason. */
export async function* inflated(
  raw: Readable,
  engine: Gunzip | InflateRaw,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  raw.on('error', (error) => engine.destroy(error));
  raw.pipe(engine);
  if (signal !== undefined) addAbortSignal(signal, engine);
  try {
    for await (const chunk of engine as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    signal?.throwIfAborted();
    // The machine has too little memory, and the file is as good as it was.
    if (zlibCode(error) === 'Z_MEM_ERROR')
      throw new StorageError('INFLATE', 'cannot decompress: there is not enough memory', {
        cause: error,
        hint: 'Free some memory, or use fewer --workers, and run the same command again.',
      });
    throw error;
  } finally {
    raw.destroy();
    engine.destroy();
  }
}
