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
  /** Vertical coordinate in the unit of its kind; NaN where unknown. */
  zCoordinate: Float64Array;
  /** Kind of the vertical coordinate, a value of `Z_TYPE`; -1 none. */
  zType: Int8Array;
  /** Seconds since launch; NaN where the source has none. */
  elapsed: Float32Array;
  /** Code of the CDM table `quality_flag`. */
  quality: Int8Array;
  /**
   * What the source says of the level, in the bits of `SIGNIFICANCE`: 0 for a level of no special kind, `SIGNIFICANCE_UNKNOWN`
   * where it does not say. Null in sources that never do.
   */
  significance: Int32Array | null;
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
  /**
   * When the report's own first level was observed, where that is not the launch: a descent begins where the ascent has ended.
   * Seconds since 1900-01-01, NaN otherwise. It is then the time of the report, and the launch time stays the launch.
   */
  beginTime: Float64Array;
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
  /** 0 ascent, 1 descent, -1 where nothing tells. */
  verticalDirection: Int8Array;
  /** Code of the CDM table `platform_type` of this report; -1 where it is that of the station. */
  platformType: Int8Array;
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
