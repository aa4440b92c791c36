/** The descriptor files `sources/<dataset>.json`. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { asStorageError, HarvestError, InputError } from '../errors.js';
import type { SourceDescriptor } from '../records/descriptor.js';
import { FEEDBACK_NAME } from '../records/feedback-attributes.js';

const KINDS: Readonly<
  Record<
    Exclude<keyof SourceDescriptor, 'feedback' | 'download'>,
    'string' | 'number' | 'boolean' | 'strings'
  >
> = {
  id: 'string',
  title: 'string',
  summary: 'string',
  provider: 'string',
  homepage: 'string',
  size: 'string',
  period: 'string',
  licence: 'string',
  dataPolicyLicence: 'number',
  citation: 'string',
  references: 'strings',
  access: 'string',
  login: 'boolean',
  filePatterns: 'strings',
  stationIdRule: 'string',
  productVersion: 'string',
  sourceFormat: 'number',
  sourceFormatVersion: 'string',
};

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

function isDescriptor(content: unknown): content is SourceDescriptor {
  if (typeof content !== 'object' || content === null) return false;
  const fields = new Map(Object.entries(content));
  if (!isFeedback(fields.get('feedback')) || !isDownload(fields.get('download'))) return false;
  return Object.entries(KINDS).every(([name, kind]) => {
    const value: unknown = fields.get(name);
    return kind === 'strings' ? areTexts(value) : typeof value === kind;
  });
}

/** Absent, or a list of objects as `FeedbackDescriptor` has them. */
function isFeedback(value: unknown): boolean {
  if (value === undefined) return true;
  return (
    Array.isArray(value) &&
    value.every((entry: unknown) => {
      if (typeof entry !== 'object' || entry === null) return false;
      const fields = new Map<string, unknown>(Object.entries(entry));
      const table = fields.get('table');
      return (
        isText(fields.get('group'), FEEDBACK_NAME) &&
        typeof fields.get('of') === 'string' &&
        typeof fields.get('run') === 'string' &&
        (table === null || typeof table === 'string') &&
        areTexts(fields.get('columns')) &&
        isRecordOf(fields.get('departures'), (kind) => kind === 'first guess' || kind === 'analysis') &&
        isRecordOf(fields.get('unitsFrom'), (column) => typeof column === 'string') &&
        isRecordOf(fields.get('scales'), (scale) => typeof scale === 'number')
      );
    })
  );
}

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

/** An object whose values are all of a kind. */
function isRecordOf(value: unknown, isOne: (value: unknown) => boolean): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isOne)
  );
}

function isDownload(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const mirrors = fields.get('mirrors');
  return (
    typeof fields.get('pattern') === 'string' &&
    typeof fields.get('atLeast') === 'number' &&
    Array.isArray(mirrors) &&
    mirrors.every((mirror: unknown) => isLayout(mirror, true)) &&
    isLayout(fields.get('layout'), false)
  );
}

function isLayout(value: unknown, withBase: boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const base = fields.get('base');
  return (
    (!withBase || (typeof base === 'string' && base.endsWith('/'))) &&
    typeof fields.get('folder') === 'string' &&
    areTexts(fields.get('files'))
  );
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
