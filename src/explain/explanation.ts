/** What explaining a row gives: everything that is known of where it came from. */

import type { ByteRange, Conversion, MarkedField, QualityMark, SourceUnit } from '../sources/locator.js';
import type { RowElement } from './cdm-rows.js';

/** A row of a table. */
export interface ExplainedRow {
  table: string;
  /** From 0. */
  row: number;
  /** Elements that are not missing. */
  elements: readonly RowElement[];
}

/** A row of a group of feedback. */
export interface ExplainedFeedback extends ExplainedRow {
  /** The reanalysis or the collection of forecasts, and its run; '' where the file does not say. */
  of: string;
  run: string;
}

/** A source file of the report, and the report in it. */
export interface ExplainedSource {
  /** `source_id`. */
  id: string;
  name: string;
  sha256: string;
  /** As source_configuration has it, such as `228149 bytes`. */
  size: string;
  /** Whether the file at hand is the one that was harvested; `missing` where there is none. */
  state: 'same' | 'changed' | 'missing';
  path: string | null;
  /** Name of the content: of the member of an archive, or of the file without `.gz`; null where the file is missing. */
  content: string | null;
  /** First byte of the report in the uncompressed content, as header_table has it. */
  byteOffset: number;
  /** The report in the file at hand; null where it was not found. */
  report: ExplainedReport | null;
  /** How to get the file, where it is missing; '' otherwise. */
  howToGet: string;
}

export interface ExplainedReport extends ByteRange {
  /** Its header line or first row, or what its message says of itself. */
  head: string;
  line: number | null;
}

/** A place in a source file where the value of the row stands. */
export interface ExplainedPlace {
  source: string;
  unit: SourceUnit;
  fields: readonly MarkedField[];
  /** From the raw fields to what the row holds. */
  conversions: readonly Conversion[];
  marks: readonly QualityMark[];
  /** Elements of which the source at hand says something else than the row. */
  differs: readonly string[];
}

/** One row of observations_table, explained. */
export interface Explanation {
  observationId: string;
  observation: ExplainedRow;
  report: ExplainedRow;
  /** Its row of profile_configuration, with what the source says in words; null where there is none. */
  launch: ExplainedRow | null;
  sources: readonly ExplainedSource[];
  /** More than one where the source says the same twice; one row is written of such values. */
  places: readonly ExplainedPlace[];
  /** The row of the group of feedback that was asked for; [] where the file has none. */
  feedback: readonly ExplainedFeedback[];
  /** What is not as it should be, one sentence each. */
  warnings: readonly string[];
}

/** The explanations of one station file. */
export interface ExplainedFile {
  file: string;
  dataset: string;
  stationId: string;
  profile: 'cdm' | 'cuon';
  /** Names of all groups of feedback of the file. */
  feedbackGroups: readonly string[];
  explanations: readonly Explanation[];
}
