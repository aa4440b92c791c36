/** Small tables of observations for tests: rows that say only what matters in them. */
import {
  encodeOdbText,
  type OdbTable,
  type OdbTextStyle,
  type OdbType,
  type OdbValue,
} from './odb-encoder.js';

/** A row as far as it differs from `USUAL`; further columns are added to the table. */
export type SmallRow = Record<string, OdbValue>;

const USUAL: SmallRow = {
  'statid@hdr': '   11035',
  'date@hdr': 20190220,
  'time@hdr': 120000,
  'lat@hdr': 48.25,
  'lon@hdr': 16.375,
  'varno@body': 2,
  'obsvalue@body': 250.5,
  'vertco_type@body': 1,
  'vertco_reference_1@body': 50000,
};
const REALS = /^(?:lat|lon|stalt|obsvalue|vertco_reference_1|\w*depar)\b/;

/** A table of the rows, with the nine required columns and those that a row has besides. */
export function smallTable(rows: readonly SmallRow[]): OdbTable {
  const names = [...new Set([...Object.keys(USUAL), ...rows.flatMap((row) => Object.keys(row))])];
  const type = (name: string): OdbType => {
    if (REALS.test(name)) return 'real';
    return rows.some((row) => typeof (row[name] ?? USUAL[name]) === 'string') ? 'string' : 'integer';
  };
  return {
    columns: names.map((name) => ({ name, type: type(name) })),
    rows: rows.map((row) => names.map((name) => (name in row ? row[name] : USUAL[name]) ?? null)),
  };
}

/** The rows as text. */
export function smallText(rows: readonly SmallRow[], style: OdbTextStyle = {}): Buffer {
  return encodeOdbText(smallTable(rows), style);
}
