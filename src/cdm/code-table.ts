import { TablesError } from '../errors.js';
import { cleanName, type DelimitedRecord, splitDelimited } from './delimited.js';
import type { CodeRow, CodeTable, TableDefinition, TableWarning } from './model.js';

/**
 * Parses one file of `tables/`. Every row keeps its code; a row whose fields do not match the header keeps only what is certain:
 *
 * - surplus empty fields at the end are dropped;
 * - surplus text after a row without an empty field is dropped, the fields before it cannot have moved;
 * - when every row of the file is equally short, the last columns were never filled;
 * - a row broken by blanks instead of tabs is taken when splitting at runs of blanks gives exactly the header's fields;
 * - otherwise all fields but the code are `null`.
 *
 * Each of these is a warning with file and line. A row whose integer key cannot be read is left out, with a warning.
 * @throws TablesError `MALFORMED_TABLE` when the header repeats a column or names none; see `splitDelimited`.
 */
export function parseCodeTable(
  name: string,
  bytes: Uint8Array,
  file: string,
  definition: TableDefinition | undefined,
  warnings: TableWarning[],
): CodeTable {
  const { header, records, fallbackEncoding } = splitDelimited(bytes, file);
  if (fallbackEncoding) warnings.push({ file, line: 1, message: 'not UTF-8, read as windows-1252' });
  const columns = headerColumns(header, file);
  const keyColumn = findKeyColumn(columns, definition);
  const keyIndex = columns.indexOf(keyColumn);
  const textKey = definition?.elements.find((element) => element.name === keyColumn)?.kind.base === 'varchar';
  const shortBy = commonShortfall(records, columns.length);
  if (shortBy > 0) {
    warnings.push({
      file,
      line: records[0]?.line ?? header.line,
      message: `every row is short of the last ${shortBy} of ${columns.length} fields: ${columns.slice(-shortBy).join(', ')} left missing`,
    });
  }

  const rows: CodeRow[] = [];
  for (const record of records) {
    const warn = (message: string): void => void warnings.push({ file, line: record.line, message });
    const cells = alignCells(record.cells, columns.length, shortBy, keyIndex, warn);
    const key = cells[keyIndex] ?? '';
    const code = parseCode(key);
    if (code === undefined && (!textKey || key === '')) {
      warn(`no readable code in "${key.slice(0, 40)}", row left out`);
      continue;
    }
    const values = cells.map((cell) => (cell === '' ? null : cell));
    if (code !== undefined && !textKey) values[keyIndex] = String(code);
    rows.push({ code: code ?? Number.NaN, values });
  }
  return { name, keyColumn, columns, rows, extension: false };
}

function headerColumns(header: DelimitedRecord, file: string): string[] {
  const columns = header.cells.map(cleanName);
  while (columns.length > 1 && columns.at(-1) === '') columns.pop();
  if (columns.some((column) => column === '') || new Set(columns).size !== columns.length) {
    throw new TablesError(
      'MALFORMED_TABLE',
      `${file}:${header.line}: the header has empty or repeated titles`,
      {
        file,
        line: header.line,
      },
    );
  }
  return columns;
}

function findKeyColumn(columns: readonly string[], definition: TableDefinition | undefined): string {
  const keys = (definition?.elements ?? []).filter(
    (element) => element.kind.primaryKey && columns.includes(element.name),
  );
  const key = keys.find((element) => element.kind.base === 'int') ?? keys[0];
  return key?.name ?? columns[0] ?? '';
}

/** How many trailing fields every row lacks; 0 unless all rows (at least two) agree, for one row alone proves nothing. */
function commonShortfall(records: readonly DelimitedRecord[], width: number): number {
  const first = records[0]?.cells.length ?? 0;
  if (records.length < 2 || first < 2 || first >= width) return 0;
  return records.every((record) => record.cells.length === first) ? width - first : 0;
}

/** Returns exactly `width` cells; `null` where nothing certain is known. */
function alignCells(
  cells: readonly string[],
  width: number,
  shortBy: number,
  keyIndex: number,
  warn: (message: string) => void,
): (string | null)[] {
  const trimmed = [...cells];
  while (trimmed.length > width && trimmed.at(-1) === '') trimmed.pop();
  if (trimmed.length < cells.length)
    warn(`${cells.length} fields under ${width} titles: empty surplus dropped`);
  if (trimmed.length === width) return splitCodeFromText(trimmed, keyIndex, warn);
  if (shortBy > 0) return [...trimmed, ...new Array<null>(shortBy).fill(null)];
  if (trimmed.length > width && trimmed.every((cell) => cell !== '')) {
    warn(`${trimmed.length} fields under ${width} titles: surplus dropped`);
    return trimmed.slice(0, width);
  }
  const resplit = trimmed.flatMap((cell) => cell.split(/\s{2,}/));
  if (trimmed.length < width && resplit.length === width) {
    warn(`${trimmed.length} fields under ${width} titles: separated by runs of blanks`);
    return resplit;
  }
  warn(`${trimmed.length} fields under ${width} titles: only the code is kept`);
  // With a wrong number of fields only the first one is sure to stand in its column.
  return Array.from({ length: width }, (_, index) =>
    index === keyIndex && keyIndex === 0 ? (leadingCode(trimmed[0] ?? '') ?? trimmed[0] ?? null) : null,
  );
}

/** `1    Post-processing` with an empty next field: code and text share a field, and the text's own column is free. */
function splitCodeFromText(cells: string[], keyIndex: number, warn: (message: string) => void): string[] {
  const match = /^(\d+)\s{2,}(\S.*)$/.exec(cells[keyIndex] ?? '');
  if (match === null || cells[keyIndex + 1] !== '') return cells;
  warn('code and text share one field, split at the run of blanks');
  return cells.with(keyIndex, match[1] ?? '').with(keyIndex + 1, match[2] ?? '');
}

function leadingCode(cell: string): string | undefined {
  return /^(-?\d+)(\s|$)/.exec(cell)?.[1];
}

/** `005` and `5` are the same code; anything that is not a plain integer is no code. */
function parseCode(text: string): number | undefined {
  if (!/^[+-]?\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}
