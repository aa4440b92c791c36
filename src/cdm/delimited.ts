import { CsvError, parse } from 'csv-parse/sync';
import { TablesError } from '../errors.js';

/** One record of a table file with the 1-based line on which it ends. */
export interface DelimitedRecord {
  line: number;
  cells: readonly string[];
}

/** A table file split into cells; the header is the first record that is not a comment. */
export interface DelimitedFile {
  header: DelimitedRecord;
  records: readonly DelimitedRecord[];
  /** `\t` or `,`. */
  delimiter: string;
  /** True when the bytes were not UTF-8 and were read as windows-1252. */
  fallbackEncoding: boolean;
}

/** No honest record comes near; bounds the memory that a hostile file can ask for. */
const MAX_RECORD_CHARACTERS = 262_144;
/** Of UTF-8 per UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3;

interface ParsedRecord {
  info: { lines: number };
  record: string[];
}

/**
 * Splits the bytes of a table or definition file. The dialect is decided by the header line, not by the file name (one edition
 * has tab-separated `.csv`): a tab in it means tabs and literal quotes, otherwise commas and RFC 4180 quotes.
 * Comment lines (`#`) stand only before the header; empty lines are skipped; cells come trimmed and free of LaTeX escapes.
 * @throws TablesError `EMPTY_TABLE` without a header, `MALFORMED_TABLE` when quotes do not close.
 */
export function splitDelimited(bytes: Uint8Array, file: string): DelimitedFile {
  const { text, fallbackEncoding } = decodeText(bytes);
  if (text.includes('\0')) {
    throw new TablesError('MALFORMED_TABLE', `${file} holds NUL characters: not a text table`, { file });
  }
  const lines = text.split(/\r\n|\n|\r/);
  let first = 0;
  while (first < lines.length && /^\s*(#|$)/.test(lines[first] ?? '')) first += 1;
  const headerLine = lines[first];
  if (headerLine === undefined) {
    throw new TablesError('EMPTY_TABLE', `${file} has no header line`, { file });
  }
  const delimiter = headerLine.includes('\t') ? '\t' : ',';
  const all = isPlain(lines, delimiter)
    ? splitLines(lines, first, delimiter)
    : parseRecords(lines.slice(first).join('\n'), delimiter, file, first);
  const [header, ...records] = all.filter((record) => record.cells.some((cell) => cell !== ''));
  if (header === undefined) {
    throw new TablesError('EMPTY_TABLE', `${file} has no header line`, { file });
  }
  return { header, records, delimiter, fallbackEncoding };
}

/**
 * Without quotes, and without a line that comes near the limit, a record is a line and nothing is left to parse. Nine of ten files are
 * so, and an edition is read by code that has just been loaded: stepping over its bytes there is a tenth of the time of a short run.
 */
function isPlain(lines: readonly string[], delimiter: string): boolean {
  const quoted = delimiter === ',';
  return lines.every(
    (line) => line.length * MAX_BYTES_PER_UNIT <= MAX_RECORD_CHARACTERS && !(quoted && line.includes('"')),
  );
}

function splitLines(lines: readonly string[], first: number, delimiter: string): DelimitedRecord[] {
  const records: DelimitedRecord[] = [];
  for (let i = first; i < lines.length; i++) {
    const line = lines[i]!;
    if (line !== '') records.push({ line: i + 1, cells: line.split(delimiter).map(cleanCell) });
  }
  return records;
}

function parseRecords(text: string, delimiter: string, file: string, skipped: number): DelimitedRecord[] {
  try {
    const parsed = parse(text, {
      delimiter,
      quote: delimiter === ',' ? '"' : null,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: '\n',
      max_record_size: MAX_RECORD_CHARACTERS,
      info: true,
    }) as unknown as ParsedRecord[];
    return parsed.map(({ info, record }) => ({
      line: skipped + info.lines,
      cells: record.map(cleanCell),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? skipped + error.lines : undefined;
    throw new TablesError('MALFORMED_TABLE', `${file} cannot be split into records: ${error.message}`, {
      file,
      ...(line !== undefined && { line }),
      cause: error,
    });
  }
}

/** Characters of the windows-1252 bytes 0x80 to 0x9F; the others are those of Latin-1. */
const WINDOWS_1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** UTF-8 where the bytes are UTF-8, else windows-1252 (the Latin-1 superset that the editors of these files use). */
function decodeText(bytes: Uint8Array): { text: string; fallbackEncoding: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), fallbackEncoding: false };
  } catch {
    // Not TextDecoder('windows-1252'): Node 20 decodes it as Latin-1, later versions do not.
    const text = Buffer.from(bytes)
      .toString('latin1')
      .replace(
        /[\u0080-\u009f]/g,
        (character) => WINDOWS_1252_HIGH[character.charCodeAt(0) - 0x80] ?? character,
      );
    return { text, fallbackEncoding: true };
  }
}

/** The definitions were once generated from LaTeX: `header\_table`, `\%` and the spacing `\hspace{10 mm}` are left-overs. */
function cleanCell(cell: string): string {
  if (!cell.includes('\\')) return cell.trim();
  return cell
    .replace(/\\hspace\{[^{}]*\}/g, ' ')
    .replace(/\\([_%&#$])/g, '$1')
    .trim();
}

/** A column or element name: blanks inside become `_` (`uncertainty type` is `uncertainty_type` in its definition). */
export function cleanName(cell: string): string {
  return cell.trim().replace(/\s+/g, '_');
}
