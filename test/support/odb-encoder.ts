/**
 * Writes tables of observations as the text export of an observation database has them. It shares nothing with the reader,
 * so that each is a check of the other.
 */

/** Type of a column of the database: whole numbers, numbers of single precision, fields of bits, texts of 8 characters. */
export type OdbType = 'integer' | 'real' | 'bitfield' | 'string';

/** A value; null is NULL. */
export type OdbValue = number | string | null;

/** A table: rows of values in the order of the columns. */
export interface OdbTable {
  columns: readonly { name: string; type: OdbType }[];
  rows: readonly (readonly OdbValue[])[];
}

/** How the text is written. */
export interface OdbTextStyle {
  /** Columns of equal width, filled with blanks; texts keep their blanks in any case. */
  padded?: boolean;
  /** Names with the table behind `@`; true unless set. */
  tableNames?: boolean;
  /** The order of the columns by their places in the table; a column that is not named is left out. */
  order?: readonly number[];
  lineEnd?: '\n' | '\r\n';
  /** Decimals of a number of single precision; 6 unless set. */
  decimals?: number;
  /** Whether texts have the blanks that fill them to 8 characters; true unless set. */
  filledTexts?: boolean;
  /** Names with their types, as `odc sql -f wide` writes them. */
  typed?: boolean;
  /** Missing values as the numbers that odc has for them (`odc sql -N`); texts are empty then. */
  marks?: boolean;
  quote?: "'" | '"';
  /** What stands at the end of each line, before its line end. */
  tail?: string;
  /** What stands before the header line. */
  before?: string;
}

/** The types as odc names them. */
const TYPE_NAMES: Readonly<Record<OdbType, string>> = {
  integer: 'integer',
  real: 'real',
  bitfield: 'Bitfield[active:1;passive:1;rejected:1;blacklisted:1;use_emiskf_only:1]',
  string: 'string8',
};
/** What odc has for a missing value; in fields of bits it is that of whole numbers. */
const MARKS: Readonly<Record<OdbType, string>> = {
  integer: '2147483647',
  real: '-2147483647.000000',
  bitfield: '2147483647',
  string: "''",
};

/** The table as text: a header line, then a line per row, values separated by tabs. */
export function encodeOdbText(table: OdbTable, style: OdbTextStyle = {}): Buffer {
  const { padded = false, tableNames = true, lineEnd = '\n', decimals = 6, filledTexts = true } = style;
  const { typed = false, marks = false, quote = "'", tail = '', before = '' } = style;
  const order = style.order ?? table.columns.map((_, i) => i);
  const columns = order.map((i) => {
    const column = table.columns[i];
    if (column === undefined) throw new RangeError(`no column ${i}`);
    return { ...column, place: i };
  });
  const written = (value: OdbValue | undefined, type: OdbType): string => {
    if (value === null || value === undefined) return marks ? MARKS[type] : 'NULL';
    if (typeof value === 'string')
      return `${quote}${filledTexts ? value : value.replaceAll(' ', '')}${quote}`;
    return type === 'real' ? value.toFixed(decimals) : String(value);
  };
  const cells = [
    columns.map(
      ({ name, type }) =>
        (tableNames ? name : name.replace(/@.*/, '')) + (typed ? `:${TYPE_NAMES[type]}` : ''),
    ),
    ...table.rows.map((row) => columns.map(({ place, type }) => written(row[place], type))),
  ];
  if (padded) {
    for (const [i, { type }] of columns.entries()) {
      const width = Math.max(...cells.map((line) => (line[i] ?? '').length));
      for (const line of cells)
        line[i] = type === 'string' ? (line[i] ?? '').padEnd(width) : (line[i] ?? '').padStart(width);
    }
  }
  return Buffer.from(before + cells.map((line) => line.join('\t') + tail + lineEnd).join(''), 'utf8');
}
