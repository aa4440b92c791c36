/** The unfinished file of a download, and the sidecar that says of which edition of which URL its bytes are. */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { asStorageError, StorageError } from '../../errors.js';
import { number, object, orNull, parsed, text } from '../../shape.js';

/** What the bytes of a part file belong to. */
export interface PartState {
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** What `If-Range` may hold; null where the archive gives nothing that tells two editions apart. */
  validator: string | null;
  /** Of the whole file; null where the archive does not say. */
  size: number | null;
}

/** Bytes on disk that a download can go on from. */
export interface ResumablePart {
  bytes: number;
  size: number;
  validator: string;
  etag: string | null;
  lastModified: string | null;
}

const NO_FOLLOW = constants.O_NOFOLLOW;

/**
 * What can be resumed from `url`; null where there is nothing, or nothing that surely belongs together.
 *
 * @throws StorageError
 */
export async function readPart(part: string, url: string): Promise<ResumablePart | null> {
  const bytes = await sizeOfFile(part);
  if (bytes === null || bytes === 0) return null;
  const state = parseState(await readSidecar(part));
  if (state === null || state.url !== url || state.validator === null || state.size === null) return null;
  // A part that reaches the end gives one byte back, so that one request tells whether it is still the archive's file.
  const { size, validator, etag, lastModified } = state;
  if (bytes > size || size < 2) return null;
  return { bytes: Math.min(bytes, size - 1), size, validator, etag, lastModified };
}

/**
 * Opens the part file empty. The old sidecar goes before the old bytes, the new one comes before the new bytes: at no instant
 * do bytes of one edition stand beside the sidecar of another.
 *
 * @throws StorageError, also where the path is a symbolic link or no file
 */
export async function startPart(part: string, state: PartState): Promise<FileHandle> {
  await sizeOfFile(part);
  const sidecar = sidecarOf(part);
  return await attempt('cannot write', part, async () => {
    await rm(sidecar, { force: true });
    const handle = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | NO_FOLLOW);
    try {
      const file = await open(sidecar, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW);
      await file.writeFile(`${JSON.stringify(state)}\n`).finally(() => file.close());
    } catch (error) {
      await handle.close();
      throw error;
    }
    return handle;
  });
}

/** Opens the part file to go on after its first `bytes`. */
export async function continuePart(part: string, bytes: number): Promise<FileHandle> {
  return await attempt('cannot write', part, async () => {
    const handle = await open(part, constants.O_WRONLY | NO_FOLLOW);
    await handle.truncate(bytes);
    return handle;
  });
}

/** Removes the part file and its sidecar, where they are. */
export async function discardPart(part: string): Promise<void> {
  await attempt('cannot remove', part, async () => {
    await discardSidecar(part);
    await rm(part, { force: true });
  });
}

/** Removes the sidecar, where it is. */
export async function discardSidecar(part: string): Promise<void> {
  await attempt('cannot remove', sidecarOf(part), () => rm(sidecarOf(part), { force: true }));
}

/**
 * Size of a regular file in bytes, null where there is none.
 *
 * @throws StorageError `ELOOP` for a symbolic link, `EISDIR` for anything else that is no file
 */
export async function sizeOfFile(path: string): Promise<number | null> {
  const stats = await attempt('cannot read', path, () => lstat(path).catch(nullIfMissing));
  if (stats === null || stats.isFile()) return stats === null ? null : stats.size;
  const isLink = stats.isSymbolicLink();
  throw new StorageError(
    isLink ? 'ELOOP' : 'EISDIR',
    `cannot write ${path}: it is ${isLink ? 'a symbolic link' : 'not a file'}`,
    { file: path, hint: 'Remove it, or choose another folder.' },
  );
}

/** Runs a file operation; its errors name the action and the path. */
export async function attempt<T>(action: string, path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw asStorageError(error, action, path);
  }
}

function sidecarOf(part: string): string {
  return `${part}.json`;
}

async function readSidecar(part: string): Promise<string> {
  const sidecar = sidecarOf(part);
  return await attempt('cannot read', sidecar, async () => {
    const handle = await open(sidecar, constants.O_RDONLY | NO_FOLLOW).catch(nullIfMissing);
    if (handle === null) return '';
    return await handle.readFile('utf8').finally(() => handle.close());
  });
}

function parseState(json: string): PartState | null {
  const state = parsed(json, STATE);
  return state === undefined || (state.size !== null && !Number.isSafeInteger(state.size)) ? null : state;
}

const STATE = object<PartState>({
  url: text,
  etag: orNull(text),
  lastModified: orNull(text),
  validator: orNull(text),
  size: orNull(number),
});

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
