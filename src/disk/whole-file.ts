/** Writing a file as a whole or not at all. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { asStorageError } from '../errors.js';

/**
 * Writes a file under its name when it is complete and on the disk: no reader sees half of one, and a failure leaves what was there.
 *
 * @throws StorageError
 */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const unique = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const temporary = join(dirname(resolve(path)), `.${basename(path)}.${unique}.part`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {
      // Why the file was not written is what the user needs to know.
    });
    throw asStorageError(error, 'cannot write', path);
  }
}
