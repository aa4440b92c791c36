/** What identifies an input file for provenance and for telling whether it changed. */
import { createHash } from 'node:crypto';
import { asStorageError } from '../errors.js';
import { readRange } from './range.js';

/**
 * Size and SHA-256 (lower-case hexadecimal) of a file as it is on disk, compressed or not; read as a stream.
 *
 * @throws StorageError where the file cannot be read
 */
export async function hashFile(
  path: string,
  signal?: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of readRange(path) as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    throw asStorageError(error, 'cannot read', path);
  }
  return { bytes, sha256: hash.digest('hex') };
}
