/**
 * The match: soundings in order go in, rows of CDM tables come out. The schema comes first: it says what the station file holds.
 *
 * observations_table leaves in blocks while the station streams by; the tables with one row per report, station or file
 * are small and are taken at the end, with the record index (where each launch begins in observations_table).
 */
export {
  BLOCK_ROWS,
  type BlockPlace,
  blockPlace,
  type ObservationBlock,
  type TextWidths,
} from './block.js';
export { TABLES_CONTRACT } from './contract.js';
export { CONVERTED, coordinateRules, type Profile, type WritingRule, writingRule } from './conventions.js';
export {
  type FeedbackArray,
  type FeedbackElement,
  type FeedbackGroup,
  FeedbackMisfit,
  NO_NEEDS,
  widened,
} from './feedback.js';
export type { FeedbackColumns } from './feedback-rows.js';
export type { RunList } from './feedback-runs.js';
export {
  type StationFeedback,
  type StationSchema,
  stationSchema,
} from './schema.js';
export type { SourceFileIdentity } from './source-files.js';
export type { StationExtent } from './station.js';
export {
  createStationMatch,
  type MatchedStation,
  type StationMatch,
} from './station-match.js';
export {
  type ColumnValues,
  type DerivedColumn,
  INT_MISSING,
  isDerived,
  type TableData,
} from './table-data.js';
