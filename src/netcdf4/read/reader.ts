/** Reading pieces of a file for the structure check: bounded, cached in blocks, every fault an `InputError` with its offset. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { asStorageError, InputError, StorageError } from '../../errors.js';

const BLOCK_BYTES = 1 << 18;
const MAX_BLOCKS = 32;
const TWO_32 = 4294967296;

export interface FileReader {
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** `length` bytes at `position`; throws `InputError` when they are not inside the file. `what` names them in the message. */
  bytes(position: number, length: number, what: string): Buffer;
  /**
   * The same without an object for them: returns where the bytes begin in `block`, which the next call changes. A station file has
   * some thousand pieces to look at, and a view of each takes as long as all checks of it.
   */
  locate(position: number, length: number, what: string): number;
  /** What the last `locate` has found its bytes in. */
  readonly block: Buffer;
}

/** The error of everything that is wrong with the structure of a file. */
export function structureError(path: string, byteOffset: number, what: string): InputError {
  return new InputError('NETCDF_STRUCTURE', `${path}: ${what} (at byte ${byteOffset})`, {
    file: path,
    byteOffset,
    hint: 'The file is damaged or incomplete: make it again, or take a copy that is whole.',
  });
}

/** A descriptor for reading. Throws `StorageError`, and `InputError` (`NOT_A_FILE`) for what is no regular file. */
export function openForReading(path: string): number {
  let descriptor: number;
  try {
    // A pipe without a writer would never open.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return descriptor;
  closeSync(descriptor);
  if (stats.isDirectory())
    throw new StorageError('EISDIR', `cannot read ${path}: it is a folder`, { file: path });
  throw new InputError('NOT_A_FILE', `${path} is a pipe or a device, not a file`, { file: path });
}

export function createReader(descriptor: number, path: string): FileReader {
  return new DescriptorReader(descriptor, path);
}

/** A class, for its methods are compiled once per process, and functions made for each file with each file. */
class DescriptorReader implements FileReader {
  readonly path: string;
  readonly size: number;
  block: Buffer = Buffer.alloc(0);
  readonly #descriptor: number;
  readonly #blocks = new Map<number, Buffer>();

  constructor(descriptor: number, path: string) {
    this.path = path;
    this.size = fstatSync(descriptor).size;
    this.#descriptor = descriptor;
  }

  bytes(position: number, length: number, what: string): Buffer {
    const offset = this.locate(position, length, what);
    return this.block.subarray(offset, offset + length);
  }

  locate(position: number, length: number, what: string): number {
    const { path, size } = this;
    if (!Number.isSafeInteger(position) || position + length > size)
      throw structureError(path, position, `${what} of ${length} bytes is not inside the ${size} bytes`);
    const number = Math.floor(position / BLOCK_BYTES);
    const offset = position - number * BLOCK_BYTES;
    if (offset + length > BLOCK_BYTES) {
      this.block = this.#read(position, length);
      return 0;
    }
    this.block = this.#blockAt(number);
    return offset;
  }

  #read(position: number, length: number): Buffer {
    const target = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const count = readSync(this.#descriptor, target, done, length - done, position + done);
      if (count === 0) throw structureError(this.path, position + done, 'the file ends early');
      done += count;
    }
    return target;
  }

  #blockAt(number: number): Buffer {
    const known = this.#blocks.get(number);
    if (known !== undefined) return known;
    if (this.#blocks.size >= MAX_BLOCKS) this.#blocks.clear();
    const start = number * BLOCK_BYTES;
    const block = this.#read(start, Math.min(BLOCK_BYTES, this.size - start));
    this.#blocks.set(number, block);
    return block;
  }
}

/** An 8-byte length or address; the undefined address and what no file can have become `undefined`. */
export function readU64(bytes: Buffer, offset: number): number | undefined {
  const value = bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * TWO_32;
  return Number.isSafeInteger(value) ? value : undefined;
}
