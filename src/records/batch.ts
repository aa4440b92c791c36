/**
 * The normalised record batch: what every reader hands over and what the match reads.
 *
 * A batch holds whole reports (soundings) as columns: of `reports` one value per report, of `observations` one per (report,
 * level, variable) that has a value, and of `feedback` likewise. The rows of a report are consecutive; `firstRow` and
 * `rowCount` say where. All columns are exactly as long as there are reports or rows. Between steps of a run they go from
 * hand to hand as they are; `arrow.ts` has the form in which they are stored and exchanged.
 */
import type { FeedbackValues } from './feedback.js';

/** One row per (report, level, variable), in the order of the source. */
export interface ObservationColumns {
  /** Code of the CDM table `observed_variable`. */
  observedVariable: Int16Array;
  /** Physical value in the unit that the source's encodings state for this variable; never missing. */
  value: Float64Array;
  /** Vertical coordinate in Pa (type 1), m above sea level (type 0) or m2 s-2 (type 2); NaN where unknown. */
  zCoordinate: Float64Array;
  /** 0 height, 1 pressure, 2 geopotential, -1 none. */
  zType: Int8Array;
  /** Seconds since launch; NaN where the source has none. */
  elapsed: Float32Array;
  /** Code of the CDM table `quality_flag`. */
  quality: Int8Array;
  /**
   * Position of the level where the source gives one, degrees north and east (-180 to 180); NaN where the position of the
   * report holds. Null in sources without positions by level.
   */
  latitude: Float64Array | null;
  longitude: Float64Array | null;
}

/** One row per report. */
export interface ReportColumns {
  /** First row of the report in the observation columns. */
  firstRow: Int32Array;
  rowCount: Int32Array;
  /** Launch (release) time, seconds since 1900-01-01; NaN where the source gives none. */
  launchTime: Float64Array;
  /** Nominal (synoptic) time, seconds since 1900-01-01; NaN where the source gives none. */
  nominalTime: Float64Array;
  /** The time to use where neither of the two is there (local midday of the date); NaN otherwise. */
  dateOnlyTime: Float64Array;
  /** Code of the CDM table `time_quality` for the launch time, or for the nominal time where there is no launch time. */
  timeQuality: Int8Array;
  /** Degrees north, degrees east (-180 to 180); NaN where unknown. */
  latitude: Float64Array;
  longitude: Float64Array;
  /** Index into the input files of the station. */
  inputFile: Int32Array;
  /** First byte of the report in the uncompressed input file. */
  byteOffset: Float64Array;
  /** Height of the station in metres above sea level as the report gives it; NaN where it does not. */
  elevation: Float64Array;
  /** The source's own number for the kind of report (ODB `reportype`); -1 where it has none. */
  kind: Int32Array;
  /** The source's own number of the report (ODB `seqno`, UADB sounding id); NaN where it has none. */
  number: Float64Array;
  /** Radiosonde type, WMO code table 0 02 011; -1 where unknown. */
  sondeType: Int16Array;
  /** Free text of the source about this report, '' for none. */
  comment: string[];
}

/** Whole reports with their rows. */
export interface SoundingBatch {
  reports: ReportColumns;
  observations: ObservationColumns;
  /** Row by row with the observations; empty from sources without feedback. */
  feedback: readonly FeedbackValues[];
  /** Gives the columns of the observations back to be written again; null where nobody wants them. See `release`. */
  recycle: (() => void) | null;
}
