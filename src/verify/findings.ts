/** Findings: what is wrong with a station file, where, and why it matters. */

/** The kinds of findings, each with what goes wrong for whoever uses such a file. */
export const REASONS = {
  structure: 'the file is damaged, nothing behind this place can be trusted',
  storage: 'readers of HDF5 may follow the wrong link or refuse the file',
  table: 'programs look for this table by its name',
  column: 'programs look for this column by its name',
  layout: 'programs rely on the types, dimensions and attributes of the columns',
  'fill-value':
    'readers turn a column into floating point by this attribute, or take a missing value for a number',
  'record-index': 'the slice of a launch by recordindex and recordsize takes the wrong rows',
  'record-time': 'a search for a launch by its time finds another one, or none',
  'row-order': 'profiles are read as they stand, from the ground up',
  'report-rows': 'the rows of a report stand together and in the order of header_table',
  'observation-id': 'the id no longer leads to one observation of its report',
  'foreign-key': 'the row refers to a row of another table that is not there',
  duplicate: 'an id stands for one row alone',
  code: 'the code has no meaning in the tables',
  'code-table': 'codes are read by the meaning that the file gives them',
  units: 'the value is read in another unit than it has',
  conversion: 'the value does not follow from the original beside it',
  range: 'nothing can have such a value, and no quality flag says so',
  coordinate: 'the height of the level is taken for another kind of height than it is',
  unfilled: 'what stands there is not of the source: another program wrote it, or the file is damaged',
  missing: 'a row without a value stands for nothing that was observed',
  header: 'what the report says of itself is not what its rows say',
  station: 'the station is described by other reports than those of the file',
  feedback: 'the feedback stands beside another observation',
  attribute: 'catalogues and CF tools believe the attributes',
  counts: 'the account of what was left out does not add up',
  'source-damage': 'nothing that the source holds of the station could be read',
  ledger: 'the file was changed after it was published',
  'source-file': 'the file was made of other bytes than those that lie there',
  against: 'reading the source again gives something else',
} as const;

export type FindingKind = keyof typeof REASONS;

/** One thing that is wrong. */
export interface Finding {
  kind: FindingKind;
  /** Group of the file, `` for the root and the file as a whole. */
  table: string;
  /** Variable or attribute, `` where it is none in particular. */
  variable: string;
  /** Row counted from 0; null where it is none in particular. */
  row: number | null;
  message: string;
}

/** Where a finding is: `row` is left out where there is none. */
export interface FindingPlace {
  table?: string;
  variable?: string;
  row?: number;
}

/** Something worth knowing that is no fault. */
export interface Note {
  text: string;
  /** The same for all files of which it can be said; what it is said of follows in `about`. */
  ofMany: string;
  about: readonly string[];
}

/** Takes down what is wrong with one file: all of it counted, the first ones of each kind kept. */
export interface Findings {
  /** The message is made for findings that are kept. */
  add(kind: FindingKind, place: FindingPlace, message: () => string): void;
  /** @param ofMany what is said where several files have such a note, with the names that it is `about`; else the text itself */
  note(text: string, ofMany?: string, about?: readonly string[]): void;
  readonly kept: readonly Finding[];
  readonly notes: readonly Note[];
  /** How many of each kind there are, kept or not. */
  readonly counts: ReadonlyMap<FindingKind, number>;
}

/** @param limit findings of a kind that are kept */
export function createFindings(limit: number): Findings {
  const kept: Finding[] = [];
  const notes: Note[] = [];
  const counts = new Map<FindingKind, number>();
  return {
    kept,
    notes,
    counts,
    add(kind, { table = '', variable = '', row }, message) {
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      if (count < limit) kept.push({ kind, table, variable, row: row ?? null, message: message() });
    },
    note: (text, ofMany = text, about = []) => {
      notes.push({ text, ofMany, about });
    },
  };
}
