/** Sources of bytes: a file on the disk, and memory. */
import { type FileHandle, open } from 'node:fs/promises';
import { asStorageError } from '../errors.js';
import type { ByteSource } from './field.js';

/** A source that holds something open. */
export interface OpenSource extends ByteSource {
  /** Lets go of it; a second call does nothing. Reading afterwards rejects. */
  close(): Promise<void>;
}

/**
 * A file. Its size is taken when it is opened: what is written behind that later is not seen.
 *
 * @throws StorageError when the file cannot be opened or is a folder
 */
export async function fileSource(path: string): Promise<OpenSource> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    // A folder opens, but does not read: said now and not in the middle of a scan.
    await file.read(new Uint8Array(1), 0, 1, 0);
    return new FileSource(path, size, file);
  } catch (error) {
    await file?.close();
    throw asStorageError(error, 'opening', path);
  }
}

class FileSource implements OpenSource {
  readonly name: string;
  readonly size: number;
  readonly #file: FileHandle;
  #closed: Promise<void> | null = null;

  constructor(name: string, size: number, file: FileHandle) {
    this.name = name;
    this.size = size;
    this.#file = file;
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - position));
    const bytes = new Uint8Array(wanted);
    let filled = 0;
    try {
      while (filled < wanted) {
        const { bytesRead } = await this.#file.read(bytes, filled, wanted - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw asStorageError(error, 'reading', this.name);
    }
    return filled === wanted ? bytes : bytes.subarray(0, filled);
  }

  close(): Promise<void> {
    this.#closed ??= this.#file.close();
    return this.#closed;
  }
}

/** Bytes in memory. What is read are views of them, no copies. */
export function memorySource(bytes: Uint8Array, name = 'memory'): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (position, length) => bytes.subarray(position, position + length),
  };
}
