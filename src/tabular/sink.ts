/** Where exported bytes go: a file that gets its name when it is complete, or standard output; either may be compressed. */
import { once } from 'node:events';
import { open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { syncFolder } from '../disk/folder.js';
import { asStorageError, isSystemError } from '../errors.js';

/** Takes bytes in order. After an error, `abort`. */
export interface Sink {
  /** Resolves when more may come. The bytes must not change before that. */
  write(bytes: Uint8Array): Promise<void>;
  /** Everything is written: gives the file its name. Resolves to the number of bytes. */
  finish(): Promise<number>;
  /** Leaves nothing behind. May be called after an error of `finish`, too. */
  abort(): Promise<void>;
}

/** The reader of standard output or of a pipe has gone (`| head`): nobody wants the rest. */
export class ReaderGone extends Error {}

/**
 * A file that is written as `.<name>.<pid>.tmp` in its folder, and gets its name, in place of what had it before, once all of it is
 * on the disk. What is there and is no file (a device, a named pipe) is written to as it is. Throws `StorageError`,
 * and `ReaderGone` when the reader of a pipe closes it.
 */
export async function fileSink(path: string): Promise<Sink> {
  const isFile = await isForFile(path);
  const temporary = isFile ? join(dirname(path), `.${basename(path)}.${process.pid}.tmp`) : path;
  const storage = async <T>(work: Promise<T>): Promise<T> =>
    await work.catch((error: unknown) => {
      throw isReaderGone(error) ? new ReaderGone() : asStorageError(error, 'cannot write', path);
    });
  const file = await storage(open(temporary, 'w'));
  let written = 0;
  return {
    async write(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const { bytesWritten } = await storage(file.write(bytes, from, bytes.length - from, null));
        from += bytesWritten;
        written += bytesWritten;
      }
    },
    async finish() {
      if (isFile) await storage(file.sync());
      await storage(file.close());
      if (isFile) {
        await storage(rename(temporary, path));
        await storage(syncFolder(dirname(path)));
      }
      return written;
    },
    async abort() {
      await file.close().catch(() => {});
      if (isFile) await rm(temporary, { force: true }).catch(() => {});
    },
  };
}

/** Whether a file may be put at the path: nothing is there, or a file. */
export async function isForFile(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => undefined);
  return there === undefined || there.isFile();
}

/**
 * Where a file of this name is to be written: what a symbolic link points to, whether it is there or not, so that the link stays one.
 * Throws `StorageError` for links that lead nowhere.
 */
export async function destination(path: string): Promise<string> {
  if (!(await isForFile(path))) return path;
  const target = await readlink(path).catch(() => null);
  if (target === null) return path;
  try {
    return await realpath(path);
  } catch (error) {
    // Links in a circle are an error; one to what is not there yet may point to another such link.
    if (!isSystemError(error) || error.code !== 'ENOENT') throw asStorageError(error, 'cannot write', path);
    return await destination(resolve(await realpath(dirname(path)), target));
  }
}

function isReaderGone(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
}

/** A stream such as standard output. Throws `ReaderGone` when its reader closes it. */
export function streamSink(stream: Writable): Sink {
  let bytes = 0;
  return {
    write(chunk) {
      bytes += chunk.length;
      return new Promise((resolve, reject) => {
        stream.write(chunk, (error) => {
          if (error == null) resolve();
          else
            reject(
              isReaderGone(error)
                ? new ReaderGone()
                : asStorageError(error, 'cannot write', 'standard output'),
            );
        });
      });
    },
    finish: async () => bytes,
    abort: async () => {},
  };
}

/** Compresses what goes to `sink` with gzip. */
export function gzipSink(sink: Sink): Sink {
  const gzip = createGzip();
  const pump = (async () => {
    for await (const chunk of gzip) await sink.write(chunk as Buffer);
  })();
  // Whoever writes next meets the error.
  pump.catch(() => {});
  return {
    async write(bytes) {
      if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), pump]);
    },
    async finish() {
      gzip.end();
      await pump;
      return await sink.finish();
    },
    async abort() {
      gzip.destroy();
      await sink.abort();
    },
  };
}
