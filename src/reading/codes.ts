/** The code tables that a station file brings along: codes spelled out. */
import type { StationContents, StationTable } from './station.js';

/** Columns that hold the short name of a code, the first one that a table has. */
const NAME_COLUMNS = ['name', 'description', 'abbreviation'];

/**
 * Names by code of a code table of the file: its first column is the code. Empty where the file has no such table or the table no
 * numbers for codes. `column` is what to take for the name; without it `name`, `description`, `abbreviation`, the first there is,
 * or else the first text. Where a code has several rows (a conversion method has one per variable) the first one counts.
 */
export async function codeNames(
  station: StationContents,
  table: string,
  column?: string,
): Promise<ReadonlyMap<number, string>> {
  const found = station.tables.get(table);
  const codes = found === undefined ? undefined : [...found.columns.values()][0];
  const names = found === undefined ? undefined : nameColumn(found, column);
  if (codes === undefined || names === undefined || codes.kind === 'text') return new Map();
  const [numbers, texts] = await Promise.all([codes.numbers(), names.texts()]);
  const byCode = new Map<number, string>();
  for (const [row, text] of texts.entries()) {
    const code = numbers[row] as number;
    if (!byCode.has(code)) byCode.set(code, text);
  }
  return byCode;
}

function nameColumn(table: StationTable, wanted: string | undefined) {
  const columns = [...table.columns.values()].slice(1).filter(({ kind }) => kind === 'text');
  const names = wanted === undefined ? NAME_COLUMNS : [wanted];
  for (const name of names) {
    const column = columns.find((each) => each.name === name);
    if (column !== undefined) return column;
  }
  return wanted === undefined ? columns[0] : undefined;
}
