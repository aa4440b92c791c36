/** One launch as levels: the rows of a report in observations_table, one column per variable. */

/** What the tables say of a report, with where its rows are. */
export interface LaunchHeader {
  reportId: string;
  /** Row of header_table. */
  report: number;
  /** Record of the record index. */
  record: number;
  /** First row in observations_table, and how many. */
  firstRow: number;
  rowCount: number;
  /** Record time, nominal (synoptic) time and launch (release) time, seconds since 1900-01-01; NaN where unknown. */
  time: number;
  nominalTime: number;
  launchTime: number;
  /** Code of `vertical_direction`: 0 ascent, 1 descent; NaN where the file does not say. */
  verticalDirection: number;
  /** Degrees north and east; metres above sea level. */
  latitude: number;
  longitude: number;
  elevation: number;
  stationId: string;
  stationName: string;
  /** Free text of the source, '' for none. */
  comment: string;
}

/** One variable over the levels of a launch. All arrays have one entry per level; NaN is missing. */
export interface LevelVariable {
  /** Code of the CDM table `observed_variable`, with its name and the abbreviation of its unit (`K`, `m s-1`). */
  code: number;
  name: string;
  unit: string;
  /** In the unit of the CDM, whatever the profile of the file: relative humidity in per cent, height in gpm. */
  value: Float64Array;
  /** Code of the CDM table `quality_flag`. */
  quality: Float64Array;
  /** Row of observations_table, -1 where the level lacks the variable. */
  row: Int32Array;
  /** Observation minus first guess and minus analysis, in the unit of the value; null without feedback. */
  firstGuessDeparture: Float64Array | null;
  analysisDeparture: Float64Array | null;
}

/**
 * A launch. Its levels are in the order of the file: by falling pressure, then by rising height, then those without coordinate.
 * Where a level has a variable twice, with other values, the second ones make a level of their own.
 */
export interface Launch {
  header: LaunchHeader;
  levels: number;
  /** `z_coordinate_type` and `z_coordinate` (Pa or m) of each level; -1 and NaN for none. */
  zType: Int8Array;
  z: Float64Array;
  /** `z_coordinate_method` of each level: what a height that is the coordinate is; NaN for other levels, and in older files. */
  zMethod: Float64Array;
  /** Pa where the coordinate is a pressure, else NaN. */
  pressure: Float64Array;
  /**
   * Geopotential height in gpm: the coordinate where it is one, else the value of the level; else NaN. In files of earlier versions
   * every height that is a coordinate, for they do not say what it is.
   */
  height: Float64Array;
  /** 1 where `height` was computed from the geometric height, as the caller asked (`withGeopotentialHeights`). */
  isHeightComputed: Uint8Array;
  /** Geometric height in m above sea level: the coordinate where it is one, reported or computed, else the value of the level. */
  geometricHeight: Float64Array;
  /** Where the level was: degrees north; that of the launch where the source does not say more. */
  latitude: Float64Array;
  /** Seconds since launch. */
  elapsed: Float64Array;
  /** Bits of `level_significance`, those of all rows of the level; 0 is no special kind, -1 that the source does not say. */
  significance: Int32Array;
  /** By code, ascending. */
  variables: ReadonlyMap<number, LevelVariable>;
}
