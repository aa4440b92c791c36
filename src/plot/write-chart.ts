/** Charts to files: SVG or PNG by the name. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { asStorageError } from '../errors.js';
import { pngOf } from './png.js';

/**
 * Writes a chart under its name when it is complete and on the disk: no reader sees half of one, and a failure leaves what was there.
 *
 * @param path ends in `.png` for an image, else it gets the SVG
 * @throws StorageError
 */
export async function writeChart(path: string, svg: string): Promise<void> {
  const bytes = /\.png$/i.test(path)
    ? await pngOf(svg)
    : Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`);
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {
      // The reason why the chart was not written is what the user needs to know.
    });
    throw asStorageError(error, 'cannot write', path);
  }
}
