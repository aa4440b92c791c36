/** Charts to files: SVG or PNG by the name. */
import { writeWholeFile } from '../disk/whole-file.js';
import { pngOf } from './png.js';

/**
 * Writes a chart as a whole or not at all.
 *
 * @param path ends in `.png` for an image, else it gets the SVG
 * @throws StorageError
 */
export async function writeChart(path: string, svg: string): Promise<void> {
  const isImage = /\.png$/i.test(path);
  await writeWholeFile(path, isImage ? await pngOf(svg) : `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`);
}
