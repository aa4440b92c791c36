/** The descriptor files `sources/<dataset>.json`. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { asStorageError, HarvestError, InputError } from '../errors.js';
import type {
  ArchiveLayout,
  DownloadDescriptor,
  FeedbackDescriptor,
  SourceDescriptor,
} from '../records/descriptor.js';
import { FEEDBACK_NAME } from '../records/feedback-attributes.js';
import { flag, listOf, mapOf, number, object, oneOf, optional, orNull, text, textLike } from '../shape.js';

const LAYOUT = { folder: text, files: listOf(text) };

const isDescriptor = object<SourceDescriptor>({
  id: text,
  title: text,
  summary: text,
  provider: text,
  homepage: text,
  size: text,
  period: text,
  licence: text,
  dataPolicyLicence: number,
  citation: text,
  references: listOf(text),
  access: text,
  login: flag,
  filePatterns: listOf(text),
  stationIdRule: text,
  productVersion: text,
  sourceFormat: number,
  sourceFormatVersion: text,
  download: object<DownloadDescriptor>({
    pattern: text,
    atLeast: number,
    mirrors: listOf(object<ArchiveLayout>({ base: textLike(/\/$/), ...LAYOUT })),
    layout: object(LAYOUT),
  }),
  feedback: optional(
    listOf(
      object<FeedbackDescriptor>({
        group: textLike(FEEDBACK_NAME),
        of: text,
        run: text,
        table: orNull(text),
        columns: listOf(text),
        departures: mapOf(oneOf('first guess', 'analysis')),
        unitsFrom: mapOf(text),
        scales: mapOf(number),
      }),
    ),
  ),
});

/**
 * Reads and checks the descriptor of a dataset from the folder `sources/` of the package.
 *
 * @throws StorageError where the file is missing, InputError `DESCRIPTOR` where a field is missing or of another type
 */
export async function readDescriptor(id: string): Promise<SourceDescriptor> {
  const path = fileURLToPath(new URL(`../../sources/${id}.json`, import.meta.url));
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isDescriptor(content) && content.id === id) return content;
    throw new InputError('DESCRIPTOR', `${path}: not a complete source descriptor`, { file: path });
  } catch (error) {
    if (error instanceof HarvestError) throw error;
    if (error instanceof SyntaxError)
      throw new InputError('DESCRIPTOR', `${path}: not JSON`, { file: path, cause: error });
    throw asStorageError(error, 'cannot read', path);
  }
}
