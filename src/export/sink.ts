/** Where exported bytes go: a file that gets its name when it is complete, or standard output; either may be compressed. */
import { once } from 'node:events';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { asStorageError } from '../errors.js';
import { syncFolder } from '../folder.js';

/** Takes bytes in order. After an error, `abort`. */
export interface Sink {
  /** Resolves when more may come. The bytes must not change before that. */
  write(bytes: Uint8Array): Promise<void>;
  /** Everything is written: gives the file its name. Resolves to the number of bytes. */
  finish(): Promise<number>;
  /** Leaves nothing behind. May be called after an error of `finish`, too. */
  abort(): Promise<void>;
}

/** The reader of standard output has gone (`| head`): nobody wants the rest. */
export class ReaderGone extends Error {}

/**
 * A file that is written as `.<name>.<pid>.tmp` in its folder, and gets its name, in place of what had it before, once all of it is
 * on the disk. What is there and is no file (a device, a named pipe) is written to as it is. Throws `StorageError`.
 */
export async function fileSink(path: string): Promise<Sink> {
  const isFile = await isForFile(path);
  const temporary = isFile ? join(dirname(path), `.${basename(path)}.${process.pid}.tmp`) : path;
  const storage = async <T>(work: Promise<T>): Promise<T> =>
    await work.catch((error: unknown) => {
      throw asStorageError(error, 'cannot write', path);
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
              (error as NodeJS.ErrnoException).code === 'EPIPE' ||
                (error as NodeJS.ErrnoException).code === 'ERR_STREAM_DESTROYED'
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
